# Rasid. Everything needs only Python 3.11+ and make; a virtual environment is made in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup demo test check format score bench clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY)  ## make the virtual environment with everything that development needs

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Rasid needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say: make PYTHON=python3.12 …") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@# followthemoney 3 brings types of SQLAlchemy 1.4, which would hide those of version 2
	$(BIN)/python -m pip uninstall --quiet --disable-pip-version-check --yes sqlalchemy2-stubs
	@touch $@

demo: $(READY)  ## code a sample article and show the records
	@$(BIN)/rasid code examples/ceasefire-talks.txt --format table --explain

test: $(READY)  ## run all tests
	$(BIN)/python -m pytest

check: $(READY)  ## format, lint, types, layers, packs, docs, quality floors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy --python-version 3.14
	$(BIN)/lint-imports
	$(BIN)/rasid packs check
	$(BIN)/python tools/docs_check.py
	$(BIN)/python tools/floors.py

format: $(READY)  ## put the code into the project's form
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

score: $(READY)  ## print the current figures on the gold beside the project
	$(BIN)/python tools/floors.py --print

bench: $(READY)  ## sentences per second and memory, end to end, on one core
	$(BIN)/python benchmarks/throughput.py

clean:  ## remove everything that the other targets made
	rm -rf $(VENV) build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
