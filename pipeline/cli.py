"""`python -m pipeline`: the command line."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from pipeline import runner
from pipeline.build import BuildOptions, given_vars
from pipeline.console import Reporter
from pipeline.outcomes import ExitCode, PipelineError, PublishFailed, in_words
from pipeline.preview import Preview
from pipeline.preview import preview as compare
from pipeline.runs import RunRow
from pipeline.settings import Settings
from pipeline.status import Status
from pipeline.status import status as look

as_json = click.option(
    "--json", "as_json", is_flag=True, help="One JSON document on stdout, progress on stderr."
)
accept_restatement = click.option(
    "--accept-restatement",
    is_flag=True,
    help="Publish even if complete months change by more than CS_MAX_RESTATEMENT.",
)


def publishing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that steer a publish, given to the command as its `settings`."""

    @click.option(
        "--publish-pii",
        is_flag=True,
        envvar="CS_PUBLISH_PII",
        show_envvar=True,
        help="Publish personal data as they are, not as pseudonyms.",
    )
    @click.option(
        "--keep-snapshots",
        type=click.IntRange(min=1),
        envvar="CS_KEEP_SNAPSHOTS",
        show_envvar=True,
        default=Settings.keep_snapshots,
        show_default=True,
        help="Snapshots to keep, the published one among them.",
    )
    @click.option(
        "--max-restatement",
        type=click.FloatRange(min=0),
        envvar="CS_MAX_RESTATEMENT",
        show_envvar=True,
        default=Settings.max_restatement,
        show_default=True,
        help="Share of a month's MRR by which a publish may change it unasked.",
    )
    @wraps(command)
    def with_settings(
        *, publish_pii: bool, keep_snapshots: int, max_restatement: float, **rest: Any
    ) -> Any:
        settings = Settings.from_environment(
            os.environ,
            publish_pii=publish_pii,
            keep_snapshots=keep_snapshots,
            max_restatement=max_restatement,
        )
        return command(settings=settings, **rest)

    return with_settings


def building(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say what to build, given to the command as its `options`."""

    @click.option("--full-refresh", is_flag=True, help="Rebuild what is otherwise added to.")
    @click.option(
        "--raw-path",
        envvar="CS_RAW_PATH",
        show_envvar=True,
        default="",
        help="Folder of raw files; without it the demo company.",
    )
    @click.option(
        "--policy-path",
        envvar="CS_POLICY_PATH",
        show_envvar=True,
        default="",
        help="Folder of your own policy CSVs.",
    )
    @click.option("--vars", "dbt_vars", default="{}", help="Vars of the dbt project, as YAML.")
    @wraps(command)
    def with_options(
        *, full_refresh: bool, raw_path: str, policy_path: str, dbt_vars: str, **rest: Any
    ) -> Any:
        try:
            options = BuildOptions(given_vars(dbt_vars), raw_path, policy_path, full_refresh)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--vars") from error
        return command(options=options, **rest)

    return with_options


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Build, validate and publish the warehouse.

    Exit codes: 0 done, 1 build failed, 2 bad input, 3 expectations failed, 4 locked, 5 publish
    failed, 64 wrong command line. docs/operations.md says what each asks of you.
    """


@cli.command()
@building
@accept_restatement
@publishing
@as_json
def run(settings: Settings, options: BuildOptions, accept_restatement: bool, as_json: bool) -> None:
    """Build, validate and publish: what a scheduler calls."""
    _tell(
        as_json,
        lambda reporter: runner.run(
            settings, options, accepts_restatement=accept_restatement, reporter=reporter
        ),
    )


@cli.command()
@as_json
def validate(as_json: bool) -> None:
    """Evaluate the expectations on the standing build."""
    settings = Settings.from_environment(os.environ)
    _tell(as_json, lambda reporter: runner.validate_standing(settings, reporter))


@cli.command()
@accept_restatement
@publishing
@as_json
def publish(settings: Settings, accept_restatement: bool, as_json: bool) -> None:
    """Publish the standing build, if it is whole and validated."""
    _tell(
        as_json,
        lambda reporter: runner.publish_standing(
            settings, accepts_restatement=accept_restatement, reporter=reporter
        ),
    )


@cli.command()
@click.option("--to", metavar="RUN", help="A kept snapshot; without it the one published before.")
@as_json
def rollback(to: str | None, as_json: bool) -> None:
    """Let readers see an earlier snapshot again."""
    settings = Settings.from_environment(os.environ)
    _tell(as_json, lambda reporter: runner.rollback(settings, to, reporter))


@cli.command()
@click.option("--contact", metavar="ID", help="The person of this contact id.")
@click.option("--email", metavar="ADDRESS", help="Everybody who has this e-mail address.")
@click.option("--user", metavar="ID", help="The person of this user id.")
@as_json
def erase(contact: str | None, email: str | None, user: str | None, as_json: bool) -> None:
    """Erase a person from the build, the snapshots and the logs, and from later extracts."""
    given = {"contact": contact, "email": email, "user": user}
    named = [(kind, value.strip()) for kind, value in given.items() if value and value.strip()]
    if len(named) != 1:
        raise click.UsageError("Give one of --contact, --email and --user.")
    kind, value = named[0]
    settings = Settings.from_environment(os.environ)
    _tell(as_json, lambda reporter: runner.erase_person(settings, kind, value, reporter))


@cli.command()
@as_json
def status(as_json: bool) -> None:
    """Say what is published, how old it is, from which data, and what was rejected."""
    _show(as_json, lambda _: look(Settings.from_environment(os.environ)))


@cli.command()
@building
@as_json
def preview(options: BuildOptions, as_json: bool) -> None:
    """Say which accounts a changed policy would give another health status. Publishes nothing."""
    settings = Settings.from_environment(os.environ)
    _show(as_json, lambda reporter: compare(settings, options, reporter))


@cli.command()
@click.option("--seed", type=int, required=True, help="The same seed makes the same company.")
@click.option("--accounts", type=click.IntRange(min=1), required=True, help="Active at the end.")
@click.option("--months", type=click.IntRange(min=1), required=True, help="Length of the history.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the raw files.",
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice(["csv", "parquet"]),
    default="csv",
    show_default=True,
)
@click.option(
    "--events",
    type=click.IntRange(min=1),
    help="Usage as about so many single events, in Parquet parts; else as daily counts.",
)
def generate(
    seed: int, accounts: int, months: int, out: Path, file_format: str, events: int | None
) -> None:
    """Make the raw data of a fictional company."""
    if events is not None and file_format != "parquet":
        raise click.UsageError("--events needs --format parquet.")
    from demo_company import generate as make

    made = make(
        seed=seed,
        accounts=accounts,
        months=months,
        out=out,
        file_format=file_format,
        events_rows=events,
    )
    click.echo(f"{sum(made.rows.values()):,} rows in {len(made.files)} tables in {made.out}")


def main() -> NoReturn:
    """Run the command line and exit with the run's code."""
    try:
        cli.main(standalone_mode=False, prog_name="python -m pipeline")
    except click.UsageError as error:
        error.show()
        sys.exit(ExitCode.USAGE)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    sys.exit(0)


def _tell(as_json: bool, work: Callable[[Reporter], RunRow]) -> None:
    reporter = Reporter(sys.stderr if as_json else sys.stdout)
    try:
        row = work(reporter)
    except (PipelineError, OSError) as error:
        _fail(error, reporter, as_json)
    if as_json:
        click.echo(json.dumps(asdict(row)))
    else:
        reporter.say(f"{row.outcome} {row.run_id}" + (f": {row.message}" if row.message else ""))


def _show(as_json: bool, find: Callable[[Reporter], Status | Preview]) -> None:
    reporter = Reporter(sys.stderr)
    try:
        found = find(reporter)
    except (PipelineError, OSError) as error:
        _fail(error, reporter, as_json)
    if as_json:
        click.echo(json.dumps(found.as_dict(), default=str))
    else:
        for line in found.lines():
            click.echo(line)


def _fail(error: PipelineError | OSError, reporter: Reporter, as_json: bool) -> NoReturn:
    if isinstance(error, OSError):
        error = PublishFailed(in_words(error))
    reporter.fail(f"{error.exit_code.word}: {error}")
    if as_json:
        told = {"outcome": error.exit_code.word, "exit_code": int(error.exit_code)}
        click.echo(json.dumps(told | {"message": str(error)} | error.details, default=str))
    sys.exit(error.exit_code)
