"""A plugin that dbt-duckdb loads into each connection: the folder reader and the access limits.

DuckDB takes these limits on an open database only, so profiles.yml cannot set them.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from pipeline.extract_files import tables_in
from pipeline.source_names import named_sources

# dbt-duckdb loads seeds from here, and staging reads the demo's usage from here.
SEEDS = str(Path(__file__).resolve().parents[1] / "seeds")
WILDCARDS = {"[": "[[]", "*": "[*]", "?": "[?]"}


class Plugin(BasePlugin):
    """Gives SQL `extract_files`, and confines DuckDB to the folders that a build needs."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Take the folders that profiles.yml names, without empty paths."""
        self.folders = [SEEDS, *folders_of(plugin_config)]

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Add the function, then lock the database: once, because all connections share both."""
        if conn.execute("select current_setting('lock_configuration')").fetchone() == (True,):
            return
        takes = ["VARCHAR", "VARCHAR"]
        conn.create_function(
            "extract_files", self.extract_files, takes, "VARCHAR", side_effects=True
        )
        for statement in self.limits():
            conn.execute(statement)

    def extract_files(self, folder: str, names: str) -> str:
        """The files of the tables `names` (separated by commas) in a folder, as JSON.

        Raises PermissionError for a folder that the build does not need.
        """
        place = Path(folder).absolute()
        if not any(place.is_relative_to(Path(allowed).absolute()) for allowed in self.folders):
            raise PermissionError(f"{folder} is not a folder of this build")
        return json.dumps(tables_in(folder, names.split(",")))

    def limits(self) -> Iterator[str]:
        """The statements that forbid files outside these folders and further settings."""
        # A day is a UTC day wherever the build runs.
        yield "set global TimeZone = 'UTC'"
        attached = (self.creds.attach or []) if self.creds else []
        files = [file for entry in attached for file in (entry.path, f"{entry.path}.wal")]
        if files:
            yield f"set allowed_paths = {_list(files)}"
        # DuckDB also compares patterns with this list. A pattern writes [ as [[].
        patterns = [literally(folder) for folder in self.folders]
        yield f"set allowed_directories = {_list(dict.fromkeys([*self.folders, *patterns]))}"
        yield "set enable_external_access = false"
        yield "set lock_configuration = true"


def folders_of(config: Mapping[str, Any]) -> list[str]:
    """The given folders of the extracts, the policy, the sources and the warehouse."""
    named = (config.get(name) for name in ("raw_path", "policy_path", "warehouse"))
    sources = config.get("sources") or ""
    # profiles.yml gives the var as JSON.
    is_json = isinstance(sources, str) and sources.startswith("{")
    places = named_sources(json.loads(sources) if is_json else sources).values()
    return [str(folder) for folder in named if folder] + [place for place in places if "/" in place]


def literally(path: str) -> str:
    """The pattern that matches this path only."""
    return "".join(WILDCARDS.get(character, character) for character in path)


def _list(texts: Any) -> str:
    return "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]"
