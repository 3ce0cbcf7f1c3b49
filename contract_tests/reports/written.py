"""A report that was written as JSON, read again."""

import json
from pathlib import Path
from typing import Any

from contract_tests import contract
from contract_tests.arguments import WrongUsage


def written(path: str) -> dict[str, Any]:
    """Return the report in a file.

    Raises:
        WrongUsage: where the file cannot be read or is no report.

    """
    try:
        report = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise WrongUsage(f"the report {path} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise WrongUsage(f"{path} is no JSON, and so no report that --report-json wrote") from None
    if not isinstance(report, dict) or report.get("contract") != contract.DETAILS:
        raise no_report(path)
    return report


def no_report(path: str) -> WrongUsage:
    """Return what is said of a file that is JSON and no report."""
    return WrongUsage(f"{path} is no report that --report-json wrote")
