# Needs make, Python 3.11 or uv, Java 17 for test-spark, and Chromium for test-dashboard and screenshots.
VENV := .venv
CLIENTS := .venv-clients
SIZE ?= demo
RUN := $(VENV)/bin/python -m
UV := $(VENV)/bin/uv
UV_FOUND := $(shell command -v uv)
PYTHON ?= $(shell command -v python3.11 || { test -n "$(UV_FOUND)" && echo 3.11; } || command -v python3)
PIP := $(RUN) pip --disable-pip-version-check --quiet
# $(call install,ENVIRONMENT,OPTIONS): by uv, which takes a tenth of pip's time; by pip where uv is missing or fails.
install = { test -x $(UV) && $(UV) pip install --quiet --python $(1) --require-hashes $(2); } \
	|| $(PIP) --python $(1) install --require-hashes $(2)
COMPILE = $(UV) pip compile --upgrade --no-strip-extras --generate-hashes --no-emit-index-url --no-header --python-version 3.11

.PHONY: build test test-long test-clients test-superset test-spark test-dashboard metrics bench lint docs pages messages serve \
	dashboard screenshots requirements

build: $(VENV)/.ready ## build the warehouse from CS_SOURCES, CS_RAW_PATH or the demo company, check it and publish it
	$(RUN) pipeline run

test: $(VENV)/.ready-dashboard ## run all tests of dbt and pytest
	$(RUN) pytest

test-long: $(VENV)/.ready ## make 20 random changes and compare an incremental build with a full refresh after each
	CS_TEST_CHANGES=20 $(RUN) pytest tests/usage/test_incremental.py

test-clients: $(VENV)/.ready $(CLIENTS)/.ready ## run each snippet of docs/bi.md with its client
	$(RUN) pytest tests/clients

test-superset: $(VENV)/.ready .venv-superset/.ready ## chart marts in an Apache Superset while builds are published (takes minutes)
	$(RUN) pytest tests/superset

test-spark: $(VENV)/.ready-spark ## compare the demo's marts on a local Spark with those on DuckDB
	$(RUN) pytest tests/spark

metrics: $(VENV)/.ready-metrics ## validate the metrics of models/semantic and compare each with its mart, on the published snapshot
	$(RUN) pytest tests/metrics

test-dashboard: $(VENV)/.ready-browser ## open every page of the dashboard in Chromium, and publish while it is open
	$(RUN) pytest tests/browser

bench: $(VENV)/.ready-bench ## measure a build of the demo, or of 1,000 (SIZE=s) or 10,000 (SIZE=m) accounts
	$(RUN) benchmarks --size $(SIZE)

pages: $(VENV)/.ready ## regenerate the pictures and tables of README and docs from the published demo
	$(RUN) tools

lint: $(VENV)/.ready ## check the style of SQL and Python
	$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/sqlfluff lint models tests analyses

docs: $(VENV)/.ready ## write dbt's documentation of every model and column
	$(VENV)/bin/dbt docs generate --static --target-path warehouse/docs

messages: $(VENV)/.ready ## regenerate docs/messages.md, every sentence that users read
	CS_WRITE_MESSAGES=1 $(RUN) pytest tests/project/test_messages.py

serve: docs ## show that documentation on http://localhost:8080
	$(RUN) http.server 8080 --bind 127.0.0.1 --directory warehouse/docs

dashboard: $(VENV)/.ready-dashboard ## show the published warehouse on http://127.0.0.1:8501
	$(RUN) dashboard

screenshots: $(VENV)/.ready-browser ## write a picture of every page of the dashboard, at two widths, to warehouse/screenshots
	$(RUN) tools.screenshots

requirements: $(VENV)/.ready ## pin the newest versions that each requirements*.in allows
	for name in requirements requirements-uv requirements-spark requirements-bench requirements-clients requirements-clients-old \
		requirements-dashboard requirements-browser requirements-metrics \
		requirements-assistant requirements-superset; \
		do $(COMPILE) $$name.in -o $$name.txt || exit; done

# A uv on the PATH makes .venv, and installs Python 3.11 where there is none. The pinned uv then installs the rest.
$(VENV)/.ready: requirements.txt requirements-uv.txt
ifdef UV_FOUND
	$(UV_FOUND) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	$(UV_FOUND) pip install --quiet --python $(VENV) --require-hashes -r requirements-uv.txt
else
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements-uv.txt || echo "uv cannot be installed: pip installs, which takes longer"
endif
	$(call install,$(VENV),-r requirements.txt)
	touch $@

$(VENV)/.ready-spark: $(VENV)/.ready requirements-spark.txt
	$(call install,$(VENV),-r requirements-spark.txt)
	touch $@

$(VENV)/.ready-dashboard: $(VENV)/.ready requirements-dashboard.txt
	$(call install,$(VENV),-r requirements-dashboard.txt)
	touch $@

$(VENV)/.ready-browser: $(VENV)/.ready-dashboard requirements-browser.txt
	$(call install,$(VENV),-r requirements-browser.txt)
	touch $@

$(VENV)/.ready-bench: $(VENV)/.ready requirements-bench.txt
	$(call install,$(VENV),-r requirements-bench.txt)
	touch $@

$(VENV)/.ready-metrics: $(VENV)/.ready requirements-metrics.txt
	$(call install,$(VENV),-r requirements-metrics.txt)
	touch $@

# Each client has an environment of its own, so that no package of the warehouse helps it.
$(CLIENTS)/.ready: requirements-clients.txt requirements-clients-old.txt requirements-assistant.txt tests/clients/package.json | $(VENV)/.ready
	$(RUN) venv --without-pip $(CLIENTS)/current
	$(RUN) venv --without-pip $(CLIENTS)/old
	$(RUN) venv --without-pip $(CLIENTS)/assistant
	$(call install,$(CLIENTS)/current,--only-binary :all: -r requirements-clients.txt)
	$(call install,$(CLIENTS)/old,--only-binary :all: -r requirements-clients-old.txt)
	$(call install,$(CLIENTS)/assistant,--only-binary :all: -r requirements-assistant.txt)
	mkdir -p $(CLIENTS)/node && cp tests/clients/package.json $(CLIENTS)/node/
	if command -v npm; then npm install --prefix $(CLIENTS)/node --no-save --no-package-lock --ignore-scripts=false --no-audit --no-fund; fi
	touch $@

.venv-superset/.ready: requirements-superset.txt | $(VENV)/.ready
	$(RUN) venv --without-pip .venv-superset
	$(call install,.venv-superset,-r requirements-superset.txt)
	touch $@
