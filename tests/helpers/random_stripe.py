"""Random Stripe accounts whose MRR is known from the life that made them, not from their rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

from reference.lines import to_cents
from stripe_account import SYNCED, Account, later
from stripe_traps import AS_OF, Ledger

RATES = {"usd": Fraction(1), "eur": Fraction("1.1"), "krw": Fraction("0.0008")}
MINOR = {"usd": 100, "eur": 100, "krw": 1}
MAIN, EXTRA = "main", "extra"
Change = tuple[datetime, dict[str, int]]


@dataclass
class Life:
    """A subscription as it was: prices of its items, what they held, and what stopped revenue."""

    name: str
    currency: str
    months: int
    units: dict[str, int]  # minor units
    anchor: datetime
    start: datetime
    end: datetime = datetime.max
    changes: list[Change] = field(default_factory=list)
    paused: list[tuple[datetime, datetime]] = field(default_factory=list)
    periods: list[datetime] = field(default_factory=list)
    discount: tuple[str, int, datetime, datetime | None, str] | None = None
    has_unbilled: bool = False

    def held(self, moment: datetime) -> dict[str, int]:
        """The quantities of its items at a moment."""
        held: dict[str, int] = {}
        for when, quantities in self.changes:
            if when <= moment:
                held |= quantities
        return {item: quantity for item, quantity in held.items() if quantity}

    def mrr(self, day: date) -> Decimal:
        """What it earns on a day, in USD."""
        if not self.anchor.date() <= day < self.end.date():
            return Decimal(0)
        if any(first.date() <= day < until.date() for first, until in self.paused):
            return Decimal(0)
        held = self.held(datetime.combine(day, datetime.max.time()))
        bills = {item: Fraction(self.units[item] * held[item]) for item in held}
        percent, amount = self._off(day)
        bills = {item: bill * (1 - Fraction(percent, 100)) for item, bill in bills.items()}
        total = sum(bills.values())
        money = Decimal(0)
        for bill in bills.values():
            left = bill - min(amount * bill / total, bill) if total else bill
            monthly = left / MINOR[self.currency] / self.months * RATES[self.currency]
            money += to_cents(float(monthly))
        return money

    def _off(self, day: date) -> tuple[int, int]:
        """Percent and minor units that the day's period has off."""
        if self.discount is None:
            return 0, 0
        kind, off, start, end, duration = self.discount
        first = max(period.date() for period in self.periods if period.date() <= day)
        holds = start.date() <= first and (end is None or first < end.date())
        if duration == "once":
            later_ones = [p.date() for p in self.periods if p.date() >= start.date()]
            holds = holds and first == later_ones[0]
        if not holds:
            return 0, 0
        return (off, 0) if kind == "percent_off" else (0, off)


def random_stripe(seed: int, customers: int = 40) -> tuple[Account, Ledger, set[str]]:
    """An account, its MRR by customer and month, and the customers with an unbilled change."""
    dice, account = Random(seed), Account()
    account.add("product", id="prod_seat", name="Desk", unit_label="seat", livemode=True)
    ledger: Ledger = defaultdict(Decimal)
    unbilled = set()
    for number in range(customers):
        account.customer(f"c{number}", is_deleted=dice.random() < 0.05)
        for extra in range(1 if dice.random() < 0.85 else 2):
            life = _life(dice, account, f"c{number}_{extra}", f"c{number}")
            if life.has_unbilled:
                unbilled.add(f"cus_c{number}")
            month = date(2023, 1, 1)
            while month <= AS_OF:
                following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
                mrr = life.mrr(min(following - timedelta(days=1), AS_OF))
                if mrr:
                    ledger[f"cus_c{number}", month] += mrr
                month = following
    return account, dict(ledger), unbilled


def _life(dice: Random, account: Account, name: str, owner: str) -> Life:
    months = dice.choice((1, 1, 1, 3, 12))
    currency = dice.choice(("usd", "usd", "eur", "krw"))
    anchor = datetime(2023, 2, 1) + timedelta(days=dice.randrange(600))
    anchor = anchor.replace(
        day=dice.randint(1, 28), hour=dice.randrange(1, 23), minute=dice.randrange(60)
    )
    trial = dice.choice((0, 0, 14, 30))
    units = {MAIN: dice.randint(5, 90) * 100, EXTRA: dice.randint(3, 40) * 100}
    life = Life(name, currency, months, units, anchor, anchor - timedelta(days=trial))
    for item, unit in units.items():
        price = {"currency": currency, "tiers_mode": None}
        account.price(f"price_{name}_{item}", unit, every=f"{months} month", **price)
    life.changes.append((life.start, {MAIN: dice.randint(1, 30)}))
    _Biller(dice, account, life, owner).run()
    return life


@dataclass
class _Biller:
    """Lives a life period by period and bills it as Stripe does."""

    dice: Random
    account: Account
    life: Life
    owner: str
    versions: list[tuple[datetime, dict]] = field(default_factory=list)
    charges: list[tuple] = field(default_factory=list)  # the lines, before their subscription
    pending: list[tuple] = field(default_factory=list)
    extra_item: int = 0
    created: dict[str, datetime] = field(default_factory=dict)

    def run(self) -> None:
        life, dice = self.life, self.dice
        self.created[MAIN] = life.start
        if life.start < life.anchor:
            self._charge(
                self._item_id(MAIN),
                life.changes[0][1][MAIN],
                0,
                (life.start, life.anchor),
                life.start,
            )
            self.versions.append((life.anchor, {"status": "active"}))
        self._plan_end()
        period, resumes = life.anchor, None
        while period < min(SYNCED, life.end):
            until = later(period, months=life.months)
            life.periods.append(period)
            if resumes is None and dice.random() < 0.04 and len(life.periods) > 1:
                resumes = later(period, months=life.months * dice.randint(1, 3))
                life.paused.append((period, resumes))
                self._version(period, pause_collection={"behavior": "void", "resumes_at": None})
            elif resumes and period >= resumes:
                resumes = None
                self._version(period, pause_collection={"behavior": None, "resumes_at": None})
            self._bill_period(period, until, "void" if resumes else "paid")
            if resumes is None:
                self._change(period, until)
            period = until
        self._give_discount()
        self._write()

    def _plan_end(self) -> None:
        life = self.life
        if self.dice.random() < 0.3:
            periods = self.dice.randint(1, max(1, 20 // life.months))
            end = later(life.anchor, months=periods * life.months)
            if self.dice.random() < 0.4:
                end -= timedelta(days=self.dice.randint(1, 20), hours=1)
            life.end = max(end, life.anchor + timedelta(days=2))

    def _version(self, moment: datetime, **changed: object) -> None:
        self.versions.append((moment, changed))

    def _bill_period(self, period: datetime, until: datetime, status: str) -> None:
        for line in self.pending:
            self._charge(*line, period, proration=True, status=status)
        self.pending = []
        for item, quantity in self.life.held(period).items():
            amount = quantity * self.life.units[item]
            self._charge(
                self._item_id(item), quantity, amount, (period, until), period, status=status
            )
        self._version(period + timedelta(seconds=3), latest_invoice=f"in_at_{period:%Y%m%d}")

    def _change(self, period: datetime, until: datetime) -> None:
        """One or two changes within a period; one that no invoice bills only of the quantity."""
        is_last = until >= min(SYNCED, self.life.end)
        for _ in range(1 if is_last else 2):
            room = int((min(until, SYNCED, self.life.end) - period).total_seconds()) - 90_000
            if self.dice.random() > 0.2 or room < 200_000:
                continue
            moment = period + timedelta(seconds=self.dice.randrange(90_000, room))
            held = self.life.held(moment)
            at_once = self.dice.random() < 0.4
            is_unbilled = is_last and not at_once
            turns = EXTRA if self.dice.random() < 0.35 and not is_unbilled else MAIN
            wanted = self.dice.randint(1, 30)
            if turns == EXTRA:
                wanted = 0 if EXTRA in held else self.dice.randint(1, 5)
            is_late = moment > max(when for when, _ in self.life.changes)
            if is_late and wanted != held.get(turns, 0) and not (is_unbilled and EXTRA in held):
                self.life.has_unbilled = self.life.has_unbilled or is_unbilled
                lines = self._turn(turns, held.get(turns, 0), wanted, moment, (period, until))
                for line in lines if at_once else ():
                    self._charge(*line, moment, proration=True)
                self.pending += () if at_once else lines

    def _turn(
        self, item: str, before: int, wanted: int, moment: datetime, span: tuple[datetime, datetime]
    ) -> list[tuple]:
        """Change a quantity; the credit and the charge for the rest of the period."""
        share = (span[1] - moment) / (span[1] - span[0])
        lines = []
        for sign, quantity in ((-1, before), (1, wanted)):
            if item == EXTRA and sign == 1 and wanted:
                self.extra_item += 1
                self.created[EXTRA] = moment
            if quantity:
                amount = sign * round(quantity * self.life.units[item] * share)
                lines.append((self._item_id(item), quantity, amount, (moment, span[1])))
        self.life.changes.append((moment, {item: wanted}))
        held = self.life.held(moment)
        self._version(moment, quantity=None if len(held) > 1 else held[MAIN])
        return lines

    def _charge(
        self,
        item_id: str,
        quantity: int,
        amount: int,
        span: tuple[datetime, datetime],
        invoiced: datetime,
        proration: bool = False,
        status: str = "paid",
    ) -> None:
        line = (item_id, quantity, amount, span, invoiced, proration, status)
        self.charges.append(line)

    def _give_discount(self) -> None:
        life, dice = self.life, self.dice
        if dice.random() > 0.35 or not life.periods:
            return
        start = life.anchor + timedelta(days=dice.choice((0, 0, 5)))
        duration = dice.choice(("forever", "repeating", "once"))
        end = later(start.replace(day=min(start.day, 28)), 4) if duration == "repeating" else None
        kind = dice.choice(("percent_off", "amount_off"))
        off = dice.choice((10, 25, 50)) if kind == "percent_off" else dice.choice((1000, 9000))
        life.discount = (kind, off, start, end, duration)

    def _write(self) -> None:
        life, account = self.life, self.account
        first = life.changes[0][1][MAIN]
        trial = {"trial_start": life.start, "trial_end": life.anchor, "status": "trialing"}
        if life.end <= SYNCED:
            self._version(life.end, status="canceled", ended_at=life.end, canceled_at=life.end)
        elif life.end < datetime.max:
            self._version(SYNCED - timedelta(days=1), cancel_at=life.end)
        known = sorted(self.versions, key=lambda each: each[0])
        changes = [(str(moment), row) for moment, row in known if moment <= SYNCED]
        more = trial if life.start < life.anchor else {}
        account.subscription(
            life.name, str(life.start), *changes, owner=self.owner, quantity=first, **more
        )
        for item, quantity in life.held(min(life.end, SYNCED)).items():
            item_id = self._item_id(item)
            price = f"price_{life.name}_{item}"
            created = str(self.created[item])
            account.item(life.name, price, quantity, created, item_id=item_id)
        turns = {life.start, *life.periods}
        for item_id, quantity, amount, span, invoiced, proration, status in self.charges:
            kind = MAIN if item_id.endswith(MAIN) else EXTRA
            reason = {} if invoiced in turns else {"billing_reason": "subscription_update"}
            invoice = account.invoice(life.name, invoiced, status=status, **reason)
            account.line(
                life.name,
                f"price_{life.name}_{kind}",
                quantity,
                amount,
                span,
                invoice,
                proration=proration,
                currency=life.currency,
                subscription_item=item_id,
                type="invoiceitem" if proration else "subscription",
            )
        if life.discount:
            kind, off, start, end, duration = life.discount
            coupon = {"percent_off": None, "amount_off": None, "duration": duration}
            coupon |= {kind: off, "currency": life.currency if kind == "amount_off" else None}
            account.add("coupon", id=f"coupon_{life.name}", livemode=True, **coupon)
            account.add(
                self.dice.choice(("discount", "subscription_discount")),
                id=f"di_{life.name}",
                coupon=f"coupon_{life.name}",
                customer=f"cus_{self.owner}",
                subscription=f"sub_{life.name}",
                type="SUBSCRIPTION",
                start=start,
                end=end,
            )

    def _item_id(self, item: str) -> str:
        name = f"si_{self.life.name}_{item}"
        return f"{name}_{self.extra_item}" if item == EXTRA else name
