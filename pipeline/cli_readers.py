"""The commands for what is downstream of a publish: `alerts` and `export`."""

import os
import sys
from pathlib import Path

import click

from pipeline.alert_post import InvalidWebhook, Webhook
from pipeline.alerts import report_alerts
from pipeline.cli_output import as_json, fail, print_report
from pipeline.console import Reporter
from pipeline.crm_export import STDOUT, SYSTEMS, export_crm
from pipeline.outcomes import PipelineError
from pipeline.settings import Settings

LATE_AFTER_HOURS = 26.0


@click.command()
@click.option(
    "--late-after",
    type=click.FloatRange(min=0, min_open=True),
    envvar="CS_ALERT_LATE_AFTER",
    show_envvar=True,
    default=LATE_AFTER_HOURS,
    show_default=True,
    help="Hours after a publish from which the next one is late.",
)
@click.option("--again", is_flag=True, help="List the alerts of the snapshot again. Posts nothing.")
@as_json
def alerts(late_after: float, again: bool, as_json: bool) -> None:
    """Report accounts that became worse, and runs that failed, are late or have no news.

    Posts the alerts to the webhook in CS_ALERT_WEBHOOK, if it is set. Each is reported once.

    \b
    Example: python -m pipeline alerts --json
    """
    try:
        webhook = Webhook.from_environment(os.environ)
    except InvalidWebhook as error:
        raise click.UsageError(str(error)) from None
    settings = Settings.from_environment(os.environ)
    print_report(
        as_json,
        lambda reporter: report_alerts(
            settings, webhook, reporter, late_after_hours=late_after, again=again
        ),
    )


@click.group()
def export() -> None:
    """Write published tables for another system."""


@export.command()
@click.option(
    "--system", type=click.Choice(list(SYSTEMS)), required=True, help="The CRM that imports."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, allow_dash=True),
    default=STDOUT,
    show_default=True,
    help="File that gets the CSV, or - for stdout.",
)
@click.option("--all", "every_row", is_flag=True, help="Write every account, changed or not.")
@click.option(
    "--id-header",
    metavar="NAME",
    help="Field of the CRM that holds the account id, such as Id or Record ID.",
)
@as_json
def crm(system: str, out: str, every_row: bool, id_header: str | None, as_json: bool) -> None:
    """Write the accounts that the publish changed as a CSV for a CRM's importer.

    \b
    Example: python -m pipeline export crm --system salesforce --out changed.csv
    """
    if as_json and out == STDOUT:
        raise click.UsageError("--json needs --out FILE, because the CSV goes to stdout.")
    settings = Settings.from_environment(os.environ)
    if out != STDOUT:
        target = str(Path(out).absolute())
        print_report(
            as_json,
            lambda _: export_crm(
                settings, system, target, every_row=every_row, id_header=id_header
            ),
        )
        return
    reporter = Reporter(sys.stderr)
    try:
        found = export_crm(settings, system, out, every_row=every_row, id_header=id_header)
    except (PipelineError, OSError) as error:
        fail(error, reporter, as_json)
    click.echo(found.text, nl=False)
    for line in found.lines():
        reporter.say(line)
