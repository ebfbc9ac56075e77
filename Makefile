# Each target is one line that a person could type. Needs Python 3.11, make and, for test-spark, Java 17.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
CLIENTS := .venv-clients
SIZE ?= demo
RUN := $(VENV)/bin/python -m

.PHONY: build test test-clients test-spark bench lint docs messages serve requirements

build: $(VENV)/.ready ## build the warehouse on the demo company, or on CS_RAW_PATH, check it and publish it
	$(RUN) pipeline run

test: $(VENV)/.ready ## all tests: dbt's own and pytest's
	$(RUN) pytest

test-clients: $(VENV)/.ready $(CLIENTS)/.ready ## the snippets of docs/bi.md, each with its client, while publishes move the symlink
	$(RUN) pytest tests/clients

test-spark: $(VENV)/.ready-spark ## the demo's marts on a local Spark equal those on DuckDB
	$(RUN) pytest tests/spark

bench: $(VENV)/.ready-bench ## what a build takes and where it goes, of the demo or with SIZE=s or m of 1,000 or 10,000 accounts
	$(RUN) benchmarks --size $(SIZE)

lint: $(VENV)/.ready ## style of SQL and Python
	$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/sqlfluff lint models tests analyses

docs: $(VENV)/.ready ## dbt's documentation of every model and column
	$(VENV)/bin/dbt docs generate --static --target-path warehouse/docs

messages: $(VENV)/.ready ## docs/messages.md: every sentence that users read, with real values
	CS_WRITE_MESSAGES=1 $(RUN) pytest tests/project/test_messages.py

serve: docs ## that documentation on http://localhost:8080
	$(RUN) http.server 8080 --bind 127.0.0.1 --directory warehouse/docs

requirements: $(VENV)/.ready ## pin requirements.in anew
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

# Each client stands in a place of its own, so that nothing of the warehouse helps it.
$(CLIENTS)/.ready: requirements-clients.txt requirements-clients-old.txt tests/clients/package.json | $(VENV)/.ready
	$(PYTHON) -m venv --without-pip $(CLIENTS)/current
	$(PYTHON) -m venv --without-pip $(CLIENTS)/old
	$(RUN) pip --python $(CLIENTS)/current install --quiet --disable-pip-version-check --no-compile --only-binary :all: --require-hashes -r requirements-clients.txt
	$(RUN) pip --python $(CLIENTS)/old install --quiet --disable-pip-version-check --no-compile --only-binary :all: --require-hashes -r requirements-clients-old.txt
	mkdir -p $(CLIENTS)/node && cp tests/clients/package.json $(CLIENTS)/node/
	if command -v npm; then npm install --prefix $(CLIENTS)/node --no-save --no-package-lock --ignore-scripts=false --no-audit --no-fund; fi
	touch $@
