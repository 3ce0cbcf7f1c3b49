"""A body whose form is known is read as one that is not: whatever stands where, the same request comes of it."""

from __future__ import annotations

import json

import pytest

from mock_server.execution import Request
from mock_server.forms import Forms
from mock_server.persisting import PersistedQueries
from mock_server.reading import json_object, request
from mock_server.refusals import Unreadable

BODIES = [
    '{"query":"{a}","variables":%s}',
    '{"query":"{a}","variables":%s,"operationName":"b"}',
    '{"operationName":"b","variables": %s ,"query":"{ a(b: \\"c\\") }"}',
    '{"variables":%s,"variables":{"d":1},"query":"{a}"}',
    '{"variables":{"d":1},"variables":%s,"query":"{a}"}',
    '{"query":"{a}","variables":%s,"query":"{b}"}',
    '{"query":"{a}","variables":%s,"\\u0076ariables":{"d":1}}',
    '{"x\\"variables":%s,"query":"{a}"}',
    '{"extensions":{"variables":%s},"query":"{a}","variables":{"d":1}}',
    '{"extensions":{"variables":%s},"query":"{a}"}',
    '{"query":"\\"variables\\":","variables":%s}',
    '{"query":"{a}","variables":%s,"extensions":{"persistedQuery":{"version":1,"sha256Hash":"0"}}}',
    '{"query":"{a}","variables":%s',
    '{"query":"{a}","variables":%s}}',
    '{"query":"{a}","variables":%s,"operationName":1}',
    '[{"query":"{a}","variables":%s}]',
]
VALUES = ['{"c":1}', '{"c":2}', "null", "[]", '{"c":NaN}', '{"c":"\\ud800"}', '"text"', "{", "{}", '{"c":1}']


def told(read: Request | Unreadable) -> object:
    return (read.status, read.code, str(read)) if isinstance(read, Unreadable) else read


def plainly(body: bytes) -> Request | Unreadable:
    try:
        return request(json_object(body), PersistedQueries())
    except Unreadable as trouble:
        return trouble


def known(forms: Forms, body: bytes) -> Request | Unreadable:
    try:
        return forms.request(body)
    except Unreadable as trouble:
        return trouble


@pytest.mark.parametrize("form", BODIES)
def test_a_known_form_is_read_as_an_unknown_one(form: str) -> None:
    forms = Forms(PersistedQueries())
    for value in VALUES:
        body = (form % value).encode()
        assert told(known(forms, body)) == told(plainly(body))


def test_bytes_that_are_no_text_are_refused_in_a_known_form() -> None:
    forms = Forms(PersistedQueries())
    body = json.dumps({"query": "{a}", "variables": {"c": "d"}}).encode()
    assert forms.request(body) == forms.request(body)
    with pytest.raises(Unreadable, match="UTF-8"):
        forms.request(body.replace(b"d", b"\xff"))
