"""A plugin of dbt-duckdb that hides the build file from other users in every dbt command."""

import os
from pathlib import Path

from dbt.adapters.duckdb.plugins import BasePlugin

from pipeline.modes import UMASK, make_private


class Plugin(BasePlugin):
    """Closes the build file whenever dbt opens it, with or without the pipeline."""

    def initialize(self, plugin_config: dict[str, object]) -> None:
        """Make all later files of this process private."""
        os.umask(UMASK)

    def configure_connection(self, conn: object) -> None:
        """Make the file private that dbt has just opened."""
        if self.creds is not None and self.creds.path != ":memory:":
            make_private(Path(self.creds.path))
