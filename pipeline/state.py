"""What is known of the standing build: whether it is whole and validated, and what it read."""

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
    """The last whole build. It is forgotten before the next one begins.

    `fingerprint` is size and time of the build's files; any write to them since makes it another.
    """

    build_id: str
    built_at: str
    raw_source: str
    fingerprint: str
    personal_columns: tuple[PersonalColumn, ...]
    descriptions: Mapping[str, str] = field(default_factory=dict)
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
        descriptions=descriptions.of_models(manifest),
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
    state, _ = examine_state(settings)
    return state if state and state.stands(settings) else None


def examine_state(settings: Settings) -> tuple[BuildState | None, str | None]:
    """What the file says of the last whole build, and in words why it cannot be used, if so."""
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
        f"{path} does not say what was built ({reason}): nothing is known of the standing build. "
        "The next `python -m pipeline run` writes it again."
    )


def forget_build(settings: Settings, run_id: str = "0") -> None:
    """Say of the build file that nothing is known of it, as before a build."""
    if settings.state_file.is_dir() and not settings.state_file.is_symlink():
        set_aside(settings.state_file, run_id)
    settings.state_file.unlink(missing_ok=True)


def remember_rewritten(settings: Settings, state: BuildState) -> BuildState:
    """Note that the build file was rewritten, and is still the build of which `state` tells."""
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
    """Size and time of the build file and of its log of unmerged writes."""
    return " ".join(
        f"{path.stat().st_size}:{path.stat().st_mtime_ns}" if path.exists() else "absent"
        for path in (build_file, build_file.with_name(f"{build_file.name}.wal"))
    )


def _write(settings: Settings, state: BuildState) -> None:
    write_whole(settings.state_file, json.dumps(asdict(state), indent=2))


def _parsed(content: bytes) -> BuildState:
    """The state in a file. Raises ValueError, TypeError or KeyError when it is not one."""
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
