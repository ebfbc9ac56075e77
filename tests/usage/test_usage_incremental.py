"""Usage rolled up day after day comes to what one build of the last extracts makes of it."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from daily_company import ACCOUNTS, EVENTS, ROLLED_UP, USAGE, Company, Warehouse

# Daily counts of some, single events of others.
OURS = ("acc_00072", "acc_00271", "acc_00354", "acc_00406", "acc_00380", "acc_00399")
THEIRS = ("acc_00377", "acc_00429", "acc_00419")

LATE = "delete from raw where usage_on = '2026-06-22'"
LATE_BEYOND_LOOK_BACK = "delete from raw where usage_on between '2026-03-09' and '2026-03-15'"
TWICE = "insert into raw from raw where usage_on between '2026-05-18' and '2026-05-20'"
REMOVED = "delete from raw where usage_on between '2024-10-20' and '2024-10-31'"
CORRECTED = (
    "insert into raw select * replace (event_count + 3 as event_count, now() as loaded_at)"
    " from raw where usage_on between '2026-04-01' and '2026-04-07'"
)
LOADED_AGAIN = (
    "update raw set event_count = event_count + 1, loaded_at = loaded_at + interval 1 day"
    " where usage_on between '2025-12-01' and '2025-12-07'"
)
WITHOUT_A_DAY, IN_THE_FUTURE = (
    f"insert into raw values ('{id_}', 'acc_00399', 'u', 'reports', '{moment}', 'x', '1', null)"
    for id_, moment in (("e-1", "on Monday"), ("e-2", "2026-12-24 10:00:00"))
)
NOT_IN_THE_CRM_YET = "delete from raw where account_id = 'acc_00406'"

FIRST = {
    ACCOUNTS: [NOT_IN_THE_CRM_YET],
    USAGE: [LATE, LATE_BEYOND_LOOK_BACK],
    EVENTS: [WITHOUT_A_DAY, IN_THE_FUTURE],
}
SECOND = {ACCOUNTS: [NOT_IN_THE_CRM_YET], USAGE: [LATE_BEYOND_LOOK_BACK, TWICE]}
# For the account that came, for the rows that were late, and for those taken away or loaded again.
CHANGED = ("2024-10", "2025-12", *(f"2026-0{month}" for month in range(1, 6)))
THIRD = {USAGE: [TWICE, REMOVED, CORRECTED, LOADED_AGAIN]}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Company:
    return Company(tmp_path_factory.mktemp("ours"), OURS)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory, ours: Company) -> Warehouse:
    """One that holds two days."""
    made = Warehouse(tmp_path_factory.mktemp("warehouse"))
    assert made.build(ours.extract(date(2026, 6, 24), FIRST)) == []
    raw = ours.extract(date(2026, 6, 25), SECOND)
    assert made.build(raw) == ["month by month: 2026-05"]
    assert made.unlike(raw) == []
    return made


def test_days_added_come_to_what_one_build_makes(warehouse: Warehouse, ours: Company):
    raw = ours.extract(date(2026, 7, 2), THIRD)
    assert warehouse.build(raw) == [f"month by month: {', '.join(CHANGED)}"]
    assert warehouse.unlike(raw) == []


def test_nothing_new_changes_nothing(warehouse: Warehouse, ours: Company):
    assert warehouse.build(ours.raw) == []
    assert warehouse.unlike(ours.raw) == []


def test_a_roll_up_with_other_columns_is_rebuilt_in_full(warehouse: Warehouse, ours: Company):
    with duckdb.connect(str(warehouse.home / "build.duckdb")) as connection:
        connection.execute(
            "alter table staging.base_product__usage_rolled_up drop column last_loaded_at"
        )
    assert warehouse.build(ours.raw) == ["all of it"]
    assert warehouse.unlike(ours.raw) == []


def test_another_extract_is_not_mixed_in(warehouse: Warehouse, tmp_path: Path):
    raw = Company(tmp_path, THEIRS).extract(date(2026, 7, 2), {})
    assert warehouse.build(raw) == ["all of it"]
    assert warehouse.unlike(raw) == []


def test_without_usage_none_is_left(warehouse: Warehouse, tmp_path: Path):
    raw = Company(tmp_path, THEIRS).extract(date(2026, 7, 2), {})
    for name in (USAGE, EVENTS):
        (raw / name).unlink()
    assert warehouse.build(raw) == ["all of it"]
    with duckdb.connect(str(warehouse.home / "build.duckdb"), read_only=True) as connection:
        for table in (
            *(table.path for table in ROLLED_UP),
            "staging.base_product__usage_rolled_up",
        ):
            assert connection.execute(f"select count(*) from {table}").fetchall() == [(0,)]
