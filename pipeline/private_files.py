"""A plugin of dbt-duckdb: dbt keeps the build file from other users, with or without a run."""

import os
from pathlib import Path

from dbt.adapters.duckdb.plugins import BasePlugin

from pipeline.modes import UMASK, make_private


class Plugin(BasePlugin):
    """Closes the build file whenever dbt opens it, with or without the pipeline."""

    def initialize(self, plugin_config: dict[str, object]) -> None:
        """Let no other user read what this process writes from now on."""
        os.umask(UMASK)

    def configure_connection(self, conn: object) -> None:
        """Close the file that dbt has just opened, which an earlier version may have left open."""
        if self.creds is not None and self.creds.path != ":memory:":
            make_private(Path(self.creds.path))
