# Every target is one line that also works without make; README.md shows both.
# Options: make report ARGS="--period 2026T2"

ifeq ($(OS),Windows_NT)
PYTHON ?= python
else
PYTHON ?= python3
endif
TOOL = $(PYTHON) -m pipeline.environment

.DEFAULT_GOAL := help
.PHONY: help report quality demo doctor texts test fuzz faults bench datadoc lineage check lint format style types imports sql lock clean

help:     ## show what can be made
	@$(PYTHON) -c "import re; [print(f'make {name:10}{text}') for name, text in re.findall(r'(?m)^(\w+):.*## (.*)', open('Makefile').read())]"

report:   ## the whole way from data/raw to the period's report in reports/
	$(PYTHON) -m pipeline report $(ARGS)

quality:  ## read and validate the extracts only, into reports/check/
	$(PYTHON) -m pipeline check $(ARGS)

demo:     ## write an invented municipality's extracts to build/demo/
	$(PYTHON) -m pipeline demo --out build/demo $(ARGS)

doctor:   ## say what stands ready on this machine, and what is missing
	$(PYTHON) -m pipeline doctor $(ARGS)

texts:    ## bring the catalogues of translated texts up to the texts in the code, and say what they lack
	$(TOOL) -m pipeline.wording

test:     ## run all tests
	$(TOOL) -m pytest $(ARGS)

fuzz:     ## read 10,000 damaged files; others with ARGS="--runs 100000 --seed 2"
	$(TOOL) -m tests.fuzz $(ARGS)

faults:   ## kill reports and let the disk fail where they write; ARGS="--points 1000 --seed 2"
	$(TOOL) -m tests.faults $(ARGS)

bench:    ## measure, side by side, into bench/RESULTS.md; a part with ARGS="--only small", see bench/README.md
	$(TOOL) -m bench $(ARGS)

datadoc:  ## write docs/data-dictionary.md anew, from the comments of tables and views
	$(TOOL) -m tests.dictionary

check: lint style sql types imports test   ## lint, formatting, types, imports, SQL and all tests

lint:     ## what ruff finds in the Python code
	$(TOOL) -m ruff check .

style:    ## whether the Python code is formatted
	$(TOOL) -m ruff format --check .

types:    ## whether the types agree
	$(TOOL) -m mypy

imports:  ## whether the rooms of the house are entered in the right order
	$(TOOL) -c "from importlinter.cli import lint_imports_command as command; command()"

sql:      ## whether the SQL is formatted and sound
	$(TOOL) -m sqlfluff lint sql

format:   ## format the Python code
	$(TOOL) -m ruff format .

lock:     ## bring requirements.lock up to pyproject.toml (needs uv); newer versions with ARGS=--upgrade
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header -o requirements.lock $(ARGS)

lineage:  ## write docs/lineage.md anew: from the files to the report
	$(TOOL) -m pipeline.lineage

clean:    ## remove the environment, caches and build/; data and reports stay
	$(PYTHON) -c "import shutil; [shutil.rmtree(name, ignore_errors=True) for name in '.venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build'.split()]"
