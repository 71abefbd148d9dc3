# The commands a person or CI needs. Everything is installed into .venv, from locked requirements.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest

.PHONY: setup run test test-all lint types bench lock docs pictures

setup: .venv/.runs
run: setup
	@exec $(BIN)/bihuan serve --port $(PORT) $(if $(DEMO),--demo) $(if $(DATA),--data "$(DATA)")
test: .venv/.tests
	$(PYTEST) -n 2 -m "not long and not postgres"
test-all: .venv/.tests
	$(PYTEST) -n 2 -m "long and not postgres"
	$(BIN)/python -m tests.run_postgres
lint: .venv/.develops
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
types: .venv/.develops
	$(BIN)/mypy
	$(BIN)/basedpyright
bench: .venv/.develops
	$(BIN)/python -m bench
docs: setup
	$(BIN)/python -m bihuan.archive.schema
	$(BIN)/python -m tests.rule_pages
pictures: .venv/.tests
	BIHUAN_USER_PICTURES=docs/users/pictures $(PYTEST) tests/journeys
lock: .venv/.runs
	scripts/lock

.venv/.tools: scripts/make-venv requirements/tools.txt
	@scripts/make-venv $(PYTHON)
.venv/.runs: .venv/.tools requirements/run.txt pyproject.toml
	@scripts/install run
.venv/.develops: .venv/.runs requirements/dev.txt
	@scripts/install develops
.venv/.tests: .venv/.develops scripts/setup-tests
	@scripts/setup-tests
