"""`python -m pipeline`: the command line."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, NoReturn

import click

from pipeline import runner
from pipeline.build import BuildOptions, parse_vars
from pipeline.cli_output import as_json, print_report, print_result
from pipeline.cli_readers import alerts, export
from pipeline.outcomes import ExitCode
from pipeline.preview import preview as make_preview
from pipeline.settings import Settings, version
from pipeline.sources import read_sources
from pipeline.status import status as read_status

accept_restatement = click.option(
    "--accept-restatement",
    is_flag=True,
    help="Publish even if the MRR of complete months changes by more than CS_MAX_RESTATEMENT.",
)


def publishing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of publishing. The command gets them as `settings`."""

    @click.option(
        "--publish-pii",
        is_flag=True,
        envvar="CS_PUBLISH_PII",
        show_envvar=True,
        help="Publish personal data themselves instead of pseudonyms.",
    )
    @click.option(
        "--keep-snapshots",
        type=click.IntRange(min=1),
        envvar="CS_KEEP_SNAPSHOTS",
        show_envvar=True,
        default=Settings.keep_snapshots,
        show_default=True,
        help="Number of snapshots to keep, the published one included.",
    )
    @click.option(
        "--max-restatement",
        type=click.FloatRange(min=0),
        envvar="CS_MAX_RESTATEMENT",
        show_envvar=True,
        default=Settings.max_restatement,
        show_default=True,
        help="Share of a month's MRR that a publish may change without --accept-restatement.",
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


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for the input of a build. The command gets them as `options`."""

    @click.option(
        "--raw-path",
        envvar="CS_RAW_PATH",
        show_envvar=True,
        default="",
        help="Folder of raw files. Default: the demo company.",
    )
    @click.option(
        "--sources",
        envvar="CS_SOURCES",
        show_envvar=True,
        default="",
        help="Schema or folder of each system, as in stripe=raw_stripe,zendesk=/data/zendesk.",
    )
    @click.option(
        "--policy-path",
        envvar="CS_POLICY_PATH",
        show_envvar=True,
        default="",
        help="Folder of your own policy CSVs.",
    )
    @click.option(
        "--vars",
        "dbt_vars",
        default="{}",
        help="Vars of the dbt project as YAML, for example '{as_of_date: 2026-06-30}'.",
    )
    @wraps(command)
    def with_options(
        *, raw_path: str, sources: str, policy_path: str, dbt_vars: str, **rest: Any
    ) -> Any:
        try:
            options = BuildOptions(parse_vars(dbt_vars), raw_path, policy_path, sources=sources)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--vars") from error
        return command(options=options, **rest)

    return with_options


def building(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a build. The command gets them as `options`."""

    @click.option("--full-refresh", is_flag=True, help="Rebuild incremental tables.")
    @reading
    @wraps(command)
    def with_refresh(*, full_refresh: bool, options: BuildOptions, **rest: Any) -> Any:
        return command(options=replace(options, full_refresh=full_refresh), **rest)

    return with_refresh


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(version(), prog_name="customer-success-warehouse")
def cli() -> None:
    """Build, validate and publish the warehouse.

    Exit codes: 0 done, 1 build failed, 2 bad input, 3 expectations failed, 4 locked, 5 publish
    failed, 6 refused, 7 alerts not posted, 64 wrong command line. docs/operations.md says what to
    do about each.
    """


cli.add_command(alerts)
cli.add_command(export)


@cli.command()
@building
@accept_restatement
@publishing
@as_json
def run(settings: Settings, options: BuildOptions, accept_restatement: bool, as_json: bool) -> None:
    """Build, validate and publish the warehouse.

    \b
    Example: python -m pipeline run --raw-path /data/extracts
    """
    print_result(
        as_json,
        lambda reporter: runner.run(
            settings, options, accepts_restatement=accept_restatement, reporter=reporter
        ),
    )


@cli.command()
@as_json
def validate(as_json: bool) -> None:
    """Evaluate the expectations on the current build.

    \b
    Example: python -m pipeline validate --json
    """
    settings = Settings.from_environment(os.environ)
    print_result(as_json, lambda reporter: runner.validate_current(settings, reporter))


@cli.command()
@accept_restatement
@publishing
@as_json
def publish(settings: Settings, accept_restatement: bool, as_json: bool) -> None:
    """Publish the current build, if it is complete and validated.

    \b
    Example: python -m pipeline publish --accept-restatement
    """
    print_result(
        as_json,
        lambda reporter: runner.publish_current(
            settings, accepts_restatement=accept_restatement, reporter=reporter
        ),
    )


@cli.command()
@click.option(
    "--to", metavar="RUN", help="The run of a stored snapshot. Default: the one published before."
)
@as_json
def rollback(to: str | None, as_json: bool) -> None:
    """Publish an earlier snapshot again.

    \b
    Example: python -m pipeline rollback --to 20260722T031500-123456
    """
    settings = Settings.from_environment(os.environ)
    print_result(as_json, lambda reporter: runner.rollback(settings, to, reporter))


@cli.command()
@click.option("--contact", metavar="ID", help="Erase the person with this contact id.")
@click.option("--email", metavar="ADDRESS", help="Erase everybody with this e-mail address.")
@click.option("--user", metavar="ID", help="Erase the person with this user id.")
@as_json
def erase(contact: str | None, email: str | None, user: str | None, as_json: bool) -> None:
    """Erase a person from all files of the pipeline.

    \b
    Example: python -m pipeline erase --email ada@example.com
    """
    given = {"contact": contact, "email": email, "user": user}
    named = [(kind, value.strip()) for kind, value in given.items() if value and value.strip()]
    if len(named) != 1:
        raise click.UsageError("Give one of --contact, --email and --user.")
    kind, value = named[0]
    settings = Settings.from_environment(os.environ)
    print_result(as_json, lambda reporter: runner.erase_person(settings, kind, value, reporter))


@cli.command()
@as_json
def status(as_json: bool) -> None:
    """Show what is published, rejected rows and damaged files.

    \b
    Example: python -m pipeline status --json
    """
    print_report(as_json, lambda _: read_status(Settings.from_environment(os.environ)))


@cli.command()
@reading
@as_json
def sources(options: BuildOptions, as_json: bool) -> None:
    """Show what loaders left of each named system, how old it is, and what is absent.

    No model runs. A build says the same before its first model.

    \b
    Example: python -m pipeline sources --sources stripe=raw_stripe,zendesk=/data/zendesk
    """
    settings = Settings.from_environment(os.environ)
    print_report(as_json, lambda reporter: read_sources(settings, options, reporter))


@cli.command()
@building
@as_json
def preview(options: BuildOptions, as_json: bool) -> None:
    """List the accounts whose health a new policy would change.

    \b
    Example: python -m pipeline preview --policy-path new_policy
    """
    settings = Settings.from_environment(os.environ)
    print_report(as_json, lambda reporter: make_preview(settings, options, reporter))


@cli.command()
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that gets the proposed policy files. Default: proposal in the warehouse.",
)
@as_json
def calibrate(into: Path | None, as_json: bool) -> None:
    """Propose health weights fitted to the churn of the current build.

    Nothing in use changes: two policy files are written, for you to try.

    \b
    Example: python -m pipeline calibrate --into new_policy
    """
    # Imported here, because it needs a second that no other command should wait for.
    from pipeline.calibrate import calibrate as fit_proposal

    settings = Settings.from_environment(os.environ)
    print_report(as_json, lambda _: fit_proposal(settings, into or settings.proposal))


@cli.command()
@click.option("--seed", type=int, required=True, help="The same seed gives the same company.")
@click.option(
    "--accounts",
    type=click.IntRange(min=1),
    required=True,
    help="Active at the end.",
)
@click.option("--months", type=click.IntRange(min=1), required=True, help="Complete months.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder that gets the raw files.",
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
    help="Write usage as about this number of single events instead of daily counts.",
)
def generate(
    seed: int, accounts: int, months: int, out: Path, file_format: str, events: int | None
) -> None:
    """Write the raw data of a fictional company.

    \b
    Example: python -m pipeline generate --seed 1 --accounts 100 --months 24 --out /tmp/raw
    """
    if events is not None and file_format != "parquet":
        raise click.UsageError("--events needs --format parquet.")
    from demo_company import generate as generate_company

    company = generate_company(
        seed=seed,
        accounts=accounts,
        months=months,
        out=out,
        file_format=file_format,
        events_rows=events,
    )
    rows = sum(company.rows.values())
    click.echo(f"{rows:,} rows in {len(company.files)} tables in {company.out}")


def main() -> NoReturn:
    """Run the command line, and exit with the code of the command."""
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
