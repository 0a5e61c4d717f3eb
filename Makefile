# Pamoja. `make` shows what there is.
PY := .venv/bin/python

help: ## Show this
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/ready ## Run everything on this machine: web, worker, clock, Redis, a demo, a phone
	@exec .venv/bin/pamoja up

test: .venv/tested ## Lint, types, the menus' check, and the whole suite on Redis, PostgreSQL and SQLite
	@$(PY) -m tests.everything

check: .venv/ready ## Read every menu before any caller does
	@.venv/bin/pamoja check

bench: .venv/tested ## Measure, print ratios, write tests/bench/results.json
	@$(PY) -m tests.bench

.venv/ready: requirements.txt pyproject.toml gateway/up/environment.py
	@python3=$$(command -v python3.11 || command -v python3) && $$python3 gateway/up/environment.py requirements.txt ready

.venv/tested: tests/requirements.txt tests/browser/package-lock.json .venv/ready
	@$(PY) gateway/up/environment.py tests/requirements.txt tested

clean: ## Take away the environment and the demo's data
	@rm -rf .venv .pamoja

.PHONY: help run test check bench clean
