"""The policy files that calibrate proposes: the weights in use, and the scheme `calibrated`."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.engine import attach, workbench
from pipeline.files import reason_of, write_whole
from pipeline.outcomes import Refused
from pipeline.settings import Settings

SCHEME = "calibrated"
COMPONENT = "all"
FILES = {
    "health_weights": ("scheme", "touch_tier", "component", "weight"),
    "health_metric_weights": ("scheme", "component", "metric", "weight"),
}
# Reasons are in the project's files alone, and hold while the row is the project's.
_ROWS = """
    select {columns}, coalesce(project.reason, 'As in the policy of the build') as reason
    from build.policy.policy_{file} as built
    left join build.policy_defaults.{file} as project on {same}
    where built.scheme <> ? order by all
"""


def write_proposal(
    settings: Settings, folder: Path, points: Mapping[str, int], reason: str
) -> tuple[Path, ...]:
    """Write both files into `folder`. `points` has the points above 0 by metric.

    Raises Refused where the folder cannot be written or holds files of somebody else.
    """
    own_rows = {
        "health_weights": [(SCHEME, "", COMPONENT, "1", reason)],
        "health_metric_weights": [
            (SCHEME, COMPONENT, metric, str(weight), reason) for metric, weight in points.items()
        ],
    }
    other_rows = _rows_in_use(settings)
    paths = []
    try:
        check_folder(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for file, columns in FILES.items():
            paths.append(folder / f"{file}.csv")
            rows = [(*columns, "reason"), *other_rows[file], *own_rows[file]]
            write_whole(paths[-1], _as_csv(rows))
    except OSError as error:
        raise Refused(
            f"{folder} cannot be written ({reason_of(error)}). "
            "Name another folder with --into, or let this user write there."
        ) from error
    return tuple(paths)


def check_folder(folder: Path) -> None:
    """Raise Refused unless the folder is new, empty, or holds an earlier proposal and no more."""
    files = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    others = [name for name in files if name not in {f"{file}.csv" for file in FILES}]
    policies = [name for name in files if name not in others and not _is_proposal(folder / name)]
    if others or policies:
        raise Refused(
            f"{folder} holds {', '.join((others or policies)[:3])}, which is no proposal. "
            "Name a folder of its own with --into."
        )


def _is_proposal(path: Path) -> bool:
    return f"\n{SCHEME}," in path.read_text(encoding="utf-8", errors="replace")


def _rows_in_use(settings: Settings) -> dict[str, list[tuple[object, ...]]]:
    """The rows of both files that the build went by, without an earlier calibrated scheme."""
    found = {}
    with workbench(settings) as connection:
        attach(connection, settings.build_file, "build")
        for file, columns in FILES.items():
            query = _ROWS.format(
                file=file,
                columns=", ".join(f"built.{column}" for column in columns),
                same=" and ".join(_same(column) for column in columns),
            )
            found[file] = connection.execute(query, [SCHEME]).fetchall()
    return found


def _same(column: str) -> str:
    typed = "double" if column == "weight" else "varchar"
    return f"built.{column} is not distinct from try_cast(project.{column} as {typed})"


def _as_csv(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()
