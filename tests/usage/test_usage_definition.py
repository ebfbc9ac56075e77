"""Usage is rolled up again where what makes it has changed, and by nothing that only passes."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest
from conftest import dbt
from daily_company import ROLL_UP
from project_copy import DOUBLE_LOGINS, REQUIRE_USERS, Edit, ProjectCopy
from raw_folder import write_folder

CHANGES = {
    "its own SQL": DOUBLE_LOGINS,
    "a macro that it calls": Edit(
        "macros/dialect/day_bit.sql",
        r"(macro default__day_bit\(.*?%\})",
        r"\1/* otherwise */ ",
    ),
    "a macro that judges its rows": Edit(
        "macros/dialect/timestamp_from_text.sql",
        r"(macro default__timestamp_from_text\(.*?%\})",
        r"\1/* otherwise */ ",
    ),
    "the contract of usage": REQUIRE_USERS,
}
DAYS = ("2025-03-03", "2025-04-04", "2025-05-05")


def _usage(days: tuple[str, ...]) -> list[dict[str, str]]:
    return [
        {
            "account_id": "a",
            "user_id": user,
            "feature_key": "login",
            "usage_on": day,
            "event_count": "3",
        }
        for day in days
        for user in ("u", "")
    ]


def _events(*days: str) -> list[dict[str, str]]:
    return [
        {
            "event_id": day,
            "account_id": "a",
            "user_id": "u",
            "event_name": "reports",
            "occurred_at": f"{day} 08:00:00",
        }
        for day in days
    ]


class Project:
    """A copy of the project that may be changed, and the warehouses that it builds."""

    def __init__(self, home: Path) -> None:
        """Copy what dbt reads."""
        self.home, self.raw = home, home / "raw"
        self.code = ProjectCopy(home / "project")

    def extract(self, **tables: list[dict[str, str]]) -> None:
        """The extracts, all of them written again."""
        shutil.rmtree(self.raw, ignore_errors=True)
        account = {"account_id": "a", "account_name": "A", "created_at": "2024-01-01"}
        subscription = {"subscription_id": "s", "account_id": "a", "started_on": "2024-01-01"}
        own = {"crm_accounts": [account], "billing_subscriptions": [subscription]}
        write_folder(self.raw, own | tables)

    def build(self, warehouse: str = "days", run_date: str = "2025-06-01") -> list[str]:
        """Roll usage up in a warehouse; what the run says of it."""
        home = self.home / warehouse
        home.mkdir(exist_ok=True)
        variables = ("--vars", f"{{run_date: {run_date}, max_rejected_share: 1}}")
        done = dbt("run", home, *self.code.options, *variables, *ROLL_UP, CS_RAW_PATH=str(self.raw))
        assert done.returncode == 0, done.output[-4000:]
        return re.findall(r"Usage is rolled up again, (.*?)\. ", done.output)

    def rows(self, warehouse: str = "days") -> list[tuple]:
        """All that the roll-up holds."""
        with duckdb.connect(str(self.home / warehouse / "build.duckdb"), read_only=True) as build:
            return build.execute(
                "from staging.base_product__usage_rolled_up order by all"
            ).fetchall()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One whose usage is rolled up."""
    made = Project(tmp_path_factory.mktemp("project"))
    made.extract(product_usage_daily=_usage(DAYS), product_events=_events(DAYS[0]))
    assert made.build() == []
    return made


def test_a_later_day_and_later_rows_do_not_roll_up_what_is_past(project: Project):
    project.extract(
        product_usage_daily=_usage((*DAYS, "2025-06-01")),
        product_events=_events(DAYS[0], "2026-01-01"),
    )
    assert project.build(run_date="2026-02-01") == []


@pytest.mark.parametrize("changed", CHANGES)
def test_what_makes_the_roll_up_changes_all_of_it(project: Project, changed: str):
    project.code.change(CHANGES[changed])
    before = project.rows()
    assert project.build(run_date="2026-02-01") == ["all of it"]
    assert project.rows() != before
    assert project.build(run_date="2026-02-01") == []


def test_all_changes_come_to_what_a_first_build_makes(project: Project):
    assert project.build("fresh", run_date="2026-02-01") == []
    assert project.rows() == project.rows("fresh")


def test_of_tables_that_vanish_nothing_is_left(project: Project, tmp_path: Path):
    project.extract(product_events=_events(DAYS[0], "2026-01-01"))
    project.build(run_date="2026-02-01")
    shutil.rmtree(project.home / "fresh")
    project.build("fresh", run_date="2026-02-01")
    assert {row[0] for row in project.rows()} == {
        *("rows", "account_days", "user_months", "feature_months")
    }
    ours, fresh = (
        # The column names the usage tables that existed when a row was rolled up.
        [row[:-2] for row in project.rows(warehouse)]
        for warehouse in ("days", "fresh")
    )
    assert ours == fresh
    project.extract()
    project.build(run_date="2026-02-01")
    assert project.rows() == []
