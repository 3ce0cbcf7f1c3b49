"""Rulings from what was observed of another server."""

import json
from pathlib import Path

import pytest

from mock_server.__main__ import main
from mock_server.observed import Observed, observed
from mock_server.refusals import Misconfigured
from mock_server.rulings import RULINGS, ruled


def told(folder: Path, observations: dict[str, str], **more: object) -> Observed:
    file = folder / "report.json"
    file.write_text(json.dumps({"observations": observations, **more}))
    return observed(str(file))


AS_ANY_OTHER = ("search-only-blanks=as-text", "status-empty=as-unknown")


@pytest.mark.parametrize(
    ("observations", "settings"),
    [
        ({"page-cap": "25", "search-case": "exact"}, ("page-cap=25", "search-case=exact")),
        ({"order-alone": "ascending"}, ("order-alone=by-usage",)),
        ({"name-collation": "case-folded or unicode"}, ("name-collation=case-folded",)),
        ({"status-order": "DISABLED, ENABLED"}, ("status-order=alphabet",)),
        ({"status-order": "ENABLED, DISABLED"}, ("status-order=rank",)),
        ({"unknown-order": "ascending"}, ("order-type=string", "unknown-order=ascending")),
        ({"unknown-order": "refused"}, ("unknown-order=refused",)),
        ({"unknown-order": "refused", "order-upper-case": "refused"}, ("unknown-order=refused",)),
        (
            {"unknown-order": "refused", "order-upper-case": "ascending"},
            ("order-type=string", "order-case=folded", "unknown-order=refused"),
        ),
        (
            {"unknown-order": "ascending", "order-upper-case": "ascending"},
            ("order-type=string", "unknown-order=ascending"),
        ),
        ({"cursor-style": "opaque", "foreign-cursor": "a position"}, ("cursor-style=opaque",)),
        ({"cursor-style": "opaque", "foreign-cursor": "refused"}, ("cursor-style=bound",)),
        ({"cursor-style": "opaque", "foreign-cursor": "its flow"}, ("cursor-style=keyset",)),
        ({"cursor-style": "offset", "foreign-cursor": "refused"}, ("cursor-style=offset",)),
        ({"first-huge": "refused"}, ("query-cost=as-asked",)),
        ({"page-cap": "33", "page-default": "7"}, ("page-cap=33", "page-default=7")),
        ({"refusal-of-unknown-period": "HTTP 200"}, ("invalid-status=200", "invalid-code=none")),
        ({"refusal-of-unknown-period": "HTTP 400"}, ("invalid-code=none",)),
        ({"refusal-of-unknown-period": "HTTP 400, BAD_USER_INPUT"}, ("invalid-code=BAD_USER_INPUT",)),
        ({"refusal-of-unknown-period": "HTTP 200, answered"}, ("invalid-status=200",)),
        ({"search-only-blanks": "everything"}, ("search-only-blanks=everything",)),
        ({"search-only-blanks": "some", "status-empty": "nothing"}, AS_ANY_OTHER),
        ({"status-empty": "everything"}, ("status-empty=everything",)),
        ({"refusal-without-token": "HTTP 403"}, ("refusal-status=403", "refusal-body=titled")),
        ({"refusal-without-token": "HTTP 401, answered"}, ("refusal-status=401", "refusal-body=titled")),
        (
            {"refusal-without-token": "HTTP 200, UNAUTHENTICATED"},
            ("refusal-status=200", "refusal-body=graphql", "unauthorized-code=UNAUTHENTICATED"),
        ),
        (
            {"refusal-of-unknown-organization": "HTTP 404, RESOURCE_NOT_FOUND"},
            ("not-found-status=404", "not-found-code=RESOURCE_NOT_FOUND", "unknown-organization=not-found"),
        ),
        (
            {"refusal-of-unknown-organization": "HTTP 403, FORBIDDEN"},
            ("denied-status=403", "denied-code=FORBIDDEN", "unknown-organization=denied"),
        ),
        (
            {"refusal-of-unknown-organization": "HTTP 200"},
            ("denied-status=200", "denied-code=none", "unknown-organization=denied"),
        ),
        (
            {"refusal-of-unknown-organization": "HTTP 404"},
            ("not-found-status=404", "not-found-code=none", "unknown-organization=not-found"),
        ),
        (
            {"refusal-of-member": "HTTP 200, FORBIDDEN", "refusal-of-unknown-organization": "HTTP 200, GONE"},
            (
                *("denied-status=200", "denied-code=FORBIDDEN"),
                *("not-found-status=200", "not-found-code=GONE", "unknown-organization=not-found"),
            ),
        ),
        ({"refusal-of-member": "HTTP 403, answered"}, ("denied-status=403", "denied-code=none")),
        ({"refusal-of-member": "HTTP 200, answered"}, ("denial=null",)),
        ({"refusal-of-unknown-organization": "HTTP 200, answered"}, ("unknown-organization=null",)),
        ({"tie-break": "the same both ways", "rate-limit-headers": "none"}, ()),
        ({"page-cap": "not seen", "bad-cursor": "other"}, ()),
    ],
)
def test_an_observation_is_a_choice(tmp_path: Path, observations: dict[str, str], settings: tuple[str, ...]) -> None:
    found = told(tmp_path, observations)
    assert (found.settings, found.odd) == (settings, {})
    assert ruled(found.settings)


def test_what_is_no_choice_is_said_and_keeps_its_default(tmp_path: Path) -> None:
    found = told(tmp_path, {"bad-cursor": "a joke"})
    said = "bad-cursor was 'a joke', which is no choice here: it keeps its default"
    assert (found.settings, found.told()[0]) == ((), said)


def test_what_was_not_observed_is_named(tmp_path: Path) -> None:
    found = told(tmp_path, {"page-cap": "25"})
    assert set(found.unseen) == set(RULINGS) - {"page-cap"}
    assert "search-words" in found.told()[-1]


def test_what_a_recording_concluded_comes_before_what_was_observed(tmp_path: Path) -> None:
    rulings = {"tie-break": "listed", "last-run": "ever", "nobodys": "choice"}
    assert told(tmp_path, {"tie-break": "name"}, rulings=rulings).settings == ("tie-break=listed", "last-run=ever")


@pytest.mark.parametrize(
    ("clause", "settings"),
    [
        ({"verdict": "kept", "reason": ""}, ("stats=offered",)),
        ({"verdict": "not-exercised", "reason": "needs the sibling query, which is not offered"}, ("stats=absent",)),
        ({"verdict": "inconclusive", "reason": "the budget is spent"}, ()),
    ],
)
def test_verdicts_tell_whether_the_sibling_is_there(
    tmp_path: Path, clause: dict[str, str], settings: tuple[str, ...]
) -> None:
    assert told(tmp_path, {}, clauses=[{"id": "stats.usage", **clause}]).settings == settings


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "not JSON"),
        ("[]", "holds no observations"),
        ("{}", "holds no observations"),
        ('{"observations": {"page-cap": 50}}', "holds no observations"),
        ('{"observations": {}, "rulings": []}', "holds no observations"),
    ],
)
def test_a_file_that_tells_nothing_is_refused_in_one_line(tmp_path: Path, text: str, sentence: str) -> None:
    file = tmp_path / "report.json"
    file.write_text(text)
    with pytest.raises(Misconfigured, match=sentence):
        observed(str(file))


def test_a_file_that_is_not_there_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--port", "0", "--rulings-from", "/nowhere/report.json"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
