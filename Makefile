SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test check lint types contracts migrations templates generated screenshots bench \
	bench-matching proof docs format base dev clean

PORT ?= 8000
PY := .venv/bin/python
# As many tests at once as there are cores.
AT_ONCE := -n auto --maxprocesses 8 --dist worksteal

# The demo division has its own database and its own secret, whatever else stands in the environment.
DEMO_ENV := TELEMACHUS_ENV_FILE=var/demo.env DATABASE_URL=sqlite:///var/demo.sqlite3 VAR_DIR=var DEMO=true DEBUG=false \
	HTTPS=false ALLOWED_HOSTS=localhost,127.0.0.1 BASE_URL=http://127.0.0.1:$(PORT)

help:  ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/' | expand -t 24

demo: base var/demo.env  ## The demo division on http://127.0.0.1:8000 (PORT=8001 for another port)
	@echo "Bringing the demo database var/demo.sqlite3 up to date."
	@$(DEMO_ENV) $(PY) -m telemachus migrate
	@$(DEMO_ENV) $(PY) manage.py collectstatic --noinput --verbosity 0
	@echo "Loading the demo division, where it is not loaded yet."
	@$(DEMO_ENV) $(PY) -m telemachus demo
	@echo "Serving http://127.0.0.1:$(PORT)/demo/ until you press Ctrl-C."
	@$(DEMO_ENV) $(PY) -m telemachus serve --bind 127.0.0.1:$(PORT)

test: dev  ## Every test, those in a browser included (ARGS="tests/meetings -k confirm" for some)
	@scripts/chromium.sh >/dev/null
	@$(PY) -m pytest $(AT_ONCE) $(ARGS) </dev/null

check: lint types contracts migrations templates generated  ## Lint, types, import contracts, migrations, templates, generated pages
	@echo "All checks passed."

lint: dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: dev
	$(PY) -m mypy

contracts: dev
	PYTHONPATH=. .venv/bin/lint-imports --no-logo

migrations: dev
	DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations --check --dry-run

templates: dev
	find telemachus -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2 --check
	.venv/bin/djlint --lint --quiet telemachus

generated: dev
	$(PY) -m tests.house.access_page | diff - docs/access.md
	$(PY) -m tests.house.states_page | diff - docs/rooms/states.md

format: dev  ## Put code and templates into shape
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	find telemachus -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2 || true

docs: dev  ## Write the generated pages again
	$(PY) -m tests.house.access_page >docs/access.md
	$(PY) -m tests.house.states_page >docs/rooms/states.md

screenshots: dev  ## Every page for every role into screenshots/, at 390 and 1280 px
	@$(PY) -m scripts.screenshots

bench: dev  ## What is measured, see bench/
	@shopt -s nullglob; for each in $(filter-out bench/matching.py,$(wildcard bench/*.py)); do echo "$$each"; $(PY) "$$each"; done

bench-matching: dev  ## The matching engine against solvers and packages (ARGS=--quick without what takes minutes)
	@$(PY) bench/matching.py $(ARGS)

proof: dev  ## The promises and the rules of the building, each as a test; the long forms of the short ones
	@RACES=1000 MACHINE_EXAMPLES=200 EXAMPLES=300 $(PY) -m pytest $(AT_ONCE) -v tests/house tests/intake/test_machine.py \
		tests/races/test_last_place_at_once.py tests/pairing/engine

clean:  ## Take away what was made here, but not var/, where the data is
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache screenshots telemachus.egg-info
	@find . -name __pycache__ -prune -exec rm -rf {} +

base:
	@scripts/environment.sh base

dev:
	@scripts/environment.sh dev

var/demo.env:
	@mkdir -p var
	@umask 077; echo "SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')" >$@
