"""Where a run finds and leaves things, and the few numbers that steer it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parents[1]
# The schemas that readers get.
SCHEMAS = ("marts", "quality")


@dataclass(frozen=True)
class Settings:
    """Everything a command needs to know of its surroundings. All paths are absolute.

    `max_restatement` is a share of a month's MRR; `keep_snapshots` counts folders, the published
    one among them; `published_dir` is where readers look, None for the warehouse itself.
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
        """Read paths, key and memory limit from the environment; the CLI passes the rest.

        A relative path is taken from the project's root, as dbt takes it.
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
        """The DuckDB file that dbt writes; nobody reads it but this project."""
        return self.warehouse / "build.duckdb"

    @property
    def state_file(self) -> Path:
        """What is known of the standing build."""
        return self.warehouse / "build_state.json"

    @property
    def lock_file(self) -> Path:
        """Locked while a run works; holds the words that say whose."""
        return self.warehouse / ".lock"

    @property
    def runs_file(self) -> Path:
        """One JSON line for every run, whatever became of it."""
        return self.warehouse / "runs.jsonl"

    def forecast_log(self, is_demo: bool) -> Path:
        """Every forecast that was published; the demo's apart. The next builds read it."""
        return self.warehouse / f"forecast_log{'_demo' if is_demo else ''}.csv"

    @property
    def key_file(self) -> Path:
        """The key that hides personal data, when `CS_PII_KEY` gives none."""
        return self.warehouse / "pii.key"

    @property
    def erased_file(self) -> Path:
        """The list of erased people, as salted hashes; dbt reads it too."""
        return self.warehouse / "erased.csv"

    @property
    def readers_folder(self) -> Path:
        """Where `published` and the snapshots are."""
        return self.published_dir or self.warehouse

    @property
    def snapshots(self) -> Path:
        """A folder for every kept snapshot, named by its run."""
        return self.readers_folder / "snapshots"

    @property
    def published(self) -> Path:
        """The symlink that readers follow."""
        return self.readers_folder / "published"

    @property
    def preview(self) -> Path:
        """The warehouse of a build that `preview` makes aside."""
        return self.warehouse / "preview"

    @property
    def data_docs(self) -> Path:
        """The last validation as HTML."""
        return self.warehouse / "data_docs"

    @property
    def spill(self) -> Path:
        """Where DuckDB spills what does not fit in memory."""
        return self.warehouse / "tmp"
