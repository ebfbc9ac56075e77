"""What `alerts` has already reported: a file, so that nothing is reported twice."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.files import reason_of, write_whole
from pipeline.settings import Settings

RUNS_KEPT = 1000


@dataclass(frozen=True)
class Reported:
    """The runs whose snapshots were reported, the latest last, and the reported keys of trouble."""

    snapshots: tuple[str, ...] = ()
    troubles: tuple[str, ...] = ()

    def adding(self, snapshot: str | None, troubles: Iterable[str]) -> "Reported":
        """The same with what has just been reported."""
        snapshots = self.snapshots if snapshot is None else (*self.snapshots, snapshot)
        return replace(
            self,
            snapshots=tuple(dict.fromkeys(snapshots))[-RUNS_KEPT:],
            troubles=tuple(dict.fromkeys((*self.troubles, *troubles)))[-RUNS_KEPT:],
        )


def read_reported(settings: Settings) -> tuple[Reported, str | None]:
    """What was reported, and a message about a damaged file, None for a good one or none."""
    path = settings.alerts_file
    try:
        found = json.loads(path.read_bytes().decode("utf-8"))
        lists = [found[name] for name in ("snapshots", "troubles")]
        if not all(
            isinstance(words, list) and all(isinstance(word, str) for word in words)
            for words in lists
        ):
            raise TypeError("a value of another type")
        return Reported(*(tuple(words) for words in lists)), None
    except FileNotFoundError:
        return Reported(), None
    except OSError as error:
        reason = reason_of(error)
    except (ValueError, TypeError, KeyError, RecursionError):
        reason = "it is cut off or was changed by hand"
    return Reported(), (
        f"{path} is damaged ({reason}), so the alerts of the published snapshot may come twice. "
        "The next `python -m pipeline alerts` writes it again."
    )


def write_reported(settings: Settings, reported: Reported) -> None:
    """Replace the file in one step: a crash leaves the old content or the new."""
    content = {"snapshots": reported.snapshots, "troubles": reported.troubles}
    write_whole(settings.alerts_file, json.dumps(content, indent=2))
