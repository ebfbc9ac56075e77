"""The files that runs write for later runs: which to back up, and which are damaged."""

from pipeline import alert_state, erased, forecast_log, runs, state
from pipeline.personal_data import key_flaw
from pipeline.settings import Settings


def backups(settings: Settings) -> dict[str, str]:
    """The files to back up, each with the cost of its loss."""
    return {
        str(settings.key_file): "without it, all pseudonyms change for good",
        str(settings.erased_file): "without it, erased people come back with the next extract",
        str(settings.forecast_log(is_demo=False)): (
            "without it, earlier forecasts are never compared with actual figures"
        ),
        str(settings.runs_file): "without it, the history of failed runs is gone",
        str(settings.state_file): "without it, only a new run can publish",
    }


def flaws(settings: Settings) -> list[str]:
    """A message with the remedy for every damaged file."""
    logs = [settings.forecast_log(is_demo) for is_demo in (False, True)]
    in_logs = [forecast_log.examine(path).flaw(path) for path in logs]
    found = [
        runs.examine_log(settings.runs_file)[1],
        state.read_state(settings)[1],
        alert_state.read_reported(settings)[1],
        key_flaw(settings),
        erased.flaw(settings),
        *(f"{flaw}. The next run moves it aside and goes on." for flaw in in_logs if flaw),
    ]
    return [flaw for flaw in found if flaw]
