"""The marts against the reference, and against the laws they must keep, over random companies."""

import os
import tempfile
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from random_company import (
    RUN_DATE,
    RandomCompany,
    clean_company,
    dirty_company,
    lawful_company,
    random_companies,
    round_company,
)
from reference.expected import all_differences
from reference.laws import DATED, keyed, known_by, unlike
from reference.mrr import Company
from reference.warehouse import warehouse

from benchmarks.truncation import truncate_raw

TIERS = {"arr_tier", "touch_tier", "investment_tier"}
# What prices decide, tiers aside.
REVENUE = (
    "fct_mrr_monthly",
    "fct_mrr_movements",
    "fct_retention",
    "fct_cohort_retention",
    "fct_churn_events",
)
# The same companies every time, so that a red run stays red; more of them in a long run by hand.
EXAMPLES = int(os.environ.get("CS_TEST_EXAMPLES", "1"))


def _settings(examples: int) -> settings:
    return settings(
        max_examples=examples * EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        # Shrinking runs the warehouse many times over; a developer asks for it by name.
        phases=list(Phase) if "CS_TEST_SHRINK" in os.environ else [Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@_settings(30)
@given(random_companies(dirty_company))
def test_marts_equal_the_reference(company: RandomCompany) -> None:
    """Acceptance, MRR, movements, retention, cohorts, churn, segments and health, to the cent."""
    marts = warehouse().run(company)
    reference = Company.read(warehouse().raw, company.as_of, RUN_DATE, company.policy)
    assert all_differences(reference, marts) == []


@_settings(4)
@given(random_companies(clean_company), st.integers(0, 999))
def test_order_and_copies_change_nothing(company: RandomCompany, seed: int) -> None:
    """Rows may come in any order and more than once."""
    before = keyed(warehouse().run(company, marts=DATED))
    random, other = Random(seed), deepcopy(company)
    for rows in other.tables.values():
        rows += [dict(row) for row in random.choices(rows, k=len(rows) // 2)]
        random.shuffle(rows)
    assert unlike(before, keyed(warehouse().run(other, marts=DATED))) == []


@_settings(4)
@given(random_companies(round_company))
def test_scaled_prices_scale_money_and_no_rate(company: RandomCompany) -> None:
    """Three times the prices: three times the money, the same rates and counts."""
    before = keyed(warehouse().run(company, marts=DATED))
    scaled = deepcopy(company)
    for table, column in (
        ("billing_subscription_items", "unit_amount"),
        ("billing_subscriptions", "mrr_amount"),
    ):
        for row in scaled.tables[table]:
            row[column] = str(int(row[column] or 0) * 3)
    after = keyed(warehouse().run(scaled, marts=DATED))
    for mart in REVENUE:
        # Tiers follow the prices, and health weighs by them: such rows and values are others.
        keys = {key for key in before[mart] if not TIERS & set(key)}
        assert keys == {key for key in after[mart] if not TIERS & set(key)}
        for key in keys:
            for column, value in before[mart][key].items():
                if column in TIERS or column.startswith("health_"):
                    continue
                found = after[mart][key][column]
                if column == "amount":
                    # A driver is rounded to cents by itself; the movement as a whole is not.
                    assert abs(found - 3 * value) <= Decimal("0.02"), (mart, key)
                elif isinstance(value, Decimal):
                    assert found == 3 * value, (mart, key, column)
                else:
                    assert found == value, (mart, key, column)


@_settings(8)
@given(
    random_companies(lawful_company),
    st.sampled_from((date(2025, 6, 30), date(2025, 11, 30), date(2026, 2, 28))),
)
def test_what_comes_later_changes_nothing_before(company: RandomCompany, day: date) -> None:
    """The truncation law: cut at a day, every row dated by then is the same."""
    rates = {"fx_rate_on": date(2025, 6, 15)}
    last = date(2026, 6, 30)
    full = known_by(warehouse(), warehouse().run(company, last, marts=DATED, **rates), day)
    with tempfile.TemporaryDirectory() as home:
        company.write(Path(home) / "whole")
        truncate_raw(Path(home) / "whole", Path(home) / "cut", day)
        cut = warehouse().run(Path(home) / "cut", day, marts=DATED, policy=company.policy, **rates)
    assert unlike(full, known_by(warehouse(), cut, day)) == []
