"""From decisions to contracts: subscriptions, the history of their lines, terms and pauses."""

from __future__ import annotations

from dataclasses import replace

from .book import Book, Change, Item, ItemRow, Subscription
from .catalogue import POORER, RICHER, Line, first_order, interval_months, new_add_on
from .life import Decision, Life, Period, next_term_end
from .params import CompanyParams
from .population import Account
from .streams import Draw
from .timeline import Timeline, add_months


class Clerk:
    """Updates the contracts of one account with each decision."""

    def __init__(
        self, account: Account, life: Life, seed: int, timeline: Timeline, params: CompanyParams
    ) -> None:
        """Begin the contracts of one account."""
        self.account, self.life = account, life
        self.timeline, self.dynamics = timeline, params.dynamics
        self.draw = Draw(seed, "contracts", account.number)
        self.book = Book()
        self.main: Subscription | None = None
        self.items_made = 0
        self.lists_terms = account.kind == "base" or self.draw.chance(0.8)

    # -- building blocks ------------------------------------------------------------------------

    def _open(self, day: int, lines: list[Line], renews: str | None = None) -> Subscription:
        account = self.account
        number = len(self.book.subscriptions) + 1
        sub = Subscription(
            f"sub_{account.number:05d}_{number}",
            day,
            account.deal.term_months,
            renews=renews,
            auto_renew=self.draw.chance(0.8),
        )
        if account.deal.amount_only:
            monthly = sum(line.per_interval() for line in lines) / interval_months(account)
            sub.amount = round(monthly, 2)
            sub.amount_seats = int(sum(x.quantity for x in lines if x.unit == "seat"))
        else:
            for line in lines:
                self._add_item(sub, day, line)
        sub.plan = next((x.plan for x in lines if x.unit == "seat"), lines[0].plan)
        self.book.subscriptions.append(sub)
        return sub

    def _add_item(self, sub: Subscription, day: int, line: Line) -> None:
        self.items_made += 1
        item_id = f"itm_{self.account.number:05d}_{self.items_made}"
        sub.items.append(Item(item_id, [ItemRow(day, line)]))

    def _amend(self, item: Item, day: int, line: Line) -> None:
        """A new row of a line from a day on."""
        if line == item.line:
            return
        last = item.rows[-1]
        if last.start == day:
            last.line = line
            return
        if self.account.deal.closes_rows:
            last.end = day
        item.rows.append(ItemRow(day, line))

    def _live(self, day: int) -> list[Subscription]:
        return [s for s in self.book.subscriptions if s.live(day) and s.end is None]

    def _items(self, day: int) -> list[tuple[Subscription, Item]]:
        return [
            (s, i)
            for s in self._live(day)
            for i in s.items
            if i.closed is None and i.rows[-1].start <= day
        ]

    def _lines(self, sub: Subscription) -> list[Line]:
        return [i.line for i in sub.items if i.closed is None]

    # -- periods --------------------------------------------------------------------------------

    def _begin(self, period: Period, first: bool, lines: list[Line]) -> None:
        account, deal = self.account, self.account.deal
        previous = self.book.subscriptions[-1].subscription_id if not first else None
        renews = previous if previous and self.draw.chance(0.4) else None
        self.main = self._open(period.start, lines, renews)
        if first and deal.trial_days:
            self.main.trial_end = period.start + deal.trial_days
        if self.lists_terms and self._term_length():
            end = next_term_end(account, period.start, first, period.start + 1)
            late = self.draw.integer(1, 9) if self.draw.chance(0.12) else 0
            self.main.terms.append((period.start, end, period.start + late, self.main.auto_renew))

    def _term_length(self) -> int | None:
        months = self.account.deal.term_months
        return months if months and months > 1 else None

    def _finish(self, period: Period) -> None:
        known = period.notice if period.notice is not None else period.end
        if period.end is None or known > self.timeline.end_day:
            return
        for sub in self._live(period.end - 1):
            sub.end = period.end
            sub.notice = period.notice
            if self.account.kind == "trial_only" and sub.notice is None:
                sub.notice = max(sub.start, period.end - 3)
            if sub.notice is not None:
                sub.notice = max(sub.notice, sub.start)

    # -- renewals and price -----------------------------------------------------------------------

    def _price_rise(self) -> float:
        if self.draw.chance(self.dynamics.price_rise_share):
            return 1 + self.draw.uniform(*self.dynamics.price_rise)
        return 1.0

    def _raised(self, line: Line, factor: float) -> Line:
        if line.discount_amount and self.draw.chance(0.3):
            line = replace(line, discount_amount=0.0)
        return line.with_price(factor)

    def _replace_main(self, day: int, lines: list[Line], links: bool, notice: bool) -> None:
        """End the main subscription and start another on the same day."""
        old = self.main
        old.end, old.renewed = day, not notice
        old.notice = max(old.start, day - 7) if notice else None
        self.main = self._open(day, lines, old.subscription_id if links else None)

    def _renew(self, day: int) -> None:
        """A term ends and the next begins."""
        if self.main is None or self.main.end is not None:
            return
        before = self.book.monthly(self.account, day - 1) * 12
        factor, months = self._price_rise(), self._term_length()
        if self.account.deal.amount_only:
            old = self.main
            self._replace_main(
                day, [Line("prod_core", old.plan, "seat", old.amount_seats or 1, 0)], True, False
            )
            self.main.amount = round(old.amount * factor, 2)
        elif self.draw.chance(self.dynamics.renews_into_new_subscription):
            lines = [self._raised(line, factor) for line in self._lines(self.main)]
            self._replace_main(day, lines, True, False)
        else:
            for item in self.main.items:
                if item.closed is None:
                    self._amend(item, day, self._raised(item.line, factor))
        if months and self.lists_terms:
            self._sign(day, months)
        self.book.changes.append(
            Change(day, "renewal", before, self.book.monthly(self.account, day) * 12)
        )

    def _sign(self, day: int, months: int) -> None:
        timing = self.draw.rng.random()
        ahead = self.draw.integer(30, 85) if timing < 0.42 else self.draw.integer(1, 29)
        signed = day - ahead if timing < 0.85 else day + self.draw.integer(1, 9)
        signed = max(signed, self.main.start)
        self.main.terms.append((day, add_months(day, months), signed, self.main.auto_renew))

    def _sign_ahead(self, day: int) -> None:
        """A term that begins after the end of the data may be signed already."""
        months = self._term_length()
        if months and self.lists_terms and self.main and self.main.end is None:
            ahead = self.draw.integer(20, 80)
            if (
                self.draw.chance(0.5)
                and day - ahead <= self.timeline.end_day
                and (day - ahead > self.main.start)
            ):
                self.main.terms.append(
                    (day, add_months(day, months), day - ahead, self.main.auto_renew)
                )

    # -- decisions ------------------------------------------------------------------------------

    def _apply(self, decision: Decision) -> None:
        day = decision.day
        if self.main is None or self.main.end is not None or day <= self.main.start:
            return
        if self.main.trial_end is not None and day <= self.main.trial_end:
            return
        before = self.book.monthly(self.account, day - 1) * 12
        if self.account.deal.amount_only:
            self._apply_to_amount(decision)
        else:
            getattr(self, f"_{decision.kind}")(day, decision.size)
        after = self.book.monthly(self.account, day) * 12
        if abs(after - before) > 1:
            self.book.changes.append(Change(day, decision.kind, before, after))

    def _apply_to_amount(self, decision: Decision) -> None:
        """Without items a change is a new subscription from the same day on."""
        old = self.main
        if decision.day < old.start + 60 or decision.kind not in ("seat_rise", "seat_cut"):
            return
        sign = 1 if decision.kind == "seat_rise" else -1
        seats = max(1, round((old.amount_seats or 4) * (1 + sign * decision.size)))
        if seats == old.amount_seats:
            return
        links = self.draw.chance(0.6)
        self._replace_main(
            decision.day, [Line("prod_core", old.plan, "seat", seats, 0)], links, not links
        )
        self.main.amount = round(old.amount * seats / (old.amount_seats or 4), 2)
        if old.terms:
            _, end, _, renews = old.terms[-1]
            if decision.day < end:
                self.main.terms.append((decision.day, end, decision.day, renews))

    def _seats(self, day: int, share: float) -> None:
        for _, item in self._items(day):
            line = item.line
            if line.unit == "seat":
                step = max(1, round(line.quantity * abs(share)))
                quantity = max(1, line.quantity + (step if share > 0 else -step))
                factor = quantity / line.quantity
                amount = round(line.discount_amount * factor, 2)
                self._amend(item, day, replace(line, quantity=quantity, discount_amount=amount))
                return

    def _seat_rise(self, day: int, size: float) -> None:
        self._seats(day, size)

    def _seat_cut(self, day: int, size: float) -> None:
        self._seats(day, -size)

    def _move_plan(self, day: int, ladder: dict[str, str], factor: float) -> bool:
        options = [(s, i) for s, i in self._items(day) if i.line.plan in ladder]
        if not options:
            return False
        _, item = options[0] if self.draw.chance(0.75) else self.draw.pick(options)
        line = item.line.with_price(factor)
        self._amend(item, day, replace(line, plan=ladder[item.line.plan]))
        if self.main and item.line.unit == "seat":
            self.main.plan = item.line.plan
        return True

    def _upgrade(self, day: int, size: float) -> None:
        if not self._move_plan(day, RICHER, 1 + 0.45 * size + 0.06):
            self._seats(day, size)

    def _downgrade(self, day: int, size: float) -> None:
        if not self._move_plan(day, POORER, 1 - 0.4 * size - 0.06):
            self._seats(day, -size)

    def _concession(self, day: int, size: float) -> None:
        for _, item in self._items(day):
            line = item.line
            if line.unit == "seat" and line.discount_percent < 35:
                percent = line.discount_percent + round(size * 40 / 2.5) * 2.5
                self._amend(item, day, replace(line, discount_percent=percent, temporary=False))
                return

    def _drop(self, day: int, size: float) -> None:
        options = [
            (s, i)
            for s, i in self._items(day)
            if i.line.unit != "seat"
            and i.line.product != "prod_platform"
            and i.rows[-1].start < day
        ]
        if not options:
            self._seats(day, -size)
            return
        sub, item = self.draw.pick(options)
        if sub is not self.main and len(self._lines(sub)) == 1:
            sub.end, sub.notice = day, max(sub.start, day - 30)
        item.closed = item.rows[-1].end = day

    def _add_on(self, day: int, size: float) -> None:
        owned = {item.line.product for _, item in self._items(day)}
        monthly = self.book.arr_usd(self.account, day) / 12
        line = new_add_on(self.account, owned, monthly, self.draw)
        if line is None:
            self._seats(day, size)
        elif self.draw.chance(0.25):  # sold as a subscription of its own
            main, self.main = self.main, None
            extra = self._open(day, [line])
            extra.term_months, extra.auto_renew = None, True
            self.main = main
        else:
            self._add_item(self.main, day, line)

    def _unit_rise(self, day: int, size: float) -> None:
        for _, item in self._items(day):
            if item.line.unit == "usage":
                quantity = round(item.line.quantity * (1 + 1.5 * size))
                self._amend(item, day, replace(item.line, quantity=quantity))
                return
        self._seats(day, size)

    def _discount_ends(self, day: int) -> None:
        for _, item in self._items(day):
            if item.line.temporary:
                self._amend(item, day, replace(item.line, discount_percent=0.0, temporary=False))

    def _swap(self, day: int) -> None:
        """End the main subscription in mid-term, and open another within a day."""
        if self.main is None or self.main.end is not None or self.account.deal.amount_only:
            return
        old = self.main
        self._replace_main(day, self._lines(old), self.draw.chance(0.5), True)
        if old.terms and old.terms[-1][1] > day:
            self.main.terms.append((day, old.terms[-1][1], day, old.terms[-1][3]))

    # -- the whole ------------------------------------------------------------------------------

    def _agenda(self, period: Period, first: bool) -> list[tuple[int, int, str, Decision | None]]:
        end_day = self.timeline.end_day
        stop = min(period.end or end_day + 1, end_day + 1)
        agenda: list[tuple[int, int, str, Decision | None]] = []
        term_end = next_term_end(self.account, period.start, first, period.start + 1)
        while term_end is not None and term_end < stop:
            agenda.append((term_end, 0, "renew", None))
            term_end = add_months(term_end, self.account.deal.term_months)
        if term_end is not None and period.end is None:
            agenda.append((term_end, 4, "ahead", None))
        if term_end is None and self.draw.chance(0.6):
            year = add_months(period.start, 12)
            while year < stop and not self.account.deal.amount_only:
                agenda.append((year, 0, "renew", None))
                year = add_months(year, 12)
        if first and self.account.deal.temporary_months:
            begins = period.start + self.account.deal.trial_days
            agenda.append(
                (add_months(begins, self.account.deal.temporary_months), 1, "discount", None)
            )
        agenda += [
            (d.day, 2, "decision", d) for d in self.life.decisions if period.start < d.day < stop
        ]
        agenda += [(day, 3, "swap", None) for day in self.life.swaps if period.start < day < stop]
        due = [entry for entry in agenda if entry[0] < stop or entry[2] == "ahead"]
        return sorted(due, key=lambda entry: entry[:2])

    def run(self) -> Book:
        """The contracts of the account over the timeline."""
        lines = first_order(self.account, self.draw) if self.life.periods else []
        for index, period in enumerate(self.life.periods):
            if index:
                lines = [
                    replace(
                        line,
                        discount_percent=0.0,
                        temporary=False,
                        quantity=max(1, round(line.quantity * 0.9)),
                    )
                    for line in lines
                ]
            self._begin(period, index == 0, lines)
            for day, _, what, decision in self._agenda(period, index == 0):
                if what == "decision":
                    self._apply(decision)
                elif what == "renew":
                    self._renew(day)
                elif what == "discount":
                    self._discount_ends(day)
                elif what == "swap":
                    self._swap(day)
                else:
                    self._sign_ahead(day)
            lines = self._lines(self.main) or lines
            self._finish(period)
        for day in self.life.orders_ahead:
            self._add_on(day, 0.2)
        self._place_pauses()
        return self.book

    def _place_pauses(self) -> None:
        for start, end in self.life.pauses:
            for sub in self.book.subscriptions:
                if sub.live(start):
                    sub.pauses.append((start, end))
