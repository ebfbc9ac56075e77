"""What a command prints: a row, a report or a failure, as lines or as one JSON document."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, NoReturn, Protocol

import click

from pipeline.console import Reporter
from pipeline.outcomes import PipelineError, PublishFailed, plain_message
from pipeline.runs import RunRow

as_json = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document on stdout, progress on stderr."
)


class Report(Protocol):
    """A result that a command prints."""

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for `--json`."""

    def lines(self) -> Iterator[str]:
        """The result as lines of text."""


def print_result(as_json: bool, work: Callable[[Reporter], RunRow]) -> None:
    """Run a command that ends with a row in the log of runs, and print the row."""
    reporter = Reporter(sys.stderr if as_json else sys.stdout)
    try:
        row = work(reporter)
    except (PipelineError, OSError) as error:
        fail(error, reporter, as_json)
    if as_json:
        click.echo(json.dumps(asdict(row)))
    else:
        reporter.say(f"{row.outcome} {row.run_id}" + (f": {row.message}" if row.message else ""))


def print_report(as_json: bool, find: Callable[[Reporter], Report]) -> None:
    """Run a command that finds something, and print it as lines or as JSON."""
    reporter = Reporter(sys.stderr)
    try:
        found = find(reporter)
    except (PipelineError, OSError) as error:
        fail(error, reporter, as_json)
    if as_json:
        click.echo(json.dumps(found.as_dict(), default=str))
    else:
        for line in found.lines():
            click.echo(line)


def fail(error: PipelineError | OSError, reporter: Reporter, as_json: bool) -> NoReturn:
    """Print the reason of an early end, and exit with its code."""
    if isinstance(error, OSError):
        error = PublishFailed(plain_message(error))
    reporter.fail(f"{error.exit_code.word}: {error}")
    if as_json:
        result = {"outcome": error.exit_code.word, "exit_code": int(error.exit_code)}
        click.echo(json.dumps(result | {"message": str(error)} | error.details, default=str))
    sys.exit(error.exit_code)
