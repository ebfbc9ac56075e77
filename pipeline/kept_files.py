"""The files that runs write for themselves: which to back up, and which are damaged."""

from pipeline import erased, forecast_log, runs, state
from pipeline.personal_data import key_flaw
from pipeline.settings import Settings


def backups(settings: Settings) -> dict[str, str]:
    """The files to back up, each with what losing it costs."""
    return {
        str(settings.key_file): "lost, all pseudonyms change, for good",
        str(settings.erased_file): "lost, erased people come back with the next extract",
        str(settings.forecast_log(is_demo=False)): (
            "lost, forecasts published before are never compared with what came"
        ),
        str(settings.runs_file): "lost, failed runs are unknown; the snapshots hold published ones",
        str(settings.state_file): "lost, the standing build cannot be published: run again",
    }


def flaws(settings: Settings) -> list[str]:
    """Every one of these files that cannot be used whole, in words, with the way out."""
    logs = [settings.forecast_log(is_demo) for is_demo in (False, True)]
    in_logs = [forecast_log.examine(path).flaw(path) for path in logs]
    found = [
        runs.examine_log(settings.runs_file)[1],
        state.examine_state(settings)[1],
        key_flaw(settings),
        erased.flaw(settings),
        *(f"{flaw}. The next run moves it aside and goes on." for flaw in in_logs if flaw),
    ]
    return [flaw for flaw in found if flaw]
