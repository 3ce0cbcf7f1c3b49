"""The gates: style, types, the house's walls, the tests with their coverage, and the wheel from an empty folder.

Every session uses the environment that `make` set up from the pinned versions, but for the wheel's own.
"""

import tempfile
from pathlib import Path

import nox

ROOT = Path(__file__).parent.parent
nox.options.sessions = ["lint", "types", "imports", "tests", "wheel"]
nox.options.default_venv_backend = "none"


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and form."""
    session.chdir(ROOT)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types, tests included."""
    session.chdir(ROOT)
    session.run("mypy")


@nox.session
def imports(session: nox.Session) -> None:
    """Check that each room imports only what it may."""
    session.chdir(ROOT)
    session.run("lint-imports")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests of both parties, with branch coverage, on every core."""
    session.chdir(ROOT)
    session.run("pytest", "-n", "auto", "--dist", "worksteal", "--cov", "--cov-report=term", *session.posargs)


@nox.session(venv_backend="venv")
def wheel(session: nox.Session) -> None:
    """Build the wheel, install it with the pinned versions, and use both commands from an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        session.install("build", "--constraint", str(ROOT / "ci" / "requirements.txt"))
        session.run("python", "-m", "build", "--wheel", "--outdir", folder, str(ROOT), silent=True)
        (built,) = Path(folder).glob("*.whl")
        session.install(str(built), "--constraint", str(ROOT / "ci" / "requirements.txt"))
        empty = Path(folder) / "empty"
        empty.mkdir()
        session.chdir(empty)
        session.run("mock-server", "worlds", silent=True)
        session.run("contract-tests", "run", "--profile", "quick", "--report-json", "report.json")
        left = sorted(path.name for path in empty.iterdir())
        if left != ["report.json"]:
            session.error(f"the commands left more than the report behind: {left}")
