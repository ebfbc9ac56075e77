"""The metrics of the reference, held to numbers that were worked by hand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from reference.metrics import Measures, Values
from reference.snapshots import month_end_before, segment_month, snapshot_dates
from worked_company import DAY, usage_rows, worked_company, worked_measures


def _values(measures: Measures, account_id: str = "a", day: date = DAY) -> Values:
    return measures.values(account_id, day, Decimal(1000))


def _some(values: Values, *metrics: str) -> list[object]:
    return [values.get(metric) for metric in metrics]


# --- dates ------------------------------------------------------------------------------------


def test_snapshot_dates_are_month_ends_recent_sundays_and_today(tmp_path: Path) -> None:
    """Sundays since the quarter before that of 14 May; the open month is that of today alone."""
    company = worked_company(
        tmp_path,
        date(2025, 5, 14),
        billing_subscriptions="subscription_id=s account_id=a started_on=2024-11-30 mrr_amount=1",
    )
    dates = snapshot_dates(company)
    assert dates[:4] == [
        date(2024, 11, 30),
        date(2024, 12, 31),
        date(2025, 1, 5),
        date(2025, 1, 12),
    ]
    assert dates[-3:] == [date(2025, 5, 4), date(2025, 5, 11), date(2025, 5, 14)]
    assert len(dates) == 6 + 19 + 1
    assert segment_month(company, date(2025, 5, 11)) == date(2025, 4, 1)
    assert segment_month(company, date(2025, 5, 14)) == date(2025, 5, 1)
    assert segment_month(company, date(2025, 3, 31)) == date(2025, 3, 1)
    assert month_end_before(company, date(2025, 3, 28), 28) == date(2025, 2, 28)
    assert month_end_before(company, date(2025, 3, 27), 28) == date(2025, 1, 31)


# --- metrics ----------------------------------------------------------------------------------

# A month is 365/12 days, a window 28.
MONTHS = Fraction(365, 336)
USERS = """\
user_id=u1 account_id=a created_at=2025-01-01
user_id=u2 account_id=a
user_id=u3 account_id=a deactivated_at=2025-06-30T08:00
user_id=u4 account_id=a created_at=2025-07-01
user_id=u5 account_id=b created_at=2025-06-30
user_id=u6 account_id=c created_at=2025-07-01
"""
USED = usage_rows(
    "a u1 login 2025-06-03 6 -",
    "a u1 boards 2025-06-03 12 1800",
    "a u1 boards 2025-06-30 8 5400",
    "a u2 login 2025-06-15 4 -",
    "a u9 reports 2025-06-02 5 -",
    "a u1 boards 2025-05-06 10 -",
    "a u1 boards 2025-05-05 99 -",
    "a u1 boards 2025-07-01 99 -",
)


def test_use_in_a_window_and_silence(tmp_path: Path) -> None:
    """Two users of two, three days of 28; silence is 0, a ratio to nothing and no feed no value."""
    measures = worked_measures(
        tmp_path,
        "abc",
        product_features="""\
feature_key=boards is_core=true
feature_key=reports is_core=true
feature_key=export is_core=yes
feature_key=gate is_core=false
""",
        product_users=USERS,
        product_usage_daily=USED,
        # The id of an event counts once a day, as it was loaded last.
        product_events="\n".join(
            f"event_id=e account_id=a user_id=u2 event_name={name} occurred_at=2025-06-15T{hour}"
            f" loaded_at=2025-06-{loaded}"
            for name, hour, loaded in (("reports", "09:00", 16), ("gate", "08:00", 17))
        ),
    )
    use = (
        *("logins_per_user", "feature_adoption", "active_user_ratio", "seat_utilization"),
        *("usage_depth", "dau_mau", "sessions_per_user", "time_in_product"),
        *("user_growth", "usage_growth"),
    )
    half, third = Fraction(1, 2), Fraction(1, 3)
    assert _some(_values(measures), *use) == [
        *(5 * MONTHS, third, half, half),
        *(Fraction(21, 2) * MONTHS, Fraction(3, 56), Fraction(3, 2) * MONTHS, MONTHS),
        *(None, Fraction(21, 15) - 1),
    ]
    # One user since today, who did nothing: the feed is there.
    assert _some(_values(measures, "b"), *use) == [0] * 8 + [None] * 2
    assert _some(_values(measures, "c"), *use) == [None] * 10
    # On 5 May nobody had ever logged in, and nobody had been timed.
    assert _some(_values(measures, day=date(2025, 5, 5)), *use) == [
        *(None, third, Fraction(1, 4), Fraction(1, 4)),
        *(99 * MONTHS, Fraction(1, 28), MONTHS, None, None, None),
    ]
    assert (
        _values(worked_measures(tmp_path, seats="", product_usage_daily=USED))
        .keys()
        .isdisjoint({"active_user_ratio", "seat_utilization", "logins_per_user"})
    )


def test_growth_needs_a_base(tmp_path: Path) -> None:
    """Three users and ten events before are enough, two and nine are not."""
    measures = worked_measures(
        tmp_path,
        "ab",
        product_usage_daily=usage_rows(
            *(f"a u{n} boards 2025-06-02 {4 - n // 2} -" for n in (1, 2, 3)),
            *(f"b u{n} boards 2025-06-02 {6 - n} -" for n in (1, 2)),
            *(f"{name} u1 boards 2025-06-03 20 -" for name in "ab"),
        ),
    )
    growth = ("user_growth", "usage_growth")
    assert _some(_values(measures), *growth) == [Fraction(-2, 3), 1]
    assert _some(_values(measures, "b"), *growth) == [None, None]


def test_features_that_count(tmp_path: Path) -> None:
    """The core; where none is marked, what a third of those use who were active in the window."""
    used = (
        *("a - boards 2025-06-03 1 -", "a - gate 2025-06-04 1 -", "a - old 2025-06-02 1 -"),
        *("b - boards 2025-06-30 1 -", "c - login 2025-06-30 1 -", "e - old 2025-06-02 1 -"),
    )

    def adoption(features: str, *more: str) -> list[object]:
        measures = worked_measures(
            tmp_path,
            "abcde",
            product_features=features,
            product_usage_daily=usage_rows(*used, *more),
        )
        assert "usage_depth" not in _values(measures)  # nobody knows who it was
        return [_values(measures, name).get("feature_adoption") for name in "abc"]

    marked = "feature_key=gate is_core=true\nfeature_key=boards"
    assert adoption(marked) == [1, 0, 0]
    for unmarked in ("", "feature_key=boards\nfeature_key=login is_core=true"):
        assert adoption(unmarked) == [1, Fraction(1, 2), 0]
        # Of four active accounts one uses the gate.
        assert adoption(unmarked, "d - login 2025-06-30 1 -") == [1, 1, 0]
    alone = worked_measures(tmp_path, product_usage_daily=usage_rows("a - login 2025-06-30 1 -"))
    assert "feature_adoption" not in _values(alone)


def test_what_people_say(tmp_path: Path) -> None:
    """The latest of each contact, a tie by id; each figure of the latest pulse that states it."""
    answers = (
        ("r1", "c1", "nps", "3", "2025-06-01T08:00"),
        ("r2", "c1", "nps", "9", "2025-06-02T08:00"),
        ("r3", "c1", "nps", "10", "2025-06-02T08:00"),
        ("r4", "", "nps", "6", "2025-01-02T00:00"),
        ("r5", "", "nps", "8", "2025-06-30T23:59"),
        ("r6", "c2", "nps", "0", "2025-01-01T23:59"),
        ("r7", "c1", "nps", "0", "2025-07-01T00:00"),
        ("r8", "c1", "csat", "4", "2025-04-02T00:00"),
    )
    measures = worked_measures(
        tmp_path,
        "ab",
        feedback_survey_responses="\n".join(
            f"response_id={number} account_id=a contact_id={contact} survey_type={kind}"
            f" score={score} responded_at={moment}"
            for number, contact, kind, score, moment in answers
        ),
        support_tickets="""\
ticket_id=1 account_id=a created_at=2025-01-01 solved_at=2025-04-02 csat_score=5
ticket_id=2 account_id=a created_at=2025-01-01 solved_at=2025-04-01 csat_score=1
ticket_id=3 account_id=a created_at=2025-01-01 solved_at=2025-07-01 csat_score=1
ticket_id=4 account_id=a created_at=2025-06-01 csat_score=1
""",
        crm_pulses="""\
account_id=a recorded_at=2025-04-01 csm_sentiment=1
account_id=a recorded_at=2025-04-02 csm_sentiment=4 renewal_sentiment=positive
account_id=a recorded_at=2025-06-30T12:00 executive_engagement=70 renewal_sentiment=unknown
account_id=a recorded_at=2025-07-01 csm_sentiment=2
account_id=b recorded_at=2025-04-01 csm_sentiment=1
""",
    )
    said = ("nps_mean", "csat", "csm_sentiment", "executive_engagement", "renewal_sentiment")
    assert _some(_values(measures), *said) == [8, Fraction(9, 2), 4, 70, "unknown"]
    assert _some(_values(measures, "b"), *said) == [None] * 5


def test_people_and_what_is_done_with_them(tmp_path: Path) -> None:
    """Who is there on the day, and what had come of a meeting by then."""
    contacts = """\
contact_id=1 account_id=a relationship_strength=5
contact_id=2 account_id=a relationship_strength=2 created_at=2025-06-30T23:00
contact_id=3 account_id=a relationship_strength=4 departed_on=2025-06-30
contact_id=4 account_id=a relationship_strength=3 created_at=2025-07-01
contact_id=5 account_id=a departed_on=2025-07-01
"""
    activities = (
        ("qbr", "completed", "2025-06-30T09:00", "2025-06-30T10:00"),
        ("kickoff", "no_show", "2025-06-29T09:00", ""),
        ("check_in", "no_show", "2025-06-30T09:00", ""),  # recorded the day after
        ("ebr", "completed", "2025-06-28T09:00", "2025-07-01T10:00"),
        ("ebr", "scheduled", "2025-06-01T09:00", ""),
        ("ebr", "canceled", "2025-04-01T09:00", ""),
        ("ebr", "canceled", "2025-04-02T09:00", ""),
        ("training", "completed", "2025-01-02T09:00", ""),
        ("webinar", "canceled", "2025-01-01T09:00", ""),
        ("community", "completed", "2025-04-02T09:00", "2025-04-02T10:00"),
        ("community", "completed", "2025-04-01T09:00", "2025-04-01T10:00"),
        ("community", "completed", "", "2025-07-01T10:00"),
        ("email", "completed", "", "2025-07-01T10:00"),
    )
    rows = "\n".join(
        f"activity_id={number} account_id=a activity_type={kind} status={status}"
        f" scheduled_at={planned} completed_at={done}"
        for number, (kind, status, planned, done) in enumerate(activities)
    )
    measures = worked_measures(tmp_path, "ab", crm_contacts=contacts, crm_activities=rows)
    people = (
        *("relationship_strength", "multi_threading"),
        *("meeting_attendance", "training_attendance"),
        *("community_participation", "email_engagement"),
    )
    assert _some(_values(measures), *people) == [Fraction(7, 2), 1, Fraction(1, 3), 1, 1, None]
    assert _some(_values(measures, "b"), *people) == [None, 0, None, None, 0, None]
    # Where no strength is kept, whoever is there counts.
    no_strengths = "contact_id=1 account_id=a\ncontact_id=2 account_id=a created_at=2025-06-30"
    values = _values(worked_measures(tmp_path, crm_contacts=no_strengths))
    assert _some(values, *people[:2]) == [None, 2]


def test_support_and_payment(tmp_path: Path) -> None:
    """Windows of tickets, and the oldest invoice that was owed on the day."""
    tickets = (
        ("2025-06-30T08:00", "2025-07-01T08:00", "true", ""),
        ("2025-06-03T08:00", "", "", "positive"),
        ("2025-05-06T08:00", "2025-05-06T20:00", "false", "negative"),
        ("2025-05-05T08:00", "2025-05-06T08:00", "", "neutral"),
        ("2025-04-01T08:00", "2025-04-01T09:00", "true", "negative"),
        ("2025-07-01T08:00", "", "true", "negative"),
    )
    invoices = (
        ("2025-05-01", "2025-06-14", "", "open"),
        ("2025-05-01", "2025-05-20", "2025-06-30", "paid"),
        ("2025-05-01", "2025-06-01", "", "void"),
        ("2025-05-01", "2025-06-01", "", "uncollectible"),
        ("2025-05-01", "2025-06-01", "", "paid"),
    )
    measures = worked_measures(
        tmp_path,
        "abcd",
        support_tickets="\n".join(
            f"ticket_id={number} account_id=a created_at={created} solved_at={solved}"
            f" is_escalated={escalated} sentiment={sentiment}"
            for number, (created, solved, escalated, sentiment) in enumerate(tickets)
        )
        + """
ticket_id=c account_id=c created_at=2025-04-01T00:00 solved_at=2025-04-02T00:00
ticket_id=d account_id=d created_at=2025-04-01T00:00 solved_at=2025-04-01T23:59
""",
        billing_invoices="\n".join(
            f"invoice_id={number} account_id=a amount_due=1 issued_on={issued} due_on={due}"
            f" paid_on={paid} status={status}"
            for number, (issued, due, paid, status) in enumerate(invoices)
        ),
    )
    support = (
        *("ticket_trend", "open_tickets", "escalation_rate", "ticket_sentiment"),
        *("resolution_hours", "payment_status"),
    )
    quarter, third = Fraction(1, 4), Fraction(1, 3)
    assert _some(_values(measures), *support) == [Fraction(3, 2), 2, quarter, third, 18, 16]
    # Without a ticket on any of 90 days nothing is known of support.
    assert _some(_values(measures, "b"), *support) == [None] * 5 + [0]
    assert _some(_values(measures, "c"), *support) == [None, 0, None, None, 24, 0]
    assert _some(_values(measures, "d"), *support) == [None] * 5 + [0]
    # The day before, the second was not paid yet.
    assert _values(measures, day=date(2025, 6, 29))["payment_status"] == 40
    assert _some(_values(measures, "b", date(2025, 3, 31)), *support) == [None] * 6
