"""What a target does about `search` and `status` where the documentation is silent, and which flows it lists."""

import unicodedata

from contract_tests.readings import folded
from contract_tests.scene import NOT_SEEN, REFUSED, Observations, Scene


def _search_case(scene: Scene) -> str:
    text = next((text for text in scene.words.texts if text.swapcase() != text), None)
    return scene.alike("folded", "exact", {"search": text}, {"search": text.swapcase()}) if text else NOT_SEEN


def _search_accents(scene: Scene) -> str:
    names = (flow.name for flow in scene.flows)
    words = (word for name in names for word in name.split() if word.isalpha() and _unaccented(word) != word)
    word = next(words, None)
    return scene.alike("folded", "exact", {"search": word}, {"search": _unaccented(word)}) if word else NOT_SEEN


def _search_blanks(scene: Scene) -> str:
    word = next(iter(scene.words.texts), None)
    return scene.alike("trimmed", "kept", {"search": word}, {"search": f" {word} "}) if word else NOT_SEEN


def _search_words(scene: Scene) -> str:
    for flow in scene.flows:
        words = [word for word in flow.name.split() if len(word) > 3 and word.isalnum()]
        if len(words) > 1 and folded(turned := f"{words[-1]} {words[0]}") not in folded(f"{flow.name} {flow.project}"):
            came = scene.whole(search=turned)
            return REFUSED if came is None else "anywhere" if flow in came else "together"
    return NOT_SEEN


def _status_case(scene: Scene) -> str:
    status = scene.flows[0].status if scene.flows else ""
    return scene.alike("folded", "exact", {"status": status}, {"status": status.lower()})


def _idle(scene: Scene) -> str:
    return "listed" if any(flow.runs == 0 for flow in scene.flows) else NOT_SEEN


def _last_run_null(scene: Scene) -> str:
    return "seen" if any(flow.last_run_at is None for flow in scene.flows) else NOT_SEEN


def _unaccented(text: str) -> str:
    return "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))


OBSERVATIONS: Observations = {
    "search-empty": lambda scene: scene.amount(search=""),
    "search-only-blanks": lambda scene: scene.amount(search="  "),
    "search-case": _search_case,
    "search-accents": _search_accents,
    "search-blanks": _search_blanks,
    "search-words": _search_words,
    "unknown-status": lambda scene: scene.amount(status="ARCHIVED", none="empty"),
    "status-case": _status_case,
    "status-empty": lambda scene: scene.amount(status=""),
    "idle-flows": _idle,
    "last-run-null": _last_run_null,
}
