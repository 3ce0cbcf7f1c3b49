# `make contract` judges the embedded mock; `make test` runs every gate. Both set up what they need in .venv.

PYTHON ?= python3
BIN := .venv/bin
NOX := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/nox --non-interactive --noxfile ci/noxfile.py
READY := .venv/.ready

.PHONY: contract test check prove bench reference pictures clean

contract: $(READY)
	$(BIN)/contract-tests run --profile ci

test: $(READY)
	$(NOX)

# The quick gates only, for while one is working.
check: $(READY)
	$(NOX) --sessions lint types imports

prove: $(READY)
	$(BIN)/contract-tests prove --profile ci

# Needs Linux, two cores and `wrk`; takes some minutes, on a machine with nothing else to do.
bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement ci/bench/requirements.txt
	$(BIN)/python ci/bench

# Every clause, ruling, deviation, world, option and exit code, into docs/reference.md.
reference: $(READY)
	$(BIN)/python ci/write_reference.py

# The terminal, the report and the console as they look; needs Chromium.
pictures: $(READY)
	$(BIN)/python ci/draw_pictures.py

$(READY): pyproject.toml ci/requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, this is %d.%d" % sys.version_info[:2])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement ci/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $(READY)

clean:
	rm -rf .venv dist .coverage .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
