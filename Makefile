# Needs Python 3.11 and make, and Java 17 for test-spark.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
CLIENTS := .venv-clients
SIZE ?= demo
RUN := $(VENV)/bin/python -m

.PHONY: build test test-clients test-spark bench lint docs serve requirements

build: $(VENV)/.ready ## build the warehouse from CS_RAW_PATH or the demo company, check it and publish it
	$(RUN) pipeline run

test: $(VENV)/.ready ## run all tests of dbt and pytest
	$(RUN) pytest

test-clients: $(VENV)/.ready $(CLIENTS)/.ready ## run each snippet of docs/bi.md with its client
	$(RUN) pytest tests/clients

test-spark: $(VENV)/.ready-spark ## compare the demo's marts on a local Spark with those on DuckDB
	$(RUN) pytest tests/spark

bench: $(VENV)/.ready-bench ## measure a build of the demo, or of 1,000 (SIZE=s) or 10,000 (SIZE=m) accounts
	$(RUN) benchmarks --size $(SIZE)

lint: $(VENV)/.ready ## check the style of SQL and Python
	$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/sqlfluff lint models tests analyses

docs: $(VENV)/.ready ## write dbt's documentation of every model and column
	$(VENV)/bin/dbt docs generate --static --target-path warehouse/docs

serve: docs ## show that documentation on http://localhost:8080
	$(RUN) http.server 8080 --bind 127.0.0.1 --directory warehouse/docs

requirements: $(VENV)/.ready ## pin the requirements again
	$(RUN) pip install --quiet uv
	$(VENV)/bin/uv pip compile --upgrade --no-strip-extras --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements.in -o requirements.txt
	$(VENV)/bin/uv pip compile --upgrade --no-strip-extras --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements-spark.in -o requirements-spark.txt
	$(VENV)/bin/uv pip compile --upgrade --no-strip-extras --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements-bench.in -o requirements-bench.txt
	$(VENV)/bin/uv pip compile --upgrade --no-strip-extras --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements-clients.in -o requirements-clients.txt
	$(VENV)/bin/uv pip compile --upgrade --no-strip-extras --generate-hashes --no-emit-index-url --no-header --python-version 3.11 requirements-clients-old.in -o requirements-clients-old.txt

$(VENV)/.ready: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/.ready-spark: $(VENV)/.ready requirements-spark.txt
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.txt
	touch $@

$(VENV)/.ready-bench: $(VENV)/.ready requirements-bench.txt
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	touch $@

# Each client has its own environment, without the packages of the warehouse.
$(CLIENTS)/.ready: requirements-clients.txt requirements-clients-old.txt tests/clients/package.json | $(VENV)/.ready
	$(PYTHON) -m venv --without-pip $(CLIENTS)/current
	$(PYTHON) -m venv --without-pip $(CLIENTS)/old
	$(RUN) pip --python $(CLIENTS)/current install --quiet --disable-pip-version-check --no-compile --only-binary :all: --require-hashes -r requirements-clients.txt
	$(RUN) pip --python $(CLIENTS)/old install --quiet --disable-pip-version-check --no-compile --only-binary :all: --require-hashes -r requirements-clients-old.txt
	mkdir -p $(CLIENTS)/node && cp tests/clients/package.json $(CLIENTS)/node/
	if command -v npm; then npm install --prefix $(CLIENTS)/node --no-save --no-package-lock --ignore-scripts=false --no-audit --no-fund; fi
	touch $@
