"""Names that break programs which take names for tame text."""

from __future__ import annotations

# In pairs and triples that only a careless comparison holds for equal, or for ordered the other way round.
FLOW_NAMES = (
    "Émigrer les données",
    "Emigrer les donnees",
    "zebra intake",
    "Zebra Intake",
    "ÀÉÎÕÜ çñß",
    "100% of leads",
    "100 of leads",
    "snake_case_flow",
    "snakeXcaseXflow",
    'Say "hello"',
    "O'Brien's flow",
    "back\\slash",
    "dots.and*stars?",
    "[brackets] (and) {braces}",
    "مزامنة العملاء",
    "סנכרון לידים",
    "日本語のフロー",
    "🚀 Launch 🚀",
    "👩‍👩‍👧 Family onboarding",
    "  two blanks before",
    "two  blanks  inside",
    "tab\tinside",
    "e\u0301 as two code points",
    "é as one code point",
    "<b>bold</b> & co",
    "'; DROP TABLE flows; --",
    "null",
    "10 things",
    "9 things",
    "(draft) Invoice",
    "Invoice-sync",
    "Invoice sync",
    "İstanbul ışık",  # noqa: RUF001 - the letter that Turkish has and lower case trips over
    "x" * 120,
    "a",
)

PROJECT_NAMES = ("Finance & Légal", "50%_off [beta]", "פרויקט", "ÁREA de testes", "Ops", "ops")
