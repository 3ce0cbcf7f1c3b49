"""A cursor that was given, made one that was not."""

import base64

import pytest

from contract_tests.tampering import Tampering, tampered


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("cursor", "how", "changed"),
    [
        ("MQ", Tampering.FAR, encoded("99999999999").rstrip("=")),
        (encoded("cursor:12"), Tampering.NEGATIVE, encoded("cursor:-5")),
        (encoded('{"id": 7}'), Tampering.NO_NUMBER, encoded('{"id": five}')),
        ("offset-20", Tampering.FARTHER, "offset99999999999999999999"),
        ("MQ", Tampering.CHANGED, "MA"),
        ("MA", Tampering.CHANGED, "MB"),
        ("MQ", Tampering.LONGER, "MQx"),
        ("MQ", Tampering.SHORTER, "M"),
        ("Mq", Tampering.SWAPPED, "mQ"),
        ("MQ", Tampering.BLANKS, " MQ "),
        ("MQ", Tampering.PADDED, "MQ=="),
    ],
)
def test_a_cursor_is_changed_in_what_it_says(cursor: str, how: Tampering, changed: str) -> None:
    assert tampered(cursor, how) == changed


def test_where_there_is_nothing_to_change_there_is_no_cursor() -> None:
    assert [tampered("é", how) for how in (Tampering.FAR, Tampering.SWAPPED)] == [None, "É"]
