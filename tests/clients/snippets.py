"""The snippets of docs/bi.md, and the processes that run them as the reader of the docs would."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from conftest import PROJECT

DOCS = PROJECT / "docs" / "bi.md"
# Where the docs suppose the warehouse to be: the only thing in a snippet that a test replaces.
DOCUMENTED_WAREHOUSE = "/srv/customer-success/warehouse"
CLIENTS = PROJECT / ".venv-clients"
CURRENT, OLD, NODE = CLIENTS / "current" / "bin", CLIENTS / "old" / "bin", CLIENTS / "node"
RUN_PYTHON = Path(__file__).with_name("run_python.py")
STDOUT = "stdout"
PATIENCE = 120
NULLS = {"", "NULL", "None", "nan", "NaT", "<NA>"}

Rows = list[tuple[str | None, ...]]
Tables = dict[str, Rows]


@dataclass(frozen=True)
class Snippet:
    """A fenced block: `number` counts the blocks of a section from 1."""

    section: str
    number: int
    language: str
    code: str

    def on(self, warehouse: Path) -> str:
        """The code, reading the snapshots of a warehouse."""
        return self.code.replace(DOCUMENTED_WAREHOUSE, str(warehouse))


def snippets_of(text: str) -> list[Snippet]:
    """Every fenced block of a Markdown text that names a language."""
    found: list[Snippet] = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        blocks = re.findall(r"^```(\w*)\n(.*?)^```$", part, flags=re.MULTILINE | re.DOTALL)
        named = [(language, code) for language, code in blocks if language]
        title = part.splitlines()[0]
        found += [Snippet(title, n, *block) for n, block in enumerate(named, start=1)]
    return found


def plain(rows: Sequence[Sequence[object]]) -> Rows:
    """Rows in an order and a notation that all clients share: each has its own for a number."""
    return sorted((tuple(map(_plain_cell, row)) for row in rows), key=str)


def _plain_cell(cell: object) -> str | None:
    text = str(cell).removesuffix(" 00:00:00")
    if cell is None or text in NULLS:
        return None
    try:
        return f"{float(text):.6f}"
    except ValueError:
        return text.lower() if text in ("True", "False") else text


class PythonClient:
    """A Python of its own that runs a snippet again at each read: opens, queries, closes."""

    def __init__(self, python: Path, code: str, folder: Path) -> None:
        """Start the process; the snippet runs at each read."""
        folder.mkdir()
        (folder / "snippet.py").write_text(code)
        self.process = subprocess.Popen(
            [str(python), str(RUN_PYTHON), str(folder / "snippet.py")],
            env=_environment(folder),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def read(self) -> Tables:
        """The tables that the snippet leaves behind, by variable."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        limit = threading.Timer(PATIENCE, self.process.kill)
        limit.start()
        print(file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        limit.cancel()
        assert line, "the client's process has ended, or hung and was killed"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return {name: plain(rows) for name, rows in answer.items()}

    def close(self) -> None:
        """End the process."""
        self.process.communicate()


class CommandLine:
    """A shell that runs a snippet at each read, with the DuckDB CLI on its path."""

    def __init__(self, language: str, code: str, folder: Path) -> None:
        """Keep the snippet, for `sh` or for the CLI itself."""
        folder.mkdir()
        self.command = ["sh", "-eu"] if language == "sh" else ["duckdb", "-csv"]
        self.code, self.env = code, _environment(folder)

    def read(self) -> Tables:
        """The table that the snippet prints."""
        said = finished(self.command, self.env, self.code)
        return {STDOUT: plain(list(csv.reader(io.StringIO(said)))[1:])}

    def close(self) -> None:
        """Nothing runs between two reads."""


class NodeClient:
    """A Node.js that runs a snippet at each read."""

    def __init__(self, variable: str, code: str, folder: Path) -> None:
        """Write the snippet as a module, with a line more that prints the variable."""
        folder.mkdir()
        (folder / "node_modules").symlink_to(NODE / "node_modules")
        self.script = folder / "snippet.mjs"
        self.script.write_text(f"{code}\nconsole.log(JSON.stringify({variable}));\n")
        self.variable, self.env = variable, _environment(folder)

    def read(self) -> Tables:
        """The rows of the variable that holds the result."""
        said = finished(["node", str(self.script)], self.env)
        return {self.variable: plain([list(row.values()) for row in json.loads(said)])}

    def close(self) -> None:
        """Nothing runs between two reads."""


Client = PythonClient | CommandLine | NodeClient


def client_for(snippet: Snippet, name: str, variable: str, warehouse: Path, home: Path) -> Client:
    """Start the client of that name on a snippet."""
    code = snippet.on(warehouse)
    folder = home / re.sub(r"\W+", "_", f"{snippet.section} {snippet.number} {name}")
    if name == "node":
        return NodeClient(variable, code, folder)
    if name == "cli":
        return CommandLine(snippet.language, code, folder)
    return PythonClient((OLD if name == "DuckDB 1.1" else CURRENT) / "python", code, folder)


def clients_of(snippet: Snippet) -> list[str]:
    """The clients that a snippet is for."""
    if snippet.section == "Python":
        return ["DuckDB 1.1", "DuckDB 1.5"]
    return [{"python": "DuckDB 1.5", "sh": "cli", "sql": "cli", "js": "node"}[snippet.language]]


def missing_node() -> str | None:
    """Why Node.js cannot run a snippet here; None when it can."""
    if shutil.which("node") and (NODE / "node_modules" / "@duckdb" / "node-api").exists():
        return None
    return "needs Node.js and npm: install them, then `rm -r .venv-clients; make test-clients`"


def finished(command: Sequence[str], env: Mapping[str, str], text: str = "") -> str:
    """What a command says on stdout; it must succeed and say nothing on stderr."""
    done = subprocess.run(
        command, env=env, input=text, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert (done.returncode, done.stderr) == (0, ""), f"{done.returncode}: {done.stderr}"
    return done.stdout


def _environment(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL", "TZ") if name in os.environ}
    return kept | {"PATH": f"{CURRENT}{os.pathsep}{os.environ['PATH']}", "HOME": str(home)}
