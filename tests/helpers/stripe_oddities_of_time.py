"""The oddities of days: which subscriptions count, from when, until when, and their pauses."""

from __future__ import annotations

from stripe_account import Account, at
from stripe_oddity import oddity, simple

# --- days, and which subscriptions count ------------------------------------------------------


@oddity("S1", "2024-01..2024-04 80.00")
def nightfall(account: Account) -> None:
    """He leaves at 23:45 on the last day of May, which is no day of service."""
    account.customer("nightfall")
    ends = {
        "status": "canceled",
        "ended_at": at("2024-05-31 23:45"),
        "canceled_at": at("2024-05-31 23:45"),
    }
    account.subscription("nightfall", "2024-01-04 09:00", ("2024-05-31 23:45", ends))
    account.item("nightfall", "price_80", 1, "2024-01-04 09:00")
    account.bill("nightfall", "price_80", 1, 8000, "2024-01-04 09:00", 5)


@oddity("S2", "")
def sandbox(account: Account) -> None:
    """A test: item and lines do not say so, their subscription does."""
    account.customer("sandbox", livemode=False)
    account.subscription("sandbox", "2024-02-01", livemode=False)
    account.item("sandbox", "price_80", 50, "2024-02-01")
    account.bill("sandbox", "price_80", 50, 400000, "2024-02-01", 11, livemode=None)


@oddity("S3", "2024-01..2024-12 80.00")
def repentant(account: Account) -> None:
    """Notice for 4 June was taken back, which the active version alone tells."""
    simple(account, "repentant")
    notice = {
        "cancel_at": at("2024-06-04"),
        "canceled_at": at("2024-05-12"),
        "cancel_at_period_end": True,
    }
    withdrawn = {"cancel_at": None, "canceled_at": None, "cancel_at_period_end": False}
    own = [row for row in account.rows["subscription"] if row["id"] == "sub_repentant"]
    account.rows["subscription"].remove(own[0])
    account.versions.pop()
    account.subscription(
        "repentant", "2024-01-04 09:00", ("2024-05-12", notice), ("2024-05-20", withdrawn)
    )
    # Versions come in no order.
    account.versions[-3:] = reversed(account.versions[-3:])


@oddity("S4", "")
def stillborn(account: Account) -> None:
    """His first payment failed, and the subscription never began."""
    account.customer("stillborn")
    account.subscription(
        "stillborn",
        "2024-03-02",
        ("2024-03-03", {"status": "incomplete_expired"}),
        status="incomplete",
    )
    account.item("stillborn", "price_80", 1, "2024-03-02")
    account.bill("stillborn", "price_80", 1, 8000, "2024-03-02", status="void")


@oddity("S5 S10", "2023-09..2024-12 60.00", dlt="", airbyte="2023-09..2024-12 60.00")
def migrated(account: Account) -> None:
    """A customer since September 2023, moved to Stripe in April, on a plan older than prices.

    720 a year are 60 a month. dlt brings no plans, and there is no price.
    """
    plan = {"product": "prod_seat", "currency": "usd", "interval": "year", "interval_count": 1}
    plan |= {"usage_type": "licensed", "amount": 72000, "nickname": "2019 yearly", "livemode": True}
    account.add("plan", id="desk-2019", **plan)
    account.customer("migrated", created=at("2024-04-02 10:00"))
    account.subscription("migrated", "2023-09-10", created=at("2024-04-02 10:00"))
    account.item("migrated", "desk-2019", 1, "2024-04-02 10:00")
    account.bill("migrated", "desk-2019", 1, 72000, "2024-09-10", months=12)


@oddity("S10", "2024-05..2024-12 80.00")
def twofold(account: Account) -> None:
    """Price and plan have one id; the row of `price` counts."""
    plan = {"product": "prod_extra", "currency": "usd", "interval": "month", "interval_count": 1}
    account.add("plan", id="price_80", usage_type="licensed", amount=8000, nickname=None, **plan)
    simple(account, "twofold", "2024-05-04 09:00", 8)


@oddity("S6", "2024-01..2024-12 80.00")
def planned(account: Account) -> None:
    """His notice lies ahead: he leaves on 4 January 2025."""
    simple(account, "planned")
    account.rows["subscription"][-1] |= {
        "cancel_at": at("2025-01-04 09:00"),
        "canceled_at": at("2024-12-20"),
    }
    account.versions[-1] |= account.rows["subscription"][-1]


@oddity("S6", "2024-01..2024-08 80.00")
def ended_first(account: Account) -> None:
    """He ended on 18 September, before the day of his notice."""
    account.customer("ended_first")
    ended = {"status": "canceled", "ended_at": at("2024-09-18"), "cancel_at": at("2024-11-04")}
    account.subscription("ended_first", "2024-01-04 09:00", ("2024-09-18", ended))
    account.item("ended_first", "price_80", 1, "2024-01-04 09:00")
    account.bill("ended_first", "price_80", 1, 8000, "2024-01-04 09:00", 9)


@oddity("S6", "2024-01..2024-11 80.00")
def period_end(account: Account) -> None:
    """He ends with his period, and the item alone says when that is: 20 December."""
    account.customer("period_end")
    notice = {"cancel_at_period_end": True, "canceled_at": at("2024-11-25")}
    account.subscription("period_end", "2024-01-20", ("2024-11-25", notice))
    span = {"current_period_start": at("2024-11-20"), "current_period_end": at("2024-12-20")}
    account.item("period_end", "price_80", 1, "2024-01-20", **span)
    account.bill("period_end", "price_80", 1, 8000, "2024-01-20", 11)


# --- trials -----------------------------------------------------------------------------------


@oddity("S7", "2024-02..2024-12 80.00")
def trialist(account: Account) -> None:
    """A trial from the first day until 13 February."""
    account.customer("trialist")
    trial = {"trial_start": at("2024-01-14"), "trial_end": at("2024-02-13")}
    account.subscription(
        "trialist", "2024-01-14", ("2024-02-13", {"status": "active"}), status="trialing", **trial
    )
    account.item("trialist", "price_80", 1, "2024-01-14")
    account.bill("trialist", "price_80", 1, 0, "2024-01-14", days=30)
    account.bill("trialist", "price_80", 1, 8000, "2024-02-13", 11)


@oddity("S7", "")
def undecided(account: Account) -> None:
    """He is on trial still."""
    account.customer("undecided")
    trial = {"trial_start": at("2024-12-20"), "trial_end": at("2025-01-19"), "status": "trialing"}
    account.subscription("undecided", "2024-12-20", **trial)
    account.item("undecided", "price_80", 1, "2024-12-20")
    account.bill("undecided", "price_80", 1, 0, "2024-12-20", days=30)


@oddity("S7", "2024-01..2024-05 80.00; 2024-07..2024-12 80.00")
def courtesy(account: Account) -> None:
    """A trial given in June, until 20 July: a pause, and nothing before it is lost."""
    account.customer("courtesy")
    trial = {"trial_start": at("2024-06-04 09:00"), "trial_end": at("2024-07-20 09:00")}
    given = trial | {"status": "trialing"}
    account.subscription(
        "courtesy",
        "2024-01-04 09:00",
        ("2024-06-04 09:00", given),
        ("2024-07-20 09:00", {"status": "active"}),
    )
    account.item("courtesy", "price_80", 1, "2024-01-04 09:00")
    account.bill("courtesy", "price_80", 1, 8000, "2024-01-04 09:00", 5)
    account.bill("courtesy", "price_80", 1, 0, "2024-06-04 09:00", days=46)
    account.bill("courtesy", "price_80", 1, 8000, "2024-07-20 09:00", 6)


# --- pauses -----------------------------------------------------------------------------------

VOID = {"pause_collection": {"behavior": "void", "resumes_at": None}}
LOSS = {"pause_collection": {"behavior": "mark_uncollectible", "resumes_at": at("2025-02-01")}}
DRAFT = {"pause_collection": {"behavior": "keep_as_draft", "resumes_at": None}}
RESUMED = {"pause_collection": {"behavior": None, "resumes_at": None}}


def paused(account: Account, name: str, *changes: tuple[str, dict], **first) -> None:
    """A customer of 80 a month from 4 January on, whose subscription has these versions."""
    account.customer(name)
    account.subscription(name, "2024-01-04 09:00", *changes, **first)
    account.item(name, "price_80", 1, "2024-01-04 09:00")


@oddity(
    "S16",
    "2024-01..2024-02 80.00; 2024-06..2024-12 80.00",
    dlt="2024-01..2024-03 80.00; 2024-06..2024-12 80.00",
    airbyte="2024-01..2024-03 80.00; 2024-06..2024-12 80.00",
)
def rested(account: Account) -> None:
    """Versions pause him from 20 March to 2 June, void invoices from 4 April to 4 June."""
    paused(account, "rested", ("2024-03-20", VOID), ("2024-06-02", RESUMED))
    account.bill("rested", "price_80", 1, 8000, "2024-01-04 09:00", 3)
    account.bill("rested", "price_80", 1, 8000, "2024-04-04 09:00", 2, status="void")
    account.bill("rested", "price_80", 1, 8000, "2024-06-04 09:00", 7)


@oddity(
    "S16", "2024-01..2024-09 80.00", dlt="2024-01..2024-10 80.00", airbyte="2024-01..2024-10 80.00"
)
def written_off(account: Account) -> None:
    """Paused since 25 October, and to resume in February; an invoice says so from 4 November."""
    paused(account, "written_off", ("2024-10-25", LOSS))
    account.bill("written_off", "price_80", 1, 8000, "2024-01-04 09:00", 10)
    account.bill("written_off", "price_80", 1, 8000, "2024-11-04 09:00", 2, status="uncollectible")


@oddity("S16", "2024-01..2024-07 80.00; 2024-10..2024-12 80.00")
def resynced(account: Account) -> None:
    """The first version is a pause that a re-sync wrote, and void invoices tell of August on."""
    paused(account, "resynced", ("2024-10-02", RESUMED), **VOID)
    account.bill("resynced", "price_80", 1, 8000, "2024-01-04 09:00", 7)
    account.bill("resynced", "price_80", 1, 8000, "2024-08-04 09:00", 2, status="void")
    account.bill("resynced", "price_80", 1, 8000, "2024-10-04 09:00", 3)


@oddity("S16", "2024-01..2024-12 80.00")
def drafted(account: Account) -> None:
    """Invoices kept as drafts are owed, so this is no pause."""
    paused(account, "drafted", ("2024-05-06", DRAFT), ("2024-08-01", RESUMED))
    account.bill("drafted", "price_80", 1, 8000, "2024-01-04 09:00", 5)
    account.bill("drafted", "price_80", 1, 8000, "2024-06-04 09:00", 2, status="draft")
    account.bill("drafted", "price_80", 1, 8000, "2024-08-04 09:00", 5)


@oddity(
    "S16",
    "2024-01..2024-05 80.00; 2024-09..2024-12 80.00",
    dlt="2024-01..2024-12 80.00",
    airbyte="2024-01..2024-12 80.00",
)
def suspended(account: Account) -> None:
    """His status was `paused` from June to September, in which nothing was invoiced."""
    account_versions = ("2024-06-01", {"status": "paused"}), ("2024-09-03", {"status": "active"})
    paused(account, "suspended", *account_versions)
    account.bill("suspended", "price_80", 1, 8000, "2024-01-04 09:00", 5)
    account.bill("suspended", "price_80", 1, 8000, "2024-09-04 09:00", 4)


# --- who is left, and who pays late -----------------------------------------------------------


@oddity("S17", "2024-01..2024-06 44.00")
def erased(account: Account) -> None:
    """He left in July. Since then he, his price and his product were deleted."""
    account.add("product", id="prod_gone", name="Old desk", unit_label="seat", is_deleted=True)
    account.price("price_gone", 4400, product="prod_gone", is_deleted=True, active=False)
    account.customer("erased", is_deleted=True)
    ended = {"status": "canceled", "ended_at": at("2024-07-19 12:00")}
    account.subscription("erased", "2024-01-19 12:00", ("2024-07-19 12:00", ended))
    account.item("erased", "price_gone", 1, "2024-01-19 12:00")
    account.bill("erased", "price_gone", 1, 4400, "2024-01-19 12:00", 6)


@oddity("S18", "")
def onlooker(account: Account) -> None:
    """A customer without a subscription is no account, and earns nothing."""
    account.customer("onlooker")


@oddity("S20", "2024-01..2024-12 160.00")
def late(account: Account) -> None:
    """One subscription is past due, another unpaid; both are in."""
    account.customer("late")
    for name, status in (("late", "past_due"), ("late_too", "unpaid")):
        account.subscription(
            name, "2024-01-04 09:00", ("2024-11-05", {"status": status}), owner="late"
        )
        account.item(name, "price_80", 1, "2024-01-04 09:00")
        account.bill(name, "price_80", 1, 8000, "2024-01-04 09:00", 10)
        account.bill(name, "price_80", 1, 8000, "2024-11-04 09:00", 2, status="open")
