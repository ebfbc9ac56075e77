"""An assistant on the published file, by the configuration of docs/bi.md: it reads, and no more."""

import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from small_company import ORDINARY, make_build

from clients.snippets import CLIENTS, DOCS, snippets_of
from pipeline import runner, snapshot
from pipeline.console import Reporter
from pipeline.runs import RunRow
from pipeline.settings import Settings

ASSISTANT = CLIENTS / "assistant" / "bin"
SCRIPT = Path(__file__).with_name("assistant.py")
SECTION = "Assistants"
LAST_RUN = "select max(run_id) from quality.runs where outcome = 'published'"
# By the URL of a package index a server would tell others that it runs.
QUIET = {"FASTMCP_CHECK_FOR_UPDATES": "off", "FASTMCP_SHOW_SERVER_BANNER": "false"}


class Assistant:
    """A running server with a client on it."""

    def __init__(self, warehouse: Path, home: Path) -> None:
        """Start the server that docs/bi.md configures, on another warehouse."""
        [snippet] = [each for each in snippets_of(DOCS.read_text()) if each.section == SECTION]
        [configured] = json.loads(snippet.on(warehouse))["mcpServers"].values()
        assert configured["env"].items() >= QUIET.items()
        env = configured["env"] | {"PATH": os.environ["PATH"], "HOME": str(home)}
        started = {
            "command": str(ASSISTANT / configured["command"]),
            "arguments": configured["args"],
            "env": env,
        }
        self.process = subprocess.Popen(
            [str(ASSISTANT / "python"), str(SCRIPT), json.dumps(started)],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.tools: list[str] = self._line()["tools"]

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The answer of a tool, or its error."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"tool": tool, "arguments": arguments}) + "\n")
        self.process.stdin.flush()
        return self._line()

    def query(self, sql: str) -> list[list[Any]]:
        """The rows of a query."""
        return self.call("execute_query", sql=sql)["answer"]["rows"]

    def close(self) -> None:
        """End the server."""
        self.process.communicate()

    def _line(self) -> Mapping[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "the server has ended"
        return json.loads(line)


def publish(settings: Settings) -> RunRow:
    """Publish the current build."""
    return runner.publish_current(
        settings, accepts_restatement=False, reporter=Reporter(io.StringIO())
    )


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A warehouse with a published company."""
    if not (ASSISTANT / "mcp-server-motherduck").exists():
        pytest.fail("the assistant is not installed: `make test-clients` installs and tests it")
    home = tmp_path_factory.mktemp("assistant")
    found = Settings(warehouse=home / "warehouse", target_dir=home / "target")
    make_build(found, ORDINARY)
    publish(found)
    return found


@pytest.fixture(scope="module")
def assistant(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant on that warehouse."""
    found = Assistant(settings.warehouse, tmp_path_factory.mktemp("home"))
    yield found
    found.close()


def test_tables_and_columns_come_with_their_comments(assistant: Assistant) -> None:
    assert {"list_tables", "list_columns", "execute_query"} <= set(assistant.tools)
    assert "switch_database_connection" not in assistant.tools
    tables = assistant.call("list_tables", schema="marts")["answer"]["tables"]
    comments = {table["name"]: table["comment"] for table in tables}
    assert comments["rpt_crm_sync"].startswith("One row per account")
    columns = assistant.call("list_columns", schema="marts", table="rpt_crm_sync")["answer"]
    comments = {column["name"]: column["comment"] for column in columns["columns"]}
    assert comments["health_score"].endswith("[unit: points, format: 0.0, additivity: none]")


def test_an_assistant_gets_the_figures(assistant: Assistant) -> None:
    assert assistant.query("select sum(mrr)::double from marts.dim_accounts") == [[1635.5]]


@pytest.mark.parametrize(
    "sql",
    [
        "create table marts.x (i integer)",
        "delete from marts.dim_accounts",
        "copy (select 1) to '{home}/leak.csv'",
        "from read_text('{home}/pii.key')",
        "attach '{home}/build.duckdb' as build (read_only)",
        "install httpfs",
        "set enable_external_access = true",
        "reset lock_configuration",
    ],
)
def test_an_assistant_can_neither_write_nor_leave_the_file(
    assistant: Assistant, settings: Settings, sql: str
) -> None:
    answer = assistant.call("execute_query", sql=sql.format(home=settings.warehouse))
    assert any(word in answer["error"] for word in ("Permission Error", "Invalid Input Error"))
    assert not (settings.warehouse / "leak.csv").exists()


def test_an_assistant_sees_the_next_run_and_keeps_nobody_out(
    assistant: Assistant, settings: Settings
) -> None:
    for _ in range(5):
        row = publish(settings)
        assert assistant.query(LAST_RUN) == [[row.run_id]]
    shutil.rmtree(settings.snapshots / snapshot.stored(settings)[0])
    assert assistant.query(LAST_RUN) == [[row.run_id]]
