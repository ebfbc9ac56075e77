"""Every snippet of docs/bi.md reads one whole run with its client, while others are published."""

import io
import os
import random
import shutil
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb
import pytest
from small_company import ORDINARY, Company, make_build

from clients.snippets import (
    CLIENTS,
    CURRENT,
    DOCS,
    OLD,
    STDOUT,
    Client,
    PythonClient,
    Snippet,
    Tables,
    client_for,
    clients_of,
    missing_node,
    plain,
    snippets_of,
)
from pipeline import runner, snapshot
from pipeline.console import Reporter
from pipeline.settings import Settings

# Unlike in every figure that a snippet asks for, so that no two runs can be taken for each other.
COMPANIES = {
    factor: replace(
        ORDINARY,
        marker=factor,
        mrr={name: [factor * mrr for mrr in values] for name, values in ORDINARY.mrr.items()}
        | {f"more{n}": [7 * factor] * 16 for n in range(factor)},
    )
    for factor in (1, 2, 3)
}
FIRST, *PUBLISHED = [n % len(COMPANIES) + 1 for n in range(1 + 20)]
MRR = """
    select month, sum(closing_mrr) from marts.fct_mrr_monthly where is_complete_month group by month
"""
LEAKS = "from marts.rpt_leakage_points"
BY_STATUS = """
    select status, sum(closing_mrr) from marts.fct_mrr_monthly
    inner join marts.dim_accounts using (account_id) group by status
"""
# What each table of each snippet must hold, asked of the build.
EXPECTED = {
    ("DuckDB CLI", 1): {
        STDOUT: "select status, count(*), sum(arr) from marts.dim_accounts group by status"
    },
    ("DuckDB CLI", 2): {STDOUT: MRR},
    ("Python", 1): {"mrr": MRR},
    ("pandas", 1): {"leaks": LEAKS},
    ("pandas", 2): {
        "accounts": "select account_id, status from marts.dim_accounts",
        "ledger": "select account_id, closing_mrr from marts.fct_mrr_monthly",
        "by_status": BY_STATUS,
    },
    ("Polars", 1): {"by_status": BY_STATUS},
    ("Polars", 2): {"leaks": LEAKS},
    ("SQLAlchemy", 1): {
        "columns": """
            select column_name, replace(replace(data_type, 'DECIMAL', 'NUMERIC'), ',', ', ')
            from duckdb_columns() where schema_name = 'marts' and table_name = 'fct_mrr_monthly'
        """,
        "mrr": MRR,
        "accounts": "from marts.dim_accounts",
    },
    ("ADBC", 1): {"leaks": LEAKS},
    ("Node.js", 1): {"mrr": MRR},
    ("Parquet", 1): {STDOUT: BY_STATUS},
}
# These have tests of their own: test_assistant.py and tests/superset.
OTHER_SECTIONS = ("Apache Superset", "Assistants")
SNIPPETS = [each for each in snippets_of(DOCS.read_text()) if each.section not in OTHER_SECTIONS]
CASES = [(snippet, name) for snippet in SNIPPETS for name in clients_of(snippet)]
each_case = pytest.mark.parametrize(
    ("snippet", "name"),
    CASES,
    ids=[f"{snippet.section} {snippet.number}, {name}" for snippet, name in CASES],
)
LIMIT = 1000
EVERY_TABLE = """
tables = []
for schema in ("marts", "quality"):
    for name in {names}:
        table = {table}
        tables.append((schema, name, len(table)))
"""
REFLECTED = """
import sqlalchemy as sa
connection = sa.create_engine("duckdb:///{path}", connect_args={{"read_only": True}}).connect()
inspector = sa.inspect(connection)
""" + EVERY_TABLE.format(
    names="inspector.get_table_names(schema)",
    table="connection.execute(sa.select("
    "sa.Table(name, sa.MetaData(), schema=schema, autoload_with=connection)).limit({limit})).all()",
)
FETCHED = """
import duckdb
connection = duckdb.connect("{path}", read_only=True)
named = "select table_name from information_schema.tables where table_schema = ?"
""" + EVERY_TABLE.format(
    names="[name for name, in connection.execute(named, [schema]).fetchall()]",
    table="connection.execute(f'from {{schema}}.{{name}} limit {limit}').fetchall()",
)


class Warehouse:
    """A warehouse where each company's build can stand and be published."""

    def __init__(self, home: Path) -> None:
        """Build every company, and ask each build what the snippets must find."""
        self.settings = Settings(warehouse=home / "warehouse", target_dir=home / "target")
        self.builds = home / "builds"
        self.expected: dict[int, dict[tuple[str, int], Tables]] = {}
        for factor, company in COMPANIES.items():
            self.expected[factor] = self._build(factor, company)

    def _build(self, factor: int, company: Company) -> dict[tuple[str, int], Tables]:
        make_build(self.settings, company)
        (self.builds / str(factor)).mkdir(parents=True)
        for file in (self.settings.build_file, self.settings.state_file):
            shutil.copy2(file, self.builds / str(factor))
        return {key: tables(self.settings.build_file, asked) for key, asked in EXPECTED.items()}

    def publish(self, factor: int) -> None:
        """Publish a company's build, as the command does."""
        for file in (self.settings.build_file, self.settings.state_file):
            shutil.copy2(self.builds / str(factor) / file.name, file)
        runner.publish_current(
            self.settings, accepts_restatement=True, reporter=Reporter(io.StringIO())
        )


@dataclass
class Reader:
    """A client with what it must find in each company; `seen` has the company of each read."""

    client: Client
    expected: Mapping[int, Tables]
    seen: list[int] = field(default_factory=list)
    error: Exception | None = None

    def read(self, delay: float = 0.0) -> None:
        """Wait, read once, and find the company that all of it is of."""
        if self.error:
            return
        time.sleep(delay)
        try:
            found = self.client.read()
            of = [factor for factor, expected in self.expected.items() if found == expected]
            assert len(of) == 1, f"of no one run: {found}"
            self.seen += of
        except Exception as error:
            self.error = error


def tables(path: Path, asked: Mapping[str, str]) -> Tables:
    """What DuckDB itself answers."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return {name: plain(connection.execute(sql).fetchall()) for name, sql in asked.items()}


def needs_node(name: str) -> None:
    """Skip where there is no Node.js; on CI there must be."""
    if name == "node" and (reason := missing_node()):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


def variable_of(snippet: Snippet) -> str:
    """The variable that holds a snippet's result, where it leaves one."""
    return next(iter(EXPECTED[snippet.section, snippet.number]))


@pytest.fixture(scope="module", autouse=True)
def _clients_are_installed() -> None:
    if not (CLIENTS / ".ready").exists():
        pytest.fail("the clients are not installed: `make test-clients` installs and tests them")


@pytest.fixture(scope="module")
def readers(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[tuple[Snippet, str], Reader]:
    """All clients at work while builds are published, each then done."""
    home = tmp_path_factory.mktemp("clients")
    warehouse = Warehouse(home)
    warehouse.publish(FIRST)
    found = {}
    for snippet, name in CASES:
        if name == "node" and missing_node():
            continue
        key = (snippet.section, snippet.number)
        expected = {factor: answers[key] for factor, answers in warehouse.expected.items()}
        client = client_for(snippet, name, variable_of(snippet), warehouse.settings.warehouse, home)
        found[snippet, name] = Reader(client, expected)
    chance = random.Random(7)
    with ThreadPoolExecutor(len(found)) as pool:
        list(pool.map(Reader.read, found.values()))
        took = 0.0
        for factor in PUBLISHED:
            # Reads begin before, during and after the publish, each client's at another instant.
            reads = [pool.submit(each.read, chance.uniform(0, took)) for each in found.values()]
            began = time.monotonic()
            warehouse.publish(factor)
            took = time.monotonic() - began
            wait(reads)
        list(pool.map(Reader.read, found.values()))
    for reader in found.values():
        reader.client.close()
    return found


def test_every_snippet_has_its_client_and_what_it_must_find():
    assert {(snippet.section, snippet.number) for snippet in SNIPPETS} == set(EXPECTED)
    assert all(snippet.on(Path("/elsewhere")) != snippet.code for snippet in SNIPPETS)


@each_case
def test_snippet_reads_one_run_at_a_time_while_others_are_published(snippet, name, readers):
    needs_node(name)
    reader = readers[snippet, name]
    if reader.error:
        raise reader.error
    assert len(reader.seen) == 1 + len(PUBLISHED) + 1
    reads = zip(reader.seen[1:-1], [FIRST, *PUBLISHED[:-1]], PUBLISHED, strict=True)
    assert all(seen in (before, after) for seen, before, after in reads), "never an older run"
    assert (reader.seen[0], reader.seen[-1]) == (FIRST, PUBLISHED[-1])


@pytest.fixture(scope="module")
def demo_warehouse() -> Path:
    """The warehouse that `make build` leaves, with tables of every type that there is."""
    settings = Settings.from_environment(os.environ)
    if not (settings.published / snapshot.DATABASE).exists():
        reason = "nothing is published: `make build` publishes the demo company"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    return settings.warehouse


@each_case
def test_snippet_reads_a_real_company(snippet, name, demo_warehouse, tmp_path):
    needs_node(name)
    published = demo_warehouse / "published" / snapshot.DATABASE
    client = client_for(snippet, name, variable_of(snippet), demo_warehouse, tmp_path)
    found = client.read()
    client.close()
    assert found == tables(published, EXPECTED[snippet.section, snippet.number])


@pytest.mark.parametrize(
    ("code", "python"), [(REFLECTED, CURRENT), (FETCHED, OLD)], ids=["SQLAlchemy", "DuckDB 1.1"]
)
def test_every_column_of_every_published_table_is_read(code, python, demo_warehouse, tmp_path):
    published = demo_warehouse / "published" / snapshot.DATABASE
    code = code.format(path=published, limit=LIMIT)
    client = PythonClient(python / "python", code, tmp_path / "client")
    found = client.read()["tables"]
    client.close()
    with duckdb.connect(str(published), read_only=True) as connection:
        counts = snapshot.row_counts(connection, published.stem)
    assert found == plain([(*table, min(rows, LIMIT)) for table, rows in counts.items()])
