"""After each of a row of random changes, an incremental build equals a full refresh in every mart.

`make test-long` makes more changes (`CS_TEST_CHANGES`). A failure prints the seed, and
`CS_TEST_SEED` repeats its row of changes.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import duckdb
from comparison import tables_read
from conftest import PROJECT, Build, dbt
from daily_company import ACCOUNTS, EVENTS, ROLLED_UP, RUN_DATE, USAGE, Company, reader, unlike
from project_copy import DOUBLE_LOGINS, REQUIRE_USERS, Edit, ProjectCopy

from benchmarks.builds import WITHOUT_TESTS
from benchmarks.compiled import Compiled

CHANGES = int(os.environ.get("CS_TEST_CHANGES", "4"))
SEED = int(os.environ.get("CS_TEST_SEED") or random.randrange(1_000_000))
# Three years of daily counts, half a year of daily counts, and single events.
OURS = ("acc_00022", "acc_00406", "acc_00380")
LEAVES = "delete from raw where account_id = 'acc_00406'"
FIRST_DAY, LAST_DAY = date(2026, 5, 20), date(2026, 7, 14)
WEIGHTS = "health_weights.csv"
ROLL_UP = "model.customer_success_warehouse.base_product__usage_rolled_up"
MAY_VANISH = (EVENTS, USAGE, "support_tickets.csv", "feedback_survey_responses.csv")
DAY = {USAGE: "usage_on", EVENTS: "try_cast(occurred_at as date)"}
LATER = {
    USAGE: "loaded_at + interval 9 day",
    EVENTS: "cast(try_cast(loaded_at as timestamp) + interval 9 day as varchar)",
}
MORE = {USAGE: ("event_count", "event_count + 3"), EVENTS: ("event_name", "'login'")}
KEY = {USAGE: "user_id", EVENTS: "event_id"}
# Rows of a period; what is put in place of the names follows from the file.
ROWS = {
    "added": "insert into raw select * replace ({key} || '_2' as {key}) from raw where {period}",
    "repeated": "insert into raw from raw where {period}",
    "corrected": "insert into raw select * replace ({more} as {column}, {later} as loaded_at)"
    " from raw where {period}",
    "loaded again": "update raw set {column} = {more}, loaded_at = {later} where {period}",
}
EDITS = {
    "a model's SQL": (
        DOUBLE_LOGINS,
        Edit(
            "models/intermediate/usage/rollups/int_usage_feature_months.sql",
            r"rolled_up\.feature_events as events",
            "rolled_up.feature_events + 1 as events",
        ),
    ),
    "a macro": (
        Edit("macros/dialect/day_bit.sql", r"extract\(day from {{ day }}\) - 1 as", "28 as"),
    ),
    "a column of the contract": (REQUIRE_USERS,),
}


@dataclass
class Story:
    """A company, its policy and the project, as they are after the changes made so far."""

    company: Company
    code: ProjectCopy
    policy: Path
    dice: random.Random
    day: date = FIRST_DAY
    rows: dict[str, list[str]] = field(default_factory=dict)
    late: list[str] = field(default_factory=list)
    missing: str | None = None
    edited: set[Edit] = field(default_factory=set)

    def extract(self) -> Path:
        """The extracts of the day."""
        rows = {name: changes for name, changes in self.rows.items() if name != self.missing}
        raw = self.company.extract(self.day, rows)
        if self.missing:
            (raw / self.missing).unlink()
        return raw

    def days_pass(self) -> None:
        """None, some, or more than the look-back."""
        self.day = min(self.day + timedelta(days=self.dice.choice((0, 1, 2, 9))), LAST_DAY)

    def change_rows(self, how: str) -> str:
        """Rows of a period of either table of usage."""
        name = self.dice.choice([name for name in DAY if name != self.missing])
        (column, more), period = MORE[name], self._period(name)
        statement = ROWS[how].format(
            period=period, column=column, more=more, later=LATER[name], key=KEY[name]
        )
        self.rows.setdefault(name, []).append(statement)
        return f"{name} {how}: {period}"

    def hold_or_bring(self, _: str) -> str:
        """Rows that come late: removed at one time, and there again at another."""
        if self.late and self.missing != USAGE:
            statement = self.late.pop()
            self.rows[USAGE].remove(statement)
            return f"late rows come: {statement}"
        return self.hold()

    def hold(self) -> str:
        """Remove rows of a period, to come late."""
        name = EVENTS if self.missing == USAGE else USAGE
        statement = f"delete from raw where {self._period(name)}"
        self.rows.setdefault(name, []).append(statement)
        if name == USAGE:
            self.late.append(statement)
        return f"{name}: {statement}"

    def correct_in_place(self, _: str) -> str:
        """Rows of the current month, which the look-back reaches, without another load."""
        name = EVENTS if self.missing == USAGE else USAGE
        column, more = MORE[name]
        period = f"{DAY[name]} between '{self.day.replace(day=1)}' and '{self.day}'"
        if not duckdb.sql(f"from {reader(self.company.raw / name)} where {period}").fetchall():
            return self.change_rows("corrected")
        self.rows.setdefault(name, []).append(f"update raw set {column} = {more} where {period}")
        return f"{name} corrected in place: {period}"

    def move_account(self, _: str) -> str:
        """An account leaves the CRM, or returns."""
        if LEAVES in self.rows.setdefault(ACCOUNTS, []):
            self.rows[ACCOUNTS].remove(LEAVES)
            return "an account returns"
        self.rows[ACCOUNTS].append(LEAVES)
        return "an account leaves"

    def move_table(self, _: str) -> str:
        """A table vanishes, or comes back."""
        if self.missing:
            name, self.missing = self.missing, None
            return f"{name} comes back"
        self.missing = self.dice.choice(MAY_VANISH)
        return f"{self.missing} vanishes"

    def change_policy(self, _: str) -> str:
        """Use weighs what support did, and support what use did; or as before."""
        file = self.policy / WEIGHTS
        if file.exists():
            file.unlink()
            return "the project's policy"
        swapped = {"product_usage": "support", "support": "product_usage"}
        ours = (PROJECT / "seeds" / "policy" / WEIGHTS).read_text(encoding="utf-8")
        text = re.sub("(?<=,)(product_usage|support)(?=,)", lambda it: swapped[it.group()], ours)
        file.write_text(text, encoding="utf-8")
        return "other weights"

    def edit_code(self, kind: str) -> str:
        """Change a file of the project, or restore it."""
        edit = self.dice.choice(EDITS[kind])
        if edit in self.edited:
            self.edited.remove(edit)
            self.code.restore(edit.file)
            return f"{edit.file} restored"
        self.edited.add(edit)
        self.code.change(edit)
        return f"{edit.file} changed"

    def _period(self, name: str) -> str:
        """Some days in a row. The first has rows."""
        days = duckdb.sql(
            f"select distinct {DAY[name]} from {reader(self.company.raw / name)}"
            f" where {DAY[name]} is not null order by 1"
        ).fetchall()
        first = self.dice.choice(days)[0]
        last = first + timedelta(days=self.dice.choice((0, 6, 40)))
        return f"{DAY[name]} between '{first}' and '{min(last, self.day)}'"

    def build(self, home: Path) -> Build:
        """Build all models as a nightly run does, without tests."""
        return self._dbt("build", home, *WITHOUT_TESTS)

    def refresh(self, built: Build, home: Path) -> None:
        """Rebuild every model from the extracts in a copy of a build, as a full refresh does."""
        shutil.copy(built.home / "build.duckdb", home / "build.duckdb")
        whole = self._dbt(
            "compile", home, "--full-refresh", "--select", "base_product__usage_rolled_up"
        )
        ours, theirs = (build.manifest["nodes"][ROLL_UP] for build in (built, whole))
        nodes = built.manifest["nodes"].values()
        models = [node["name"] for node in nodes if node["resource_type"] == "model"]
        compiled = Compiled(built.target / "manifest.json", models)
        with duckdb.connect(str(home / "build.duckdb")) as connection:
            connection.execute("set TimeZone = 'UTC'")
            compiled.run(connection, {ours["compiled_code"]: theirs["compiled_code"]})

    def _dbt(self, command: str, home: Path, *options: str) -> Build:
        done = dbt(
            *(command, home, *RUN_DATE, *self.code.options, *options),
            CS_RAW_PATH=str(self.company.raw),
            CS_POLICY_PATH=str(self.policy),
        )
        assert done.returncode == 0, done.output[-4000:]
        return done


Change = Callable[[Story, str], str]
OF_ROWS: dict[str, Change] = dict.fromkeys(ROWS, Story.change_rows) | {
    "late or removed": Story.hold_or_bring,
    "in place": Story.correct_in_place,
}
OF_ALL_ELSE: dict[str, Change] = dict.fromkeys(EDITS, Story.edit_code) | {
    "an account": Story.move_account,
    "a table": Story.move_table,
    "a policy value": Story.change_policy,
}


def shuffled(dice: random.Random, changes: dict[str, Change]) -> Iterator[tuple[str, Change]]:
    """Every change once in random order, then again."""
    while True:
        yield from dice.sample(sorted(changes.items(), key=lambda item: item[0]), len(changes))


def test_after_random_changes_a_build_equals_a_full_refresh(tmp_path: Path):
    dice = random.Random(SEED)
    daily, refreshed, policy = (tmp_path / name for name in ("daily", "refreshed", "policy"))
    for folder in (refreshed, policy):
        folder.mkdir()
    company = Company(tmp_path / "company", OURS)
    story = Story(company, ProjectCopy(tmp_path / "project"), policy, dice)
    kinds = [shuffled(dice, OF_ROWS), shuffled(dice, OF_ALL_ELSE)]
    print(f"CS_TEST_SEED={SEED}")
    story.extract()
    print(story.hold())
    story.extract()
    story.build(daily)
    for number in range(CHANGES):
        kind, change = next(kinds[number % 2])
        print(f"{story.day}: {change(story, kind)}")
        story.days_pass()
        story.extract()
        built = story.build(daily)
        story.refresh(built, refreshed)
        assert unlike(daily, refreshed, [*ROLLED_UP, *tables_read(built.manifest)]) == []
