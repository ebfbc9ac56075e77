"""Thirty days in a row, none of them tidy and two leaps before, come to what one build makes."""

import re
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from conftest import PROJECT
from daily_company import EVENTS, ROLLED_UP, USAGE, Changes, Company, Warehouse, unlike

ACCOUNTS = ("acc_00170", "acc_00174", "acc_00326", "acc_00384", "acc_00392", "acc_00407")
# Over the end of a quarter, and over that of a year, whose exchange rates hold for all time.
LEAPS = (date(2025, 9, 12), date(2025, 12, 20))
FIRST_DAY, DAYS = date(2026, 6, 3), 30
FOUND_DAY, POLICY_DAY, CORRECTED_DAY, WITHDRAWN_DAY = 12, 15, 20, 26
WEIGHTS = "health_weights.csv"
# Of months that the look-back does not reach.
FOUND = "usage_on between '2026-03-09' and '2026-03-15'"
CORRECTED = "usage_on between '2026-01-01' and '2026-01-20'"
WITHDRAWN = "usage_on between '2025-11-10' and '2025-11-30'"
SAID = {
    FOUND_DAY: ["month by month: 2026-03"],
    CORRECTED_DAY: ["month by month: 2026-01"],
    WITHDRAWN_DAY: ["month by month: 2025-11"],
}


def changes(number: int) -> Changes:
    """What the extracts of a day hold otherwise than the last ones would."""
    day = FIRST_DAY + timedelta(days=number - 1)
    late, twice = day - timedelta(days=day.day % 4), day - timedelta(days=3)
    daily = []
    if day.day % 4 < 2:
        daily.append(f"delete from raw where usage_on = '{late}'")
    else:
        daily.append(f"insert into raw from raw where usage_on between '{twice}' and '{late}'")
    if number < FOUND_DAY:
        daily.append(f"delete from raw where {FOUND}")
    if number >= CORRECTED_DAY:
        daily.append(
            "insert into raw select * replace"
            " (event_count + 3 as event_count, timestamp '2026-06-22 04:00:00' as loaded_at)"
            f" from raw where {CORRECTED}"
        )
    if number >= WITHDRAWN_DAY:
        daily.append(f"delete from raw where {WITHDRAWN}")
    single = f"insert into raw from raw where occurred_at >= '{twice.replace(day=1)}'"
    return {USAGE: daily, EVENTS: [single]}


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One in which use weighs what support does now, and support what use does."""
    folder = tmp_path_factory.mktemp("policy")
    ours = (PROJECT / "seeds" / "policy" / WEIGHTS).read_text(encoding="utf-8")
    swapped = {"product_usage": "support", "support": "product_usage"}
    theirs = re.sub(
        "(?<=,)(product_usage|support)(?=,)", lambda found: swapped[found.group()], ours
    )
    (folder / WEIGHTS).write_text(theirs, encoding="utf-8")
    return folder


def weight_of_use(home: Path) -> list[tuple[float]]:
    """What use weighs in the scores of a warehouse, lightest first."""
    with duckdb.connect(str(home / "build.duckdb"), read_only=True) as connection:
        return connection.sql(
            "select distinct weight from marts.fct_health_components"
            " where component = 'product_usage' order by weight"
        ).fetchall()


def test_they_come_to_what_one_build_of_the_last_extracts_makes(tmp_path: Path, policy: Path):
    company = Company(tmp_path / "company", ACCOUNTS)
    daily, anew = Warehouse(tmp_path / "daily"), Warehouse(tmp_path / "anew")
    said, weights = {}, {}
    for day in LEAPS:
        daily.build(company.extract(day, {}))
    for number in range(1, DAYS + 1):
        raw = company.extract(FIRST_DAY + timedelta(days=number - 1), changes(number))
        told = daily.build(raw, policy=policy if number >= POLICY_DAY else None)
        said |= {number: told} if told else {}
        weights[number] = weight_of_use(daily.home)
    assert said == SAID
    assert weights[POLICY_DAY - 1] != weights[POLICY_DAY]
    anew.build(raw, policy=policy)
    assert unlike(daily.home, anew.home, [*ROLLED_UP, *anew.tables]) == []
