# Everything that is done with this project. Two commands are enough: `make run` and `make test`.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run start test test-fast check format lock openapi mutants bench hammer trust vendor clean

BIN := .venv/bin
say = printf '\n\033[1m── %s\033[0m\n' "$(1)"

help:  ## this list
	@awk -F ':.*?## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup:  ## make .venv and install what runs, pinned and hashed
	@tools/setup.sh run

setup-dev:  ## the same, and what checks it
	@tools/setup.sh dev

run: setup  ## start it with the sample organisation, and print its address; WORLD=visit-day is another one (sample/worlds)
	@$(if $(WORLD),export TANXIN_INSTANCE="$${TANXIN_INSTANCE:-$(CURDIR)/instance/$(WORLD)}"; mkdir -p -m 700 "$$TANXIN_INSTANCE";) \
	  exec $(BIN)/python -m scheduler serve --demo $(if $(WORLD),--world "$(WORLD)")

start: setup  ## start it empty, for an organisation of your own, and print the link to begin with
	@export TANXIN_INSTANCE="$${TANXIN_INSTANCE:-$(CURDIR)/instance/own}"; mkdir -p -m 700 "$$TANXIN_INSTANCE"; \
	  $(BIN)/python -m scheduler init && exec $(BIN)/python -m scheduler serve --worker

test: check  ## everything that must hold: the checks, all tests, coverage
	@$(call say,pytest)
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report= --cov-fail-under=0
	@$(call say,coverage: 95 % of all branches and lines)
	@$(BIN)/coverage report --fail-under=95
	@$(call say,coverage: 100 % where decisions are made)
	@$(BIN)/coverage report --fail-under=100 --include='scheduler/core/*,scheduler/ical/*,scheduler/solver/*'

test-fast: setup-dev  ## the tests of core only, in seconds
	@$(BIN)/pytest -q tests/core

check: setup-dev  ## format, lint, types, architecture; no tests
	@$(call say,ruff format --check)
	@$(BIN)/ruff format --check .
	@$(call say,ruff check)
	@$(BIN)/ruff check .
	@$(call say,mypy)
	@$(BIN)/mypy
	@$(call say,lint-imports)
	@$(BIN)/lint-imports --no-logo

format: setup-dev  ## put the code into its form, and mend what can be mended
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

lock: setup-dev  ## write requirements*.txt from pyproject.toml; UPGRADE=1 takes the newest
	@tools/lock.sh $(if $(UPGRADE),--upgrade)

openapi: setup-dev  ## lint the description of the API (needs npm)
	@tools/openapi.sh

mutants: setup-dev  ## change the code of some rooms in small ways: do their tests notice? ROOM=core/rules is one alone
	@nice -n 10 $(BIN)/python tools/mutants.py $(ROOM)

bench: setup-dev  ## measure, print tables, write JSON
	@$(BIN)/python -m bench

trust: setup-dev  ## what can be trusted, in figures; SHORT=1 within minutes, NAME=kills-sqlite one alone
	@$(BIN)/python -m tests.trust $(if $(SHORT),--short) $(NAME)

hammer: setup-dev  ## many bookers at once, on each database
	@$(BIN)/python -m tests.hammer

vendor:  ## fetch the pinned front-end files again (needs npm)
	@tools/vendor.sh

clean:  ## remove .venv and everything that tools leave behind; instance/ stays
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* htmlcov
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
