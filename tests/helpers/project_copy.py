"""A copy of the project, for tests that change its code."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from conftest import PROJECT


@dataclass(frozen=True)
class Edit:
    """A passage of a file, as a regular expression, and its replacement."""

    file: str
    passage: str
    into: str


DOUBLE_LOGINS = Edit(
    "models/staging/product/base/base_product__usage_rolled_up.sql",
    r"coalesce\(recorded\.logins, 0\)",
    "2 * coalesce(recorded.logins, 0)",
)
REQUIRE_USERS = Edit(
    "models/staging/product/_product__sources.yml",
    r"(- name: user_id\n(?:\s+description: .*\n)?\s+config: {meta: {type: id, required: )false",
    r"\1true",
)


class ProjectCopy:
    """What dbt reads of the project, with models and macros that may be changed."""

    def __init__(self, home: Path) -> None:
        """Copy models and macros, and link all else."""
        self.home = home
        home.mkdir(parents=True)
        for name in ("models", "macros"):
            shutil.copytree(PROJECT / name, home / name)
        for name in ("seeds", "tests", "analyses", "dbt_project.yml", "profiles.yml"):
            (home / name).symlink_to(PROJECT / name)

    @property
    def options(self) -> tuple[str, ...]:
        """How dbt finds the copy."""
        return ("--project-dir", str(self.home), "--profiles-dir", str(self.home))

    def change(self, edit: Edit) -> None:
        """Replace a passage of a file wherever it occurs."""
        path = self.home / edit.file
        text, places = re.subn(edit.passage, edit.into, path.read_text(encoding="utf-8"))
        assert places, f"{edit.file} does not hold {edit.passage}"
        path.write_text(text, encoding="utf-8")

    def restore(self, file: str) -> None:
        """Make a file the project's own again."""
        shutil.copy(PROJECT / file, self.home / file)
