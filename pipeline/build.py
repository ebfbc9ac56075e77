"""dbt as a child process: the progress of a build, its messages and the cause of a failure."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

import yaml

from pipeline.console import Reporter, Stage
from pipeline.outcomes import BadInput, BuildFailed, PipelineError
from pipeline.rewrite import without_connectors
from pipeline.settings import Settings
from pipeline.source_names import named_sources

DEMO = "demo"
# What the checks before a build say about the raw data.
INPUT_PREFIXES = ("Raw contract:", "Sources:")
# Messages of our own checks, around which dbt writes lines about its macros.
OWN_PREFIXES = (*INPUT_PREFIXES, "Vars:")
LIMIT_TESTS = (".assert_rejected_rows_within_limit", ".assert_unused_values_within_limit")
READING_FAILED = (
    "IO Error",
    "Invalid Input Error",
    "Invalid Error",
    "Conversion Error",
    "CSV Error",
)
REASONS_SHOWN = 20
FAILURES = {
    "RunResultError",
    "MainEncounteredError",
    "RunningOperationCaughtError",
    "RunningOperationUncaughtError",
}
FORWARDED = {"PrintEvent", "JinjaLogInfo", "JinjaLogWarning", "RunResultWarningMessage"}


@dataclass(frozen=True)
class BuildOptions:
    """The options of `run` for dbt: vars as in `dbt --vars`, the folders of input and the sources.

    An empty path means the demo's raw data or the project's own policy. `sources` are systems with
    their places, as in `stripe=raw_stripe,zendesk=/data/zendesk`. With sources there is no demo.
    """

    dbt_vars: Mapping[str, Any]
    raw_path: str = ""
    policy_path: str = ""
    full_refresh: bool = False
    sources: str = ""

    @property
    def named_sources(self) -> dict[str, str]:
        """The place of each named system. The var wins over the option, as in macros/connectors."""
        return named_sources(self.dbt_vars.get("sources") or self.sources)

    @property
    def raw_source(self) -> str:
        """A phrase for the source of the raw data. A var wins over a path, as in macros/raw."""
        return " and ".join([*self._own_tables(), *self._systems()]) or DEMO

    @property
    def places(self) -> tuple[str, ...]:
        """The folders of the raw data."""
        path = str(self.dbt_vars.get("raw_path", self.raw_path))
        folders = [place for place in self.named_sources.values() if "/" in place]
        return tuple(place for place in [path, *folders] if place)

    def _own_tables(self) -> Iterator[str]:
        if path := self.dbt_vars.get("raw_path", self.raw_path):
            yield f"files in {path}"
        elif schema := self.dbt_vars.get("raw_schema"):
            database = self.dbt_vars.get("raw_database")
            yield f"tables in {database}.{schema}" if database else f"tables in {schema}"

    def _systems(self) -> Iterator[str]:
        if named := self.named_sources:
            yield ", ".join(f"{system} in {place}" for system, place in named.items())


@dataclass(frozen=True)
class Event:
    """One line of dbt's structured log. `node` is the unique_id of its node, if any."""

    name: str
    level: str
    message: str
    node: str
    data: Mapping[str, Any]

    @property
    def is_failure(self) -> bool:
        """Whether the line gives the reason of a failure, not only its fact."""
        return self.level == "error" and self.name in FAILURES


def build(settings: Settings, options: BuildOptions, reporter: Reporter) -> None:
    """Run `dbt build` into the build file.

    Raises BadInput when the raw data are at fault, BuildFailed for every other failure.
    """
    full_refresh = ("--full-refresh",) if options.full_refresh else ()
    try:
        with reporter.stage("build") as stage:
            follow_dbt(
                settings,
                options,
                ["build", *full_refresh],
                lambda event: _follow(event, stage, reporter),
            )
    finally:
        without_connectors(settings)


def follow_dbt(
    settings: Settings,
    options: BuildOptions,
    command: Sequence[str],
    follow: Callable[[Event], None],
) -> None:
    """Run a command of dbt on the build file, and hand over each line of its log.

    Raises BadInput when the raw data are at fault, BuildFailed for every other failure.
    """
    settings.warehouse.mkdir(parents=True, exist_ok=True)
    failures: list[Event] = []
    with tempfile.TemporaryFile("w+", encoding="utf-8") as stray:
        child = _start(settings, options, command, stray)
        # Leaving the block closes the child's standard input, which ends it if we were interrupted.
        with child:
            for event in _events(child.stdout, stray):  # type: ignore[arg-type]
                follow(event)
                if event.is_failure:
                    failures.append(event)
            code = child.wait()
        if code != 0:
            stray.seek(0)
            raise explain(failures, code, stray.read(), options)


def explain(
    failures: Sequence[Event], code: int, stray: str, options: BuildOptions
) -> PipelineError:
    """The error of a failed build: BadInput for the raw data, BuildFailed for anything else.

    `stray` holds the lines that dbt printed outside its log.
    """
    if not failures:
        ended = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        return BuildFailed(f"dbt {ended} and gave no reason.\n{stray[-2000:]}".rstrip())
    reasons = [_message(event) for event in failures]
    shown = reasons[:REASONS_SHOWN]
    if len(reasons) > len(shown):
        shown.append(f"... and {len(reasons) - len(shown)} more")
    text = "\n".join(shown)
    if any(_blames_input(event, options.places) for event in failures):
        return BadInput(f"dbt cannot build from these raw data.\n{text}", failures=reasons)
    return BuildFailed(f"dbt build failed.\n{text}", failures=reasons)


def parse_vars(text: str) -> dict[str, Any]:
    """The mapping that `--vars` gives as YAML. Raises ValueError for any other text."""
    try:
        found = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise ValueError(f"not YAML: {text}") from error
    if not isinstance(found, dict):
        raise ValueError(f"not a mapping: {text}")
    return found


def _start(
    settings: Settings, options: BuildOptions, arguments: Sequence[str], stray: IO[str]
) -> subprocess.Popen[str]:
    command = [
        *(sys.executable, "-m", "pipeline.dbt_child", *arguments, "--target", "dev"),
        *("--project-dir", str(settings.project_dir), "--profiles-dir", str(settings.project_dir)),
        *("--target-path", str(settings.target_dir), "--log-format", "json"),
        *("--log-level", "info", "--log-level-file", "none", "--no-use-colors"),
        *("--no-send-anonymous-usage-stats", "--no-version-check"),
        # Only the given vars: when vars change, dbt parses the whole project again.
        *(("--vars", json.dumps(dict(options.dbt_vars), default=str)) if options.dbt_vars else ()),
    ]
    # Unit tests try the SQL on made-up rows: `make test` runs them, not every run.
    defaults = {"DBT_EXCLUDE_RESOURCE_TYPES": "unit_test"}
    paths = {
        "CS_WAREHOUSE_DIR": str(settings.warehouse),
        "CS_RAW_PATH": options.raw_path,
        "CS_POLICY_PATH": options.policy_path,
        "CS_SOURCES": options.sources,
    }
    return subprocess.Popen(
        command,
        cwd=settings.project_dir,
        env=defaults | dict(os.environ) | paths,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stray,
        encoding="utf-8",
    )


def _events(lines: IO[str], stray: IO[str]) -> Iterator[Event]:
    for line in lines:
        try:
            entry = json.loads(line)
            info, data = entry["info"], entry["data"]
        except (ValueError, KeyError, TypeError):
            stray.write(line)
            continue
        node = data.get("node_info", {}).get("unique_id", "")
        yield Event(info["name"], info["level"], info["msg"].rstrip(), node, data)


def _follow(event: Event, stage: Stage, reporter: Reporter) -> None:
    if event.name == "LogStartLine":
        doing = event.node.split(".")[-1]
        stage.advance(event.data["index"], event.data["total"], doing)
    elif event.name in FORWARDED and event.message:
        if event.level == "warn":
            name = event.node.split(".")[2] if event.node else ""
            reporter.warn(f"{name}: {event.message}" if name else event.message)
        else:
            reporter.say(event.message)


def _message(event: Event) -> str:
    """dbt's message, without the lines that dbt adds around a message of our own checks."""
    message = event.message.strip().removeprefix("Encountered an error:\n")
    for prefix in OWN_PREFIXES:
        if prefix in message:
            message = message[message.index(prefix) :].split("> in macro")[0].rstrip()
            return "\n".join(line.removeprefix("  ") for line in message.splitlines())
    kind, _, name = event.node.partition(".")
    return f"{kind} {name.split('.')[1]}: {message}" if name else message


def _blames_input(event: Event, places: Sequence[str]) -> bool:
    message = event.message.strip()
    is_unreadable = any(place in message for place in places) and any(
        error in message for error in READING_FAILED
    )
    # A test that finds rows reports "Got 3 results". A test that cannot run reports an error.
    is_limit = any(name in event.node for name in LIMIT_TESTS)
    is_rejected = is_limit and message.startswith("Got ")
    is_checked = any(prefix in message for prefix in INPUT_PREFIXES)
    return is_checked or is_unreadable or is_rejected
