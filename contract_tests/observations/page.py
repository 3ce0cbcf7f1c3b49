"""What a target does about page sizes and cursors where the documentation is silent."""

import base64
import binascii
from collections.abc import Callable

from contract_tests.questions import ASCENDING, NAME
from contract_tests.scene import NOT_SEEN, NOTHING, OTHER, REFUSED, Observations, Scene


def _default_size(scene: Scene) -> str:
    first = scene.page()
    return str(len(first.flows)) if first and first.has_next_page else NOT_SEEN


def _cap(scene: Scene) -> str:
    cap = scene.target.cap
    return NOT_SEEN if cap is None else str(cap)


def _size(first: int) -> Callable[[Scene], str]:
    def see(scene: Scene) -> str:
        came, plainly = scene.page(first=first), scene.page()
        if came is None:
            return REFUSED
        if not came.flows:
            return "no-edges" if came.has_next_page else NOTHING
        return "default-page" if plainly and came.flows == plainly.flows else str(len(came.flows))

    return see


def _bad_cursor(scene: Scene) -> str:
    came, first = scene.page(first=3, after="!!!"), scene.page(first=3)
    if came is None:
        return REFUSED
    return "empty" if not came.flows else "first-page" if first and came.flows == first.flows else OTHER


def _foreign_cursor(scene: Scene) -> str:
    by_name = scene.page(first=3, sort={"by": NAME, "order": ASCENDING})
    if by_name is None or by_name.end_cursor is None or len(scene.flows) < 7:
        return NOT_SEEN
    came = scene.page(first=3, after=by_name.end_cursor)
    if came is None:
        return REFUSED
    if not came.flows:
        return "empty"
    if came.flows == scene.flows[3:6]:
        return "a position"
    places = [place for place, flow in enumerate(scene.flows, start=1) if flow == by_name.flows[-1]]
    return "its flow" if any(came.flows == scene.flows[place : place + 3] for place in places) else OTHER


def _cursor_style(scene: Scene) -> str:
    one = scene.page(first=2)
    if one is None or not one.end_cursor or len(one.flows) != 2:
        return NOT_SEEN
    text = one.end_cursor
    try:
        decoded = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        decoded = ""
    return "offset" if decoded == "2" else "opaque"


OBSERVATIONS: Observations = {
    "page-default": _default_size,
    "page-cap": _cap,
    "first-zero": _size(0),
    "first-negative": _size(-1),
    "first-huge": _size(2**31 - 1),
    "bad-cursor": _bad_cursor,
    "foreign-cursor": _foreign_cursor,
    "cursor-style": _cursor_style,
}
