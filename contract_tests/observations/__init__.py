"""What a target does where the documentation is silent: each observation by its name.

Where a silence is one of the mock's rulings too, its name and its values are the ruling's.
"""

from contract_tests.observations import filter, page, refusal, sort  # noqa: A004  # the family's name
from contract_tests.scene import Observations

OBSERVATIONS: Observations = {
    name: see for family in (page, filter, sort, refusal) for name, see in family.OBSERVATIONS.items()
}
