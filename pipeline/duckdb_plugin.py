"""What dbt-duckdb loads into each connection: the reader of folders, and the limits of access.

Limits can be set on an open database only, so that they are not among profiles.yml's options.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin
from duckdb import DuckDBPyConnection

from pipeline.extract_files import tables_in

# dbt-duckdb loads seeds from here, and the demo's use is read from here.
SEEDS = str(Path(__file__).resolve().parents[1] / "seeds")
WILDCARDS = {"[": "[[]", "*": "[*]", "?": "[?]"}


class Plugin(BasePlugin):
    """Gives SQL `extract_files`, and keeps DuckDB to the folders that a build needs."""

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Take the folders that profiles.yml names; an empty path is none."""
        self.folders = [SEEDS, *folders_of(plugin_config)]

    def configure_connection(self, conn: DuckDBPyConnection) -> None:
        """Add the function, then lock the database; once, since its connections share both."""
        if conn.execute("select current_setting('lock_configuration')").fetchone() == (True,):
            return
        takes = ["VARCHAR", "VARCHAR"]
        conn.create_function(
            "extract_files", self.extract_files, takes, "VARCHAR", side_effects=True
        )
        for statement in self.limits():
            conn.execute(statement)

    def extract_files(self, folder: str, names: str) -> str:
        """What a folder holds of the tables named, separated by commas, as JSON.

        Raises PermissionError for a folder outside those that a build needs.
        """
        place = Path(folder).absolute()
        if not any(place.is_relative_to(Path(allowed).absolute()) for allowed in self.folders):
            raise PermissionError(f"{folder} is no folder of this build")
        return json.dumps(tables_in(folder, names.split(",")))

    def limits(self) -> Iterator[str]:
        """The statements after which nothing outside is read or written and nothing can be set."""
        # A day is a day of UTC wherever the build runs.
        yield "set global TimeZone = 'UTC'"
        attached = (self.creds.attach or []) if self.creds else []
        files = [file for entry in attached for file in (entry.path, f"{entry.path}.wal")]
        if files:
            yield f"set allowed_paths = {_list(files)}"
        # DuckDB compares a pattern with these as well, and in a pattern [ is written [[].
        patterns = [literally(folder) for folder in self.folders]
        yield f"set allowed_directories = {_list(dict.fromkeys([*self.folders, *patterns]))}"
        yield "set enable_external_access = false"
        yield "set lock_configuration = true"


def folders_of(config: Mapping[str, Any]) -> list[str]:
    """The folders of the extracts, the policy and the warehouse, as far as they are given."""
    named = (config.get(name) for name in ("raw_path", "policy_path", "warehouse"))
    return [str(folder) for folder in named if folder]


def literally(path: str) -> str:
    """The pattern that matches this path alone."""
    return "".join(WILDCARDS.get(character, character) for character in path)


def _list(texts: Any) -> str:
    return "[" + ", ".join("'" + text.replace("'", "''") + "'" for text in texts) + "]"
