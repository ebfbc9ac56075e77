"""The settings of a run: its paths, and a few numbers."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parents[1]
# The schemas that readers get.
SCHEMAS = ("marts", "quality")


def version() -> str:
    """The version of the project, from pyproject.toml."""
    text = (PROJECT_DIR / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


@dataclass(frozen=True)
class Settings:
    """The settings of a command. All paths are absolute.

    `max_restatement` is a share of a month's MRR. `keep_snapshots` includes the published one.
    `published_dir` is the folder for readers, None for the warehouse itself.
    """

    warehouse: Path
    target_dir: Path
    project_dir: Path = PROJECT_DIR
    keep_snapshots: int = 7
    max_restatement: float = 0.005
    publish_pii: bool = False
    pii_key: str | None = None
    memory_limit: str = "2500MB"
    published_dir: Path | None = None

    @classmethod
    def from_environment(cls, env: Mapping[str, str], **overrides: object) -> "Settings":
        """Read paths, key and memory limit from the environment. The CLI passes the rest.

        A relative path starts at the project's root, as in dbt.
        """
        found = {
            "warehouse": PROJECT_DIR / env.get("CS_WAREHOUSE_DIR", "warehouse"),
            "target_dir": PROJECT_DIR / env.get("DBT_TARGET_PATH", "target"),
            "pii_key": env.get("CS_PII_KEY") or None,
            "memory_limit": env.get("CS_MEMORY_LIMIT", cls.memory_limit),
            "published_dir": PROJECT_DIR / path if (path := env.get("CS_PUBLISHED_DIR")) else None,
        }
        return cls(**(found | overrides))  # type: ignore[arg-type]

    @property
    def build_file(self) -> Path:
        """The DuckDB file that dbt writes, for this project only."""
        return self.warehouse / "build.duckdb"

    @property
    def state_file(self) -> Path:
        """The state of the current build."""
        return self.warehouse / "build_state.json"

    @property
    def lock_file(self) -> Path:
        """The lock of a run. Its text names the holder."""
        return self.warehouse / ".lock"

    @property
    def runs_file(self) -> Path:
        """One JSON line for every run, failed ones included."""
        return self.warehouse / "runs.jsonl"

    def forecast_log(self, is_demo: bool) -> Path:
        """Every published forecast, with a separate file for the demo. Later builds read it."""
        return self.warehouse / f"forecast_log{'_demo' if is_demo else ''}.csv"

    @property
    def key_file(self) -> Path:
        """The key of the pseudonyms, where `CS_PII_KEY` is not set."""
        return self.warehouse / "pii.key"

    @property
    def erased_file(self) -> Path:
        """The list of erased people, as salted hashes. Dbt reads it too."""
        return self.warehouse / "erased.csv"

    @property
    def alerts_file(self) -> Path:
        """The snapshots and runs that `alerts` has reported."""
        return self.warehouse / "alerts.json"

    @property
    def alerts_lock(self) -> Path:
        """The lock of `alerts`, which may work during a run."""
        return self.warehouse / ".alerts.lock"

    @property
    def readers_folder(self) -> Path:
        """The folder of `published` and the snapshots."""
        return self.published_dir or self.warehouse

    @property
    def snapshots(self) -> Path:
        """A folder with one folder per stored snapshot, named by its run."""
        return self.readers_folder / "snapshots"

    @property
    def published(self) -> Path:
        """The symlink that readers follow."""
        return self.readers_folder / "published"

    @property
    def preview(self) -> Path:
        """The warehouse of the separate build of `preview`."""
        return self.warehouse / "preview"

    @property
    def proposal(self) -> Path:
        """The policy files that `calibrate` proposes."""
        return self.warehouse / "proposal"

    @property
    def data_docs(self) -> Path:
        """The last validation as HTML."""
        return self.warehouse / "data_docs"

    @property
    def spill(self) -> Path:
        """The folder for data that do not fit into DuckDB's memory."""
        return self.warehouse / "tmp"
