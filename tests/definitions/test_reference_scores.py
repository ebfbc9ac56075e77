"""The scores and segments of the reference, held to numbers that were worked by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from reference.customers import Customers
from reference.metrics import Measures
from reference.scores import drivers, health, metric_scores, priority, trend
from reference.segments import SegmentRules, Segments
from worked_company import DAY, RULES, usage_rows, worked_company, worked_measures

# --- scores -----------------------------------------------------------------------------------


def test_bands_are_half_open() -> None:
    """At an edge the better band; a tenth of a hair below it the lower; words as they are."""
    hair = Fraction(1, 10**12)
    assert RULES.score("logins_per_user", Fraction(5)) == 60
    assert RULES.score("logins_per_user", 5 - hair) == 40
    assert RULES.score("logins_per_user", Fraction(0)) == 0
    assert RULES.score("payment_status", Fraction(16)) == 50
    assert RULES.score("user_growth", Fraction(-1)) == 0
    assert RULES.score("resolution_hours", -hair) is None
    assert RULES.score("renewal_sentiment", "negative") == 10
    assert RULES.score("renewal_sentiment", "furious") is None


@pytest.mark.parametrize(
    ("score", "status", "colour"),
    [
        (100, "healthy", "green"),
        (80, "healthy", "green"),
        (75, "stable", "green"),
        (60, "stable", "yellow"),
        (40, "at_risk", "red"),
        (20, "critical", "red"),
        (0, "emergency", "red"),
    ],
)
@pytest.mark.parametrize("scheme", ["composite", "tiered", "outcome"])
def test_equal_scores_are_the_health(scheme: str, score: int, status: str, colour: str) -> None:
    """Whatever the weights, to the last digit: 79.99999999999999 would not be healthy."""
    metrics = {metric for own in RULES.metric_weights[scheme].values() for metric in own}
    found = health(RULES, scheme, None, dict.fromkeys(metrics, score))
    assert (found.score, found.coverage, found.is_low_confidence) == (score, 1, False)
    assert (found.status, found.colour) == (status, colour)


def test_what_is_absent_leaves_its_weight_to_the_rest() -> None:
    """Of composite: two metrics of product usage, one of support."""
    scores = {"logins_per_user": 100, "usage_depth": 40, "ticket_trend": 80, "payment_status": 0}
    found = health(RULES, "composite", None, scores)
    assert found.score == Fraction(30 * 70 + 15 * 80, 45)
    assert found.coverage == Fraction(20 + 5, 100)
    assert (found.is_low_confidence, found.status, found.colour) == (True, "unscored", "grey")
    assert found.evidenced_score is None
    usage, growth = found.components["product_usage"], found.components["growth"]
    assert (usage.score, usage.coverage, usage.contribution) == (
        70,
        Fraction(2, 3),
        Fraction(140, 3),
    )
    assert (growth.score, growth.coverage, growth.contribution) == (None, 0, None)
    assert growth.weight == Fraction(1, 10)
    half = dict.fromkeys(("logins_per_user", "feature_adoption", "usage_depth", "nps_mean"), 60)
    assert not health(
        RULES, "composite", None, half | {"user_growth": 60, "usage_growth": 60}
    ).is_low_confidence
    nothing = health(RULES, "composite", None, {"payment_status": 0})
    assert (nothing.score, nothing.status, nothing.colour) == (None, "unscored", "grey")
    assert nothing.is_low_confidence


def test_support_needs_a_ticket() -> None:
    """CSAT alone is no score of support; in engagement and sentiment it is one."""
    served = {"csat": 80}
    for scheme in ("composite", "tiered"):
        found = health(RULES, scheme, None, served)
        assert (found.score, found.components["support"].coverage) == (None, 0)
        assert drivers(RULES, scheme, None, {"csat": Fraction(4)}) == {}
        found = health(RULES, scheme, None, served | {"ticket_trend": 80})
        assert found.components["support"].score == 80
    assert health(RULES, "outcome", None, served).components["sentiment"].score == 80


def test_tiers_weigh_and_drivers_add_up() -> None:
    """Use at 50 and payment at 100, by tier; without one as low touch."""
    values = {"logins_per_user": Fraction(5), "active_user_ratio": Fraction(2, 5)} | {
        "payment_status": Fraction(0)
    }
    scores = metric_scores(RULES, values)
    assert scores == {"logins_per_user": 60, "active_user_ratio": 60, "payment_status": 100}
    expected = {
        "high_touch": Fraction(30 * 60 + 15 * 100, 45),
        "low_touch": Fraction(35 * 60 + 15 * 100, 50),
        "tech_touch": Fraction(50 * 60 + 10 * 100, 60),
        None: Fraction(35 * 60 + 15 * 100, 50),
    }
    for tier, score in expected.items():
        assert health(RULES, "tiered", tier, scores).score == score
        assert sum(own.points_lost for own in drivers(RULES, "tiered", tier, values).values()) == (
            100 - score
        )
    ranked = drivers(RULES, "tiered", "tech_touch", values)
    assert list(ranked) == ["active_user_ratio", "logins_per_user", "payment_status"]
    # Five sixths of the weight, shared 40 to 20 of 60 points that are present.
    assert ranked["active_user_ratio"].effective_weight == Fraction(5, 6) * Fraction(2, 3)
    assert ranked["active_user_ratio"].points_lost == Fraction(5, 9) * 40
    growing = {"user_growth": Fraction(0), "usage_growth": Fraction(0)}
    tied = drivers(RULES, "tiered", None, growing)
    assert [(name, own.rank) for name, own in tied.items()] == [
        ("usage_growth", 1),
        ("user_growth", 2),
    ]


@pytest.mark.parametrize(
    ("earlier", "before", "after", "expected"),
    [
        (70, 70, 75, "stable"),
        (70, Fraction(200, 3), Fraction(215, 3), "stable"),
        (None, 70, Fraction(7501, 100), "improving"),
        (70, 70, 65, "stable"),
        (70, 70, Fraction(6499, 100), "declining"),
        (Fraction(6999, 100), 99, Fraction(6499, 100), "stable"),
        (99, 70, 65, "stable"),
        (None, 70, 10, "stable"),
        (70, None, 70, "no_data"),
        (70, 70, None, "no_data"),
    ],
)
def test_a_trend_is_more_than_five_points(
    earlier: object, before: object, after: object, expected: str
) -> None:
    """Five points exactly are noise, and so is a fall from one month-end alone."""
    assert trend(RULES, after, before, earlier) == expected


@pytest.mark.parametrize(
    ("score", "direction", "expected"),
    [(60, "declining", "high"), (59, "declining", "critical"), (40, "stable", "critical")],
)
def test_only_accounts_below_60_are_critical(score: int, direction: str, expected: str) -> None:
    """Yellow begins at 50, so that some of its accounts are stable."""
    metrics = {metric for own in RULES.metric_weights["tiered"].values() for metric in own}
    found = health(RULES, "tiered", None, dict.fromkeys(metrics, score))
    assert priority(RULES, found, direction) == expected


def test_a_customer_from_month_to_month(tmp_path: Path) -> None:
    """A score stands beside that of the last month-end at least 28 days before."""
    company = worked_company(
        tmp_path,
        date(2025, 3, 31),
        billing_subscriptions="""\
subscription_id=1 account_id=a started_on=2025-01-15 mrr_amount=1000
subscription_id=2 account_id=b started_on=2025-03-02 mrr_amount=1000
""",
        billing_invoices="""\
invoice_id=1 account_id=a amount_due=1 issued_on=2025-01-31 due_on=2025-02-10
invoice_id=2 account_id=a amount_due=1 issued_on=2025-01-31 due_on=2025-01-31 paid_on=2025-02-01
""",
    )
    # 0, 18 and 49 days past due score 100, 50 and 20; nothing else is known of the account.
    statuses = {key: own.statuses["tiered"] for key, own in Customers(company).health.items()}
    assert {own.health.status for own in statuses.values()} == {"unscored"}
    assert {own.trend for own in statuses.values()} == {"no_data"}
    customers = Customers(company)
    enough = {"low_confidence_coverage": Fraction(0)}
    customers.rules = replace(RULES, settings=RULES.settings | enough)
    found = {key: own.statuses["tiered"] for key, own in customers.health.items()}
    january, february, march = (
        found[date(2025, month, 1).replace(day=day), "a"]
        for month, day in ((1, 31), (2, 28), (3, 31))
    )
    assert [own.health.score for own in (january, february, march)] == [100, 50, 20]
    assert [own.trend for own in (january, february, march)] == [
        "no_data",
        "stable",
        "declining",
    ]
    assert [own.priority for own in (january, february, march)] == ["low", "medium", "critical"]
    assert (february.previous_score, march.previous_score) == (100, 50)
    # On Sunday 23 February January's end is not 28 days ago.
    assert found[date(2025, 2, 23), "a"].previous_score is None
    assert found[date(2025, 3, 2), "a"].previous_score == 100
    assert (date(2025, 2, 28), "b") not in found
    assert found[date(2025, 3, 2), "b"].trend == "no_data"


# --- segments ---------------------------------------------------------------------------------


def test_touch_scores(tmp_path: Path) -> None:
    """The example of the docs, an open signal, a designation, and nothing known but ARR."""
    measures = worked_measures(
        tmp_path,
        "abcd",
        seats="10",
        crm_accounts="\n".join(
            f"account_id={name} account_name={name} created_at=2024-01-01 {more}"
            for name, more in {
                "a": "integration_count=3",
                "b": "growth_potential=high is_strategic=true department_count=1",
                "c": "",
                "d": "growth_potential=low",
            }.items()
        ),
        crm_icp_assessments="""\
account_id=a assessed_on=2025-06-30 in_target_industry=true uses_target_workflow=true \
expansion_potential_high=false
account_id=a assessed_on=2025-07-01 in_target_industry=false
account_id=d assessed_on=2025-06-01 advocates_publicly=false
account_id=d assessed_on=2025-06-02
""",
        product_users="user_id=u account_id=b",
        product_usage_daily=usage_rows(
            *(f"b u{n} boards 2025-06-30 1 -" for n in range(9)),
            *(f"c u{n} boards 2025-06-30 1 -" for n in range(8)),
        ),
        product_usage_limits="""\
account_id=d feature_key=gate limit_quantity=100 effective_from=2025-01-01
""",
    )
    segments = Segments(measures, SegmentRules.read())
    assert segments.icp_fit("a", DAY) == 8
    assert segments.icp_fit("d", DAY) == 0
    assert segments.open_signals("b", DAY) == {"seats_nearly_full"}
    assert segments.open_signals("c", DAY) == set()
    scores = {name: segments.touch_score(name, DAY, Decimal(5000)) for name in "abcd"}
    assert scores == {
        "a": (Fraction(40 * 70 + 25 * 50 + 15 * 80, 80)),
        "b": (Fraction(40 * 70 + 25 * 0 + 20 * 100 + 15 * 100, 100)),
        "c": 70,
        "d": (Fraction(40 * 70 + 20 * 20 + 15 * 0, 75)),
    }


@pytest.mark.parametrize(
    ("scores", "tiers"),
    [
        ((56, 61, 59, 62), "low low low low"),
        ((56, 61, 62), "low low high"),
        ((56, 65), "low high"),
        ((61, 59), "high high"),
        ((70, 30), "high tech"),
        ((36, None, 34, 34), "low - low tech"),
        ((36, 34, None, 34), "low low - low"),
    ],
)
def test_no_cliffs(tmp_path: Path, scores: tuple[int | None, ...], tiers: str) -> None:
    """Five points from a cut decide, or a second month in a row; a gap ends a row."""
    segments = Segments(worked_measures(tmp_path), SegmentRules.read())
    months = {
        date(2025, month, 1): Fraction(score)
        for month, score in enumerate(scores, 1)
        if score is not None
    }
    found = segments.touch_tiers(months, is_strategic=False)
    known = [tier for tier in tiers.split() if tier != "-"]
    assert [touch.tier for touch in found.values()] == [f"{tier}_touch" for tier in known]
    strategic = segments.touch_tiers(months, is_strategic=True)
    assert {touch.tier for touch in strategic.values()} == {"high_touch"}


@pytest.mark.parametrize(
    ("arr", "growth", "complexity", "tier"),
    [
        ("high", 55, 0, "low_touch"),
        ("high", 55, 100, "high_touch"),
        ("low", 55, 0, "tech_touch"),
        ("low", 55, 100, "low_touch"),
        ("high", 20, 50, "high_touch"),
        ("high", 90, 50, "high_touch"),
        ("low", 20, 50, "tech_touch"),
        ("low", 90, 50, "low_touch"),
    ],
)
def test_the_policy_meets_the_published_cells(
    arr: str, growth: int, complexity: int, tier: str
) -> None:
    """High ARR is 100,000, low ARR 2,400; what a matrix leaves out is in its middle."""
    rules = SegmentRules.read()
    paid = Fraction(100_000 if arr == "high" else 2_400)
    scores = {
        "arr": rules.band_score("arr", paid),
        "complexity": complexity,
        "growth": growth,
        "strategic": 50,
    }
    score = sum(rules.weights[factor] * points for factor, points in scores.items())
    assert rules.cuts.find(Fraction(score)) == tier


def test_investment_tiers_are_ranges_of_arr(tmp_path: Path) -> None:
    """At each month's end, with the floors of the policy."""
    rules = SegmentRules.read()
    assert rules.tier_rule == "arr"
    segments = Segments(worked_measures(tmp_path), rules)
    paid = (35_000, Decimal("3166.67"), 1_000, 200, 6_250)
    assert [segments.by_arr(Decimal(mrr)) for mrr in paid] == [
        "strategic",
        "enterprise",
        "mid_market",
        "smb",
        "enterprise",
    ]


def test_investment_tiers_by_rank(tmp_path: Path) -> None:
    """Ranks up to each share rounded up, with floors; ranked at a quarter's end or on arrival."""
    rules = replace(SegmentRules.read(), tier_rule="rank")
    segments = Segments(worked_measures(tmp_path), rules)
    twenty = {f"{n:02}": Decimal(20_000 - n) for n in range(20)}
    counts = list(segments.rank(twenty).values())
    assert [counts.count(tier) for tier, _, _ in rules.tiers] == [1, 4, 7, 8]
    # One of twenty-one is a rank more; the floors are 100,000, 20,000 and 5,000 a year.
    counts = list(segments.rank(twenty | {"20": Decimal(1)}).values())
    assert [counts.count(tier) for tier, _, _ in rules.tiers] == [2, 4, 7, 8]
    small = {"a": Decimal(5000), "b": Decimal(300), "c": Decimal(200)}
    assert segments.rank(small) == {"a": "enterprise", "b": "smb", "c": "smb"}
    company = worked_company(
        tmp_path,
        DAY,
        billing_subscriptions="""\
subscription_id=1 account_id=a started_on=2025-02-01 mrr_amount=9000
subscription_id=2 account_id=b started_on=2025-04-01 mrr_amount=10000
""",
    )
    found = Segments(Measures(company, RULES), rules).investment()
    assert {key: tier for key, tier in found.items() if key[0] == "a"} == {
        ("a", date(2025, 2, 1)): "strategic",
        ("a", date(2025, 3, 1)): "strategic",
        ("a", date(2025, 4, 1)): "strategic",
        ("a", date(2025, 5, 1)): "strategic",
        ("a", date(2025, 6, 1)): "mid_market",
    }
    assert found["b", date(2025, 4, 1)] == found["b", DAY.replace(day=1)] == "strategic"
