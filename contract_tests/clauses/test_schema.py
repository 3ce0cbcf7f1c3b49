"""What a target's own schema promises."""

from contract_tests.introspection import introspected, lacking
from contract_tests.marking import clause
from contract_tests.scopes import Listed
from contract_tests.target import Target


@clause("schema.compatible", over=Listed(("the target's own schema",)))
def test_the_schema_accepts_the_documented_use(target: Target, case: str) -> None:
    del case
    assert lacking(introspected(target)) == []
