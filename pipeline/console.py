"""What a run says while it works: a live line on a terminal, dated plain lines in a log."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TextIO

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn


@dataclass(frozen=True)
class Stage:
    """One step of a run, as seen by the code that does it."""

    progress: Progress | None
    task: int

    def advance(self, done: int, total: int, doing: str) -> None:
        """Say how far the step is; only a terminal shows it."""
        if self.progress is not None:
            self.progress.update(self.task, doing=f"{done} of {total}: {doing}")


class Reporter:
    """Speaks to the person who watches, on one stream."""

    def __init__(self, stream: TextIO) -> None:
        """Show progress on `stream` when it is a terminal, plain lines when not."""
        self._console = Console(file=stream, soft_wrap=True, highlight=False, markup=False)
        self._live = self._console.is_terminal

    def say(self, text: str) -> None:
        """A line of plain news."""
        self._print(text, style=None)

    def warn(self, text: str) -> None:
        """Something that a person should look at, though the run goes on."""
        self._print(f"warning: {text}", style="yellow")

    def fail(self, text: str) -> None:
        """Why the run ends here."""
        self._print(text, style="red")

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """A step of the run; its time is told when it ends, unless it raises."""
        began = time.monotonic()
        if self._live:
            columns = (
                SpinnerColumn(),
                TextColumn("{task.description}"),
                TimeElapsedColumn(),
                TextColumn("{task.fields[doing]}"),
            )
            with Progress(*columns, console=self._console, transient=True) as progress:
                yield Stage(progress, progress.add_task(name, total=None, doing=""))
        else:
            self.say(f"{name} ...")
            yield Stage(None, 0)
        self.say(f"{name}: {time.monotonic() - began:.1f} s")

    def _print(self, text: str, style: str | None) -> None:
        if not self._live:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            text = "\n".join(f"{now} {line}" for line in text.splitlines())
        self._console.print(text, style=style)
