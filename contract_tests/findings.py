"""A broken case made usable: what was compared, how to ask it again, the walk on which it was seen."""

from collections.abc import Mapping

from contract_tests import contract
from contract_tests.differing import differences, plain, remark
from contract_tests.judgements import Finding
from contract_tests.messages import Reply, Request
from contract_tests.questions import Question
from contract_tests.recalling import values
from contract_tests.replies import correlation_id
from contract_tests.retracing import retraced
from contract_tests.target import Target
from contract_tests.words import Words


def finding(
    target: Target,
    words: Words,
    case: object,
    test: str,
    told: Mapping[str, Reply],
    compared: tuple[object, object] | None,
    error: AssertionError,
) -> Finding:
    """Return a finding.

    Args:
        target: where it was found.
        words: what the target has.
        case: what the clause is broken on.
        test: the name of the test that found it.
        told: what the test was told.
        compared: what came and what was expected, where the test compared two values.
        error: what the test said.

    """
    ids = [found for reply in told.values() if (found := correlation_id(reply))]
    got, expected = compared or (str(error), "an answer")
    remembered = {**target.memory.replies(), **told}
    return Finding(
        question=values(case),
        expected=plain(expected),
        got=plain(got),
        difference=differences(expected, got) if compared else (remark(str(error)),),
        curl=target.curl(_asked(told, case)),
        correlation_id=ids[-1] if ids else None,
        test=test,
        trace=retraced(case, remembered, words) if isinstance(case, Question) else None,
    )


def _asked(told: Mapping[str, Reply], case: object) -> Request:
    """The request that asked the case; the last one of the check where none did literally."""
    requests = [Request.of_key(key) for key in told]
    if not isinstance(case, Question):
        return requests[-1] if requests else Request("", {})
    asked = case.variables()
    details = [request for request in requests if contract.DETAILS in request.document]
    # One that has more beside the case's own arguments, such as the `first` of a whole walk, is another question.
    details.sort(
        key=lambda request: (
            not asked.items() <= request.variables.items(),
            len(request.variables.keys() - asked.keys()),
        )
    )
    return next(iter(details or requests), Request("", {}))
