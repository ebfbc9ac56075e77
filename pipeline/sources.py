"""What loaders left of the named systems: the report of the check before a build, and ages."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from pipeline.build import BuildOptions, Event, follow_dbt
from pipeline.console import Reporter
from pipeline.freshness import age_in_words
from pipeline.lock import held
from pipeline.modes import make_private
from pipeline.outcomes import BadInput
from pipeline.settings import Settings

# The mark of the line in which macros/connectors/check_sources.sql logs its report.
MARK = "SOURCES "
NO_SOURCES = (
    "No source is named. Name the schema or the folder of each system, as in "
    "--sources stripe=raw_stripe,zendesk=/data/zendesk. See docs/connectors/README.md."
)


@dataclass(frozen=True)
class Object:
    """An object of a system. `table` is where its loader left it, None where it is absent.

    `words` name the table, or what is absent and what that costs. Times are ISO 8601 in UTC, None
    where the loader does not say.
    """

    object: str
    table: str | None
    is_required: bool
    words: str
    rows: int = 0
    newest_loaded_at: str | None = None


@dataclass(frozen=True)
class System:
    """A system that is read, with all its objects. `place` is a schema or a folder."""

    system: str
    place: str
    objects: tuple[Object, ...]

    @property
    def newest_loaded_at(self) -> str | None:
        """When the loader brought its newest row, ISO 8601 in UTC. None if it does not say."""
        return max((o.newest_loaded_at for o in self.objects if o.newest_loaded_at), default=None)

    def lines(self, now: datetime) -> Iterator[str]:
        """The system as lines of text."""
        found = [each for each in self.objects if each.table is not None]
        if not found:
            yield (
                f"{self.system:12} {self.place}: none of its {len(self.objects)} objects is there. "
                "Is the schema or the folder right?"
            )
            return
        rows = sum(each.rows for each in found)
        yield (
            f"{self.system:12} {self.place}: {len(found)} of {len(self.objects)} objects, "
            f"{rows:,} rows, {age_in_words(self.newest_loaded_at, now)}"
        )
        for each in found:
            yield f"  found      {each.words}: {each.rows:,} rows"
        for each in self.objects:
            if each.table is None:
                yield f"  {'missing' if each.is_required else 'absent':10} {each.words}"


@dataclass(frozen=True)
class Sources:
    """All systems that are read, what a build warns of, and what stops it, in words."""

    systems: tuple[System, ...] = ()
    warnings: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for `--json`."""
        systems = [
            asdict(each) | {"newest_loaded_at": each.newest_loaded_at} for each in self.systems
        ]
        message = {} if self.systems else {"message": NO_SOURCES}
        return {"systems": systems, "warnings": self.warnings, "missing": self.missing} | message

    def lines(self) -> Iterator[str]:
        """The report as lines of text."""
        now = datetime.now(UTC).replace(tzinfo=None)
        for system in self.systems:
            yield from system.lines(now)
        absent = {each.words for system in self.systems for each in system.objects}
        for words in self.warnings:
            if words not in absent:
                yield f"warning      {words}"
        if not self.systems:
            yield NO_SOURCES


def read_sources(settings: Settings, options: BuildOptions, reporter: Reporter) -> Sources:
    """Look at the named systems without a build.

    Raises BadInput with all that a build would miss. Its details are the report.
    """
    if not options.named_sources:
        return Sources()
    found: list[Sources] = []

    def follow(event: Event) -> None:
        if event.message.startswith(MARK):
            found.append(_parsed(json.loads(event.message.removeprefix(MARK))))

    # The schemas of loaders may be in the build file, which one process opens at a time.
    with held(settings.lock_file, "pipeline sources"):
        make_private(settings.build_file)
        try:
            follow_dbt(settings, options, ["run-operation", "report_sources"], follow)
        except BadInput as error:
            report = found[0] if found else Sources()
            for line in report.lines() if found else ():
                reporter.say(line)
            raise BadInput(str(error), **(error.details | report.as_dict())) from None
    return found[0]


def _parsed(report: Mapping[str, Any]) -> Sources:
    systems = tuple(
        System(each["system"], each["place"], _objects(each["objects"]))
        for each in report["systems"]
    )
    return Sources(systems, tuple(report["warnings"]), tuple(report["missing"]))


def _objects(entries: Sequence[Mapping[str, Any]]) -> tuple[Object, ...]:
    objects = (Object(**entry) for entry in entries)
    return tuple(replace(each, newest_loaded_at=_iso(each.newest_loaded_at)) for each in objects)


def _iso(moment: str | None) -> str | None:
    return datetime.fromisoformat(moment).isoformat(timespec="seconds") if moment else None
