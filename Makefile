# Every command of this project. `make help` lists them.
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo serve setup test check fmt audit lock catalogues vendor protections mutants benchmarks doctor system-deps clean

BIN := .venv/bin
RUNTIME := .venv/.runtime-installed
DEV := .venv/.dev-installed
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
           --generate-hashes --no-emit-index-url --no-header --no-annotate

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(RUNTIME) ## Set everything up and run a webinar with sample data
	@$(BIN)/webinar demo $(ARGS)

serve: $(RUNTIME) ## Run your own installation
	@$(BIN)/webinar serve $(ARGS)

setup: $(DEV) ## Install into .venv, with everything needed to develop, and end

# A worker that dies ends the run with its test's name: with --dist loadgroup, pytest-xdist never ends after replacing one.
test: $(DEV) ## Run the whole suite (ARGS="tests/consent -k withdraw" for a part)
	@$(BIN)/pytest -n auto --dist loadgroup --max-worker-restart 0 $(ARGS)

check: $(DEV) ## Format, lint, types, import floors, sizes, locks, protections, translations
	@scripts/check.sh

fmt: $(DEV) ## Format the code and mend what the linter can mend
	@$(BIN)/ruff check --fix-only --quiet . && $(BIN)/ruff format .

audit: $(DEV) ## Known vulnerabilities and licences of every dependency (needs the network)
	@scripts/audit.sh

lock: $(DEV) ## Bring the locked dependencies up to date
	@$(COMPILE) --upgrade --all-extras --group build --output-file requirements.lock
	@$(COMPILE) --upgrade --all-extras --group build --group dev --constraint requirements.lock --output-file requirements-dev.lock
	@scripts/check_locks.sh

catalogues: $(DEV) ## Collect the strings of all pages and mails into webinar/locale, and say which lack a translation
	@$(BIN)/python -m scripts.catalogues $(ARGS)

vendor: ## Bundle the browser libraries again into webinar/static/vendor (needs npm)
	@vendor/build.sh

protections: $(DEV) ## Take every protection out once and see its test fail (ARGS="--row S2" for some)
	@$(BIN)/python -m scripts.protections $(ARGS)

mutants: $(DEV) ## Change tokens, consent and erasure in small ways and see tests fail (ARGS="tokens" for a part)
	@$(BIN)/python -m scripts.mutants $(ARGS)

benchmarks: $(DEV) ## Measure against the bare floor of each thing
	@$(BIN)/python -m benchmarks $(ARGS)

doctor: ## Show what this machine has, and what is skipped without the rest
	@scripts/doctor.sh

system-deps: ## Install Chromium, ffmpeg, PostgreSQL, Redis and fonts on Debian (run it as root)
	@scripts/system-deps.sh

clean: ## Remove .venv, caches and build results; data stays
	@rm -rf .venv build dist htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): requirements.lock pyproject.toml scripts/install.sh
	@scripts/install.sh requirements.lock
	@touch $@

# The development lock holds all of the runtime lock too.
$(DEV): requirements-dev.lock requirements.lock pyproject.toml scripts/install.sh
	@scripts/install.sh requirements-dev.lock
	@touch $(RUNTIME) $@
