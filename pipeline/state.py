"""The state of the current build: whether it is complete and validated, and its raw data."""

import json
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline import descriptions
from pipeline.files import reason_of, set_aside, write_whole
from pipeline.settings import Settings


@dataclass(frozen=True)
class PersonalColumn:
    """A column that the models tag `meta.pii: true`."""

    schema: str
    table: str
    column: str


@dataclass(frozen=True)
class BuildState:
    """The last complete build. Each build clears it at its start.

    `fingerprint` is size and time of the build's files, so any later write changes it.
    """

    build_id: str
    built_at: str
    raw_source: str
    fingerprint: str
    personal_columns: tuple[PersonalColumn, ...]
    descriptions: Mapping[str, str] = field(default_factory=dict)
    is_validated: bool = False

    def is_current(self, settings: Settings) -> bool:
        """Whether the build file is unchanged."""
        return self.fingerprint == fingerprint(settings.build_file)


def record_build(settings: Settings, build_id: str, built_at: str, raw_source: str) -> BuildState:
    """Record that the build is complete, with its personal columns and descriptions."""
    manifest = json.loads((settings.target_dir / "manifest.json").read_text(encoding="utf-8"))
    state = BuildState(
        build_id=build_id,
        built_at=built_at,
        raw_source=raw_source,
        fingerprint=fingerprint(settings.build_file),
        personal_columns=personal_columns(manifest),
        descriptions=descriptions.of_models(manifest),
    )
    _write(settings, state)
    return state


def record_validation(settings: Settings, state: BuildState) -> BuildState:
    """Record that every expectation holds on the build."""
    state = replace(state, is_validated=True)
    _write(settings, state)
    return state


def current_build(settings: Settings) -> BuildState | None:
    """The last complete build, None when there is none or its file has changed."""
    state, _ = read_state(settings)
    return state if state and state.is_current(settings) else None


def read_state(settings: Settings) -> tuple[BuildState | None, str | None]:
    """The state of the last complete build, or a message why the state file is invalid."""
    path = settings.state_file
    try:
        return _parsed(path.read_bytes()), None
    except FileNotFoundError:
        return None, None
    except OSError as error:
        reason = reason_of(error)
    except (ValueError, TypeError, KeyError, RecursionError):
        reason = "it is cut off or was changed by hand"
    return None, (
        f"{path} is damaged ({reason}), so the current build cannot be published. "
        "The next `python -m pipeline run` writes it again."
    )


def clear_build(settings: Settings, run_id: str = "0") -> None:
    """Clear the state, as before a build."""
    if settings.state_file.is_dir() and not settings.state_file.is_symlink():
        set_aside(settings.state_file, run_id)
    settings.state_file.unlink(missing_ok=True)


def record_rewrite(settings: Settings, state: BuildState) -> BuildState:
    """Record that the build file was rewritten and is still the build of `state`."""
    state = replace(state, fingerprint=fingerprint(settings.build_file))
    _write(settings, state)
    return state


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
    """Size and time of the build file and of its write-ahead log."""
    return " ".join(
        f"{path.stat().st_size}:{path.stat().st_mtime_ns}" if path.exists() else "absent"
        for path in (build_file, build_file.with_name(f"{build_file.name}.wal"))
    )


def _write(settings: Settings, state: BuildState) -> None:
    write_whole(settings.state_file, json.dumps(asdict(state), indent=2))


def _parsed(content: bytes) -> BuildState:
    """The state in a file. Raises ValueError, TypeError or KeyError for an invalid one."""
    found = json.loads(content.decode("utf-8"))
    if not isinstance(found, dict):
        raise TypeError("not a JSON object")
    columns = tuple(PersonalColumn(**column) for column in found.pop("personal_columns"))
    # An earlier version wrote none.
    described = found.pop("descriptions", {})
    if not isinstance(described, dict):
        raise TypeError("not a JSON object")
    state = BuildState(**found, personal_columns=columns, descriptions=described)
    names = (name for column in columns for name in astuple(column))
    words = (state.build_id, state.built_at, state.raw_source, state.fingerprint, *names)
    words += (*state.descriptions, *state.descriptions.values())
    if not all(isinstance(word, str) for word in words) or type(state.is_validated) is not bool:
        raise TypeError("a value of another type")
    return state
