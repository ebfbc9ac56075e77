"""Apache Superset, set up as docs/bi.md says: it describes tables and charts one run at a time."""

import http.cookiejar
import json
import os
import secrets
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from clients.snippets import DOCS, snippets_of
from clients.test_clients import FIRST, MRR, PUBLISHED, Warehouse, tables

from pipeline import snapshot
from pipeline.settings import PROJECT_DIR, Settings

SUPERSET = PROJECT_DIR / ".venv-superset" / "bin" / "superset"
SECTION, DOCUMENTED_HOME = "Apache Superset", "/srv/superset"
USER = {"username": "admin", "password": secrets.token_urlsafe(16)}
PATIENCE = 300
READ_ONLY = {"engine_params": {"connect_args": {"read_only": True}}}


class Superset:
    """A running server, and its REST API as a signed-in user."""

    def __init__(self, home: Path) -> None:
        """Prepare the metadata database and an administrator, then start the server."""
        [config] = [
            snippet.code
            for snippet in snippets_of(DOCS.read_text())
            if (snippet.section, snippet.language) == (SECTION, "python")
        ]
        path = home / "superset_config.py"
        path.write_text(config.replace(DOCUMENTED_HOME, str(home)))
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "FLASK_APP": "superset",
            "SUPERSET_HOME": str(home),
            "SUPERSET_CONFIG_PATH": str(path),
            "SUPERSET_SECRET_KEY": secrets.token_urlsafe(42),
        }
        self._prepare("db", "upgrade")
        person = ("--firstname", "A", "--lastname", "B", "--email", "admin@example.com")
        self._prepare(
            *("fab", "create-admin", "--username", USER["username"]),
            *("--password", USER["password"], *person),
        )
        self._prepare("init")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.log = home / "server.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [str(SUPERSET), "run", "--host", "127.0.0.1", "--port", str(port)],
                env=self.env,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.headers = {"Content-Type": "application/json", "Referer": self.url}
        self._wait()
        found = self.call("POST", "/security/login", USER | {"provider": "db"})
        self.headers["Authorization"] = f"Bearer {found['access_token']}"
        self.headers["X-CSRFToken"] = self.call("GET", "/security/csrf_token/")["result"]

    def call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        """The answer of the API."""
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.url}/api/v1{path}", content, self.headers, method=method
        )
        try:
            with self.opener.open(request, timeout=PATIENCE) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            pytest.fail(f"{method} {path}: HTTP {error.code} {error.read()[:1000]!r}")

    def database(self, name: str, path: Path) -> int:
        """Add a DuckDB file as a database; its id."""
        body = {
            "database_name": name,
            "sqlalchemy_uri": f"duckdb:///{path}",
            "extra": json.dumps(READ_ONLY),
        }
        return self.call("POST", "/database/", body)["id"]

    def dataset(self, database: int, table: str) -> int:
        """Add a mart as a dataset; its id."""
        body = {"database": database, "schema": "marts", "table_name": table}
        return self.call("POST", "/dataset/", body)["id"]

    def chart(self, dataset: int, metric: str, by: str, where: str) -> list[dict[str, Any]]:
        """The rows that a chart of the dataset draws."""
        query = {
            "columns": [by],
            "metrics": [{"expressionType": "SQL", "sqlExpression": metric, "label": "value"}],
            "extras": {"where": where},
            "row_limit": 10_000,
        }
        source = {"id": dataset, "type": "table"}
        body = {"datasource": source, "queries": [query], "result_format": "json", "force": True}
        [result] = self.call("POST", "/chart/data", body)["result"]
        assert result["error"] is None
        return result["data"]

    def close(self) -> None:
        """End the server."""
        self.process.terminate()
        self.process.wait(30)

    def _prepare(self, *words: str) -> None:
        done = subprocess.run(
            [str(SUPERSET), *words], env=self.env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with self.opener.open(f"{self.url}/health", timeout=5):
                    return
            except OSError:
                assert self.process.poll() is None, self.log.read_text()[-3000:]
                assert time.monotonic() < until, "it does not start"
                time.sleep(0.5)


@pytest.fixture(scope="module")
def superset(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Superset]:
    """A Superset of its own."""
    if not SUPERSET.exists():
        pytest.fail("Superset is not installed: `make test-superset` installs and tests it")
    found = Superset(tmp_path_factory.mktemp("superset"))
    yield found
    found.close()


@pytest.fixture(scope="module")
def demo(superset: Superset) -> tuple[int, Path]:
    """The database of what `make build` published, and its file."""
    file = Settings.from_environment(os.environ).published / snapshot.DATABASE
    if not file.exists():
        pytest.fail("nothing is published: `make build` publishes the demo company")
    return superset.database("demo", file), file


def in_file(file: Path, sql: str) -> dict[str, str]:
    """The pairs that a query finds in a published file."""
    return dict(tables(file, {"found": sql})["found"])


def test_every_table_is_listed_and_described(superset: Superset, demo: tuple[int, Path]) -> None:
    database, file = demo
    listed = superset.call("GET", f"/database/{database}/tables/?q=(schema_name:marts)")
    names = {table["value"] for table in listed["result"]}
    expected = in_file(
        file, "select table_name, comment from duckdb_tables() where schema_name = 'marts'"
    )
    assert names == expected.keys()
    for name in sorted(names):
        found = superset.call(
            "GET", f"/database/{database}/table_metadata/?name={name}&schema=marts"
        )
        comments = {column["name"]: column["comment"] for column in found["columns"]}
        assert comments == _comments(file, name), name
        assert found["comment"] == _comments(file, name, "table")[name]


def test_a_dataset_and_a_saved_chart_show_a_mart(
    superset: Superset, demo: tuple[int, Path]
) -> None:
    database, file = demo
    dataset = superset.dataset(database, "fct_retention")
    columns = superset.call("GET", f"/dataset/{dataset}")["result"]["columns"]
    described = {column["column_name"]: column["description"] for column in columns}
    assert described == _comments(file, "fct_retention")
    form = {"viz_type": "echarts_timeseries_line", "x_axis": "month", "metrics": ["nrr"]}
    chart = {
        "slice_name": "NRR",
        "viz_type": form["viz_type"],
        "datasource_id": dataset,
        "datasource_type": "table",
        "params": json.dumps(form),
    }
    saved = superset.call("POST", "/chart/", chart)["id"]
    assert superset.call("GET", f"/chart/{saved}")["result"]["slice_name"] == "NRR"
    where = "segment_type = 'all' and window_months = 12"
    drawn = superset.chart(dataset, "SUM(ending_mrr) / SUM(starting_mrr)", "month", where)
    nrr = f"select month, nrr from marts.fct_retention where {where}"
    expected = tables(file, {"found": nrr})["found"]
    assert len(drawn) == len(expected) > 12
    values = sorted(float(row["value"]) for row in drawn)
    assert values == pytest.approx(sorted(float(value) for _, value in expected if value))


def test_charts_show_one_run_at_a_time_while_builds_are_published(
    superset: Superset, tmp_path: Path
) -> None:
    warehouse = Warehouse(tmp_path)
    warehouse.publish(FIRST)
    file = warehouse.settings.published / snapshot.DATABASE
    database = superset.database("swapped", file)
    dataset = superset.dataset(database, "fct_mrr_monthly")
    runs: dict[tuple[float, ...], int] = {}
    for factor, expected in warehouse.expected.items():
        runs[_values(dict(expected["DuckDB CLI", 2]["stdout"]))] = factor
    assert len(runs) == 3
    seen: list[int | None] = []
    published = threading.Event()

    def read() -> None:
        while not published.is_set():
            seen.append(_run_of(superset, dataset, runs))

    assert _run_of(superset, dataset, runs) == FIRST
    reader = threading.Thread(target=read)
    reader.start()
    for factor in PUBLISHED:
        warehouse.publish(factor)
    published.set()
    reader.join()
    assert _run_of(superset, dataset, runs) == PUBLISHED[-1]
    assert None not in seen, "of no one run"
    assert set(seen) == set(runs.values())


def _run_of(superset: Superset, dataset: int, runs: Mapping[tuple[float, ...], int]) -> int | None:
    assert "is_complete_month" in MRR
    drawn = superset.chart(dataset, "SUM(closing_mrr)", "month", "is_complete_month")
    return runs.get(_values({row["month"]: row["value"] for row in drawn}))


def _values(by_month: Mapping[Any, Any]) -> tuple[float, ...]:
    return tuple(sorted(round(float(value), 2) for value in by_month.values()))


def _comments(file: Path, table: str, kind: str = "column") -> dict[str, str]:
    return in_file(
        file,
        f"select {kind}_name, comment from duckdb_{kind}s()"
        f" where schema_name = 'marts' and table_name = '{table}'",
    )
