"""The messages of a run: a live line on a terminal, lines with their time in a log."""

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
    """One step of a run, for the code that does the step."""

    progress: Progress | None
    task: int

    def advance(self, done: int, total: int, doing: str) -> None:
        """Show the progress of the step, on a terminal only."""
        if self.progress is not None:
            self.progress.update(self.task, doing=f"{done} of {total}: {doing}")


class Reporter:
    """Prints messages for a person on one stream."""

    def __init__(self, stream: TextIO) -> None:
        """Show live progress if `stream` is a terminal, else plain lines."""
        self._console = Console(file=stream, soft_wrap=True, highlight=False, markup=False)
        self._live = self._console.is_terminal

    def say(self, text: str) -> None:
        """Print information."""
        self._print(text, style=None)

    def warn(self, text: str) -> None:
        """Print a warning. The run goes on."""
        self._print(f"warning: {text}", style="yellow")

    def fail(self, text: str) -> None:
        """Print the reason why the run ends."""
        self._print(text, style="red")

    @contextmanager
    def stage(self, name: str) -> Iterator[Stage]:
        """Run a step, and print its duration unless it raises."""
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
