# Everything a person needs to run, test and check CityNet. `make` alone lists the targets.
# Needs Debian (or alike) with Python 3.11+ and its venv module, make and git.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --no-input --quiet
# Where it stands in the environment or on make's command line, each reaches every command below.
export PORT DATABASE_URL SITE_URL

.PHONY: help serve dev test lint audit bench bench-peers bench-lines faults soak match-score browser lighthouse contract replicas install install-dev clean

help: ## list the targets
	@echo "CityNet: the open directory of city networks"
	@echo
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22
	@echo
	@echo "  PORT=8000 and DATABASE_URL=sqlite:///var/citynet.sqlite3 are the defaults of serve and dev."

serve: $(VENV)/.runtime ## install, load the data when there is none, serve http://localhost:8000
	@exec $(BIN)/python -m citynet.serve

dev: $(VENV)/.runtime ## the same with debug pages and a restart at every change of the code
	@export DEBUG=1; \
	$(BIN)/python manage.py migrate --verbosity 0; \
	$(BIN)/python manage.py load_gazetteer --if-empty; \
	$(BIN)/python manage.py load_package fixtures --if-empty; \
	exec $(BIN)/python manage.py runserver "127.0.0.1:$${PORT:-8000}"

test: $(VENV)/.development ## the fast suite, on SQLite and on PostgreSQL (ARGS= goes to pytest)
	@.ci/test $(ARGS)

lint: $(VENV)/.development ## style, settings, migrations, licences and pins
	@.ci/lint

audit: ## known vulnerabilities of what is pinned (pip-audit; needs internet and says when there is none)
	@PYTHON=$(PYTHON) .ci/audit $(ARGS)

browser: $(VENV)/.development ## journeys, accessibility and HTML validity in Debian's Chromium
	@.ci/browser $(ARGS)

lighthouse: $(VENV)/.development ## speed and quality of the main pages on a phone (Lighthouse; some minutes)
	@.ci/install chromium lighthouse
	@$(BIN)/python .ci/lighthouse.py $(ARGS)

contract: $(VENV)/.development ## what nobody would think of, asked of the whole API (Schemathesis)
	@.ci/contract $(ARGS)

replicas: $(VENV)/.development ## a primary and its standby killed and promoted under load; counts what is lost (minutes)
	@.ci/replicas $(ARGS)

bench: $(VENV)/.development ## the site and its yardsticks side by side, and their ratios (half an hour)
	@.ci/install wrk
	@$(BIN)/python -m tests.bench.speed $(ARGS)

bench-peers: $(VENV)/.development ## the site beside Datasette on the same data, and the ratios (minutes)
	@.ci/install wrk
	@test -x var/peers/bin/datasette || { $(PYTHON) -m venv var/peers && var/peers/bin/pip install --quiet datasette==0.65.5; }
	@$(BIN)/python -m tests.bench.peers $(ARGS)

bench-lines: $(VENV)/.development ## one JSON line per workload in one process, to compare with later
	@$(BIN)/python tests/bench/run.py $(ARGS)

faults: $(VENV)/.development ## kill -9 while people write, on both databases: nothing lost or half (KILLS=10)
	@.ci/install postgresql
	@$(BIN)/python -m tests.faults.run --kills $(or $(KILLS),10) $(ARGS)

soak: $(VENV)/.development ## everybody at once for ten minutes on PostgreSQL: no error, no growth, sums right (DURATION=600)
	@.ci/install postgresql
	@test -x var/soak/bin/locust || { $(PYTHON) -m venv var/soak && var/soak/bin/pip install --quiet locust==2.47.0; }
	@$(BIN)/python -m tests.soak.run --duration $(or $(DURATION),600) $(ARGS)

match-score: $(VENV)/.development ## how well names of cities are matched, with all places of the world (minutes)
	@$(BIN)/python tests/bench/matching.py $(ARGS)

install: $(VENV)/.runtime ## only install what the site needs

install-dev: $(VENV)/.development ## only install what tests and checks need

clean: ## remove installed packages and collected files; the database and its secret stay
	rm -rf $(VENV) var/static var/static.stamp var/node var/lighthouse var/audit .pytest_cache .ruff_cache .hypothesis .schemathesis

# A stamp is newer than the requirements it stands for, so nothing is installed twice.
$(VENV)/.runtime: requirements.txt | $(BIN)/pip
	$(PIP) install -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt requirements.txt | $(BIN)/pip
	$(PIP) install -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "CityNet needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
			"Name another one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module is missing: apt-get install python3-venv" >&2; exit 1; }
