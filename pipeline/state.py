"""What is known of the standing build: whether it is whole and validated, and what it read."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.files import write_whole
from pipeline.settings import Settings


@dataclass(frozen=True)
class PersonalColumn:
    """A column that the models tag `meta.pii: true`."""

    schema: str
    table: str
    column: str


@dataclass(frozen=True)
class BuildState:
    """The last whole build. It is forgotten before the next one begins.

    `fingerprint` is size and time of the build's files; any write to them since makes it another.
    """

    build_id: str
    built_at: str
    raw_source: str
    fingerprint: str
    personal_columns: tuple[PersonalColumn, ...]
    is_validated: bool = False

    def stands(self, settings: Settings) -> bool:
        """Whether the build file is still the one of which this tells."""
        return self.fingerprint == fingerprint(settings.build_file)


def remember_build(settings: Settings, build_id: str, built_at: str, raw_source: str) -> BuildState:
    """Note that the build file is whole, with the personal columns of the models that made it."""
    manifest = json.loads((settings.target_dir / "manifest.json").read_text(encoding="utf-8"))
    state = BuildState(
        build_id=build_id,
        built_at=built_at,
        raw_source=raw_source,
        fingerprint=fingerprint(settings.build_file),
        personal_columns=personal_columns(manifest),
    )
    _write(settings, state)
    return state


def remember_validation(settings: Settings, state: BuildState) -> BuildState:
    """Note that every expectation holds on the build."""
    state = replace(state, is_validated=True)
    _write(settings, state)
    return state


def recall_build(settings: Settings) -> BuildState | None:
    """The last whole build, None when there is none or when the build file was written to since."""
    try:
        found = json.loads(settings.state_file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    columns = tuple(PersonalColumn(**column) for column in found.pop("personal_columns"))
    state = BuildState(**found, personal_columns=columns)
    return state if state.stands(settings) else None


def forget_build(settings: Settings) -> None:
    """Say of the build file that nothing is known of it, as before a build."""
    settings.state_file.unlink(missing_ok=True)


def personal_columns(manifest: Mapping[str, Any]) -> tuple[PersonalColumn, ...]:
    """The tagged columns of every model, from dbt's manifest."""
    return tuple(
        PersonalColumn(node["schema"], node["alias"], name)
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model"
        for name, column in node["columns"].items()
        if (column.get("meta") or {}).get("pii")
        or ((column.get("config") or {}).get("meta") or {}).get("pii")
    )


def fingerprint(build_file: Path) -> str:
    """Size and time of the build file and of its log of unmerged writes."""
    return " ".join(
        f"{path.stat().st_size}:{path.stat().st_mtime_ns}" if path.exists() else "absent"
        for path in (build_file, build_file.with_name(f"{build_file.name}.wal"))
    )


def _write(settings: Settings, state: BuildState) -> None:
    write_whole(settings.state_file, json.dumps(asdict(state), indent=2))
