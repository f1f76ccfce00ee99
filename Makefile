# Needs Python 3.11 or newer, git and make; node, npm, Chromium and LibreOffice add the tests against other tools.
# `make PYTHON=python3.12 VENV=/elsewhere/venv …` chooses the interpreter and the place of the virtual environment.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
ORACLES := tests/oracles
SOURCES := src tests benchmarks tools

.DEFAULT_GOAL := help
.PHONY: demo test lint format docs bench clean help oracles programs

help: ## say what the targets do
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.base ## check all playbooks and examples; draw one and build the site of all, in build/
	$(BIN)/playbook check playbooks
	@# The examples keep what their sources leave open, so findings (1) are no failure here.
	$(BIN)/playbook check examples --statistics || test $$? = 1
	$(BIN)/playbook export --all --in playbooks --playbook customer_onboarding -o build
	$(BIN)/playbook schedule customer_onboarding --in playbooks -o build/schedule.svg \
	  --anchor closed_won=2026-12-01 --anchor go_live=2027-03-01
	@# What a tool cannot hold is told on standard error; 'playbook targets' lists the tools.
	$(BIN)/playbook export task-csv --in playbooks --playbook customer_onboarding -o build/acme.csv \
	  --id acme --anchor closed_won=2026-12-01 --anchor go_live=2027-03-01
	$(BIN)/playbook site --in playbooks --in examples -o build/site
	@echo
	@echo "build/customer_onboarding has every view of one playbook in every format; begin with review.pptx,"
	@echo "overview.svg, swimlanes.png, raci.xlsx. build/schedule.svg has the dates of one customer, build/acme.csv its"
	@echo "tasks. build/site/index.html is the site of all: open it in a browser."

test: $(VENV)/.test oracles programs ## run the tests
	$(BIN)/python -m pytest -n 2

lint: $(VENV)/.lint ## check style, format, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.lint ## put the code into the common format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

docs: $(VENV)/.base ## regenerate the schemas and the generated pages
	$(BIN)/python tools/generate.py

bench: $(VENV)/.bench ## measure, and write the tables into docs/performance.md
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/soundness.py
	$(BIN)/python benchmarks/lsp.py
	$(BIN)/python benchmarks/drawing.py
	$(BIN)/python benchmarks/plans.py
	$(BIN)/python benchmarks/fuzz.py

clean: ## remove build products and caches; the virtual environment stays
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	for folder in $(SOURCES); do \
	  if [ -d "$$folder" ]; then \
	    find "$$folder" -name node_modules -prune -o -type d -name __pycache__ -exec rm -rf {} +; \
	  fi; \
	done

# -- the virtual environment -------------------------------------------------------------------------------
# A stamp file stands for each set of packages; it is made again when pyproject.toml is newer.
# The project is installed in place, so that one environment serves all targets and a change is seen at once.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "playbook needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1 || true)."; \
	  echo "Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)"; \
	  exit 1; \
	} >&2
	@echo "Making the virtual environment $(VENV)"
	@$(PYTHON) -m venv "$(VENV)" || { \
	  rm -f "$(BIN)/python"; \
	  echo "'$(PYTHON) -m venv' failed; on Debian and Ubuntu it is in the package python3-venv." >&2; \
	  exit 1; \
	}

$(VENV)/.base: pyproject.toml | $(BIN)/python
	@echo "Installing playbook"
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.test $(VENV)/.lint $(VENV)/.bench: $(VENV)/.%: pyproject.toml | $(BIN)/python
	@echo "Installing playbook with what '$*' needs"
	@$(PIP) install --editable '.[$*]'
	@touch $@

# Readers that others wrote, for what we write: the mermaid parser, the YAML language server of the editors.
# Without them their tests are skipped, each with its reason.
oracles:
	@if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then \
	  echo "SKIPPED: node or npm is not installed; tests with mermaid and yaml-language-server will not run"; \
	elif [ $(ORACLES)/node_modules/.installed -nt $(ORACLES)/package.json ]; then \
	  :; \
	else \
	  echo "Installing the npm packages of $(ORACLES)"; \
	  if (cd $(ORACLES) && npm install --no-audit --no-fund --no-package-lock --loglevel=error --fetch-retries=1); then \
	    touch $(ORACLES)/node_modules/.installed; \
	  else \
	    echo "SKIPPED: npm install failed; tests with mermaid and yaml-language-server run as far as it got"; \
	  fi; \
	fi

# A browser for the pages and an office for sheets and decks. They are the system's own, so they are installed
# only where nobody is asked: by root, on a machine with apt (a container, CI). Elsewhere their tests say what
# they skip.
PROGRAMS := chromium libreoffice-calc-nogui libreoffice-impress-nogui poppler-utils

programs:
	@missing=; \
	command -v chromium >/dev/null 2>&1 || missing="Chromium"; \
	command -v soffice >/dev/null 2>&1 || missing="$$missing$${missing:+ and }LibreOffice"; \
	if [ -z "$$missing" ]; then \
	  :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  echo "Installing $(PROGRAMS)"; \
	  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends $(PROGRAMS); } \
	    > $(VENV)/programs.log 2>&1 || echo "SKIPPED: they cannot be installed; their tests will not run"; \
	else \
	  echo "SKIPPED: $$missing not installed; tests with them will not run"; \
	fi
