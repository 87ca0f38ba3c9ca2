# Goldthread: `make demo` to look around, `make test` before every change. `make help` lists the rest.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# the page renderer's libraries and fonts, and for the tests a browser and what its driver needs: Debian's names
PDF_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation
BROWSER_PACKAGES := 'chromium-headless-shell|chromium' libatomic1
PROCESSES ?= 2
TESTS ?=
ARGS ?=

.PHONY: help demo test lint bench clean-demo

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1 \t\2/' | expand -t 20

demo: $(VENV)/.run-ready ## an invented partnership on this machine; prints its address (ARGS="--fresh" and so on)
	@exec $(BIN)/goldthread demo $(ARGS)

test: lint ## check style and layers, then run every test against a real database and browser
	@$(BIN)/python -m pytest -q -n $(PROCESSES) --dist loadscope $(TESTS)

lint: $(VENV)/.test-ready ## check style and layers only
	@$(BIN)/ruff check goldthread tests $(wildcard bench)
	@$(BIN)/lint-imports --no-logo

bench: $(VENV)/.test-ready ## measure; results as a table and under bench/results/
	@$(BIN)/python -m bench $(ARGS)

clean-demo: $(VENV)/.run-ready ## delete the demo's data
	@$(BIN)/goldthread demo --remove

$(VENV)/.run-ready: requirements-run.txt
	@./bootstrap.sh $(PYTHON) $(VENV) requirements-run.txt $(PDF_PACKAGES)
	@touch $@

$(VENV)/.test-ready: requirements.txt
	@./bootstrap.sh $(PYTHON) $(VENV) requirements.txt $(PDF_PACKAGES) $(BROWSER_PACKAGES)
	@touch $(VENV)/.run-ready $@
