"""Segments of a company: touch score, touch tier and investment tier of each month."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil
from pathlib import Path

from .known import mean, ratio
from .lines import add_months
from .metrics import MONTHS_PER_YEAR, Measures
from .raw import Row
from .rules import POLICY, Bands, Number, exact, read_policy
from .use import Found, first_day

HUNDRED = 100
TEN = 10
HIGHEST = "high_touch"
# The columns of an assessment, by the signals of the policy.
ICP_SIGNALS = {
    "target_industry": "in_target_industry",
    "target_size": "in_target_size_range",
    "target_workflow": "uses_target_workflow",
    "executive_sponsor": "has_executive_sponsor",
    "advocates": "advocates_publicly",
    "expansion_potential": "expansion_potential_high",
    "competitor_concentration_low": "competitor_concentration_low",
}

AccountMonth = tuple[str, date]


@dataclass(frozen=True)
class SegmentRules:
    """Bands, weights and cuts of the touch score, and the floors of investment tiers."""

    weights: dict[str, Number]
    bands: dict[str, Bands]
    words: dict[str, Number]  # of growth_potential
    cuts: Bands
    settings: dict[str, Number]
    icp_weights: dict[str, Number]
    signals: dict[str, Number]
    gateway_days: int  # for which the first use of a gateway feature counts
    tiers: list[tuple[str, Number, Number]]  # investment tier, share and floor, highest first
    tier_rule: str  # arr or rank

    @classmethod
    def read(cls, folder: Path = POLICY) -> SegmentRules:
        """From the policy CSVs."""

        def numbers(name: str, key: str, value: str) -> dict[str, Number]:
            rows = read_policy(name, folder)
            return {row[key]: exact(row[value]) for row in rows if row[value]}

        bands: dict[str, list[tuple[Fraction, Number]]] = defaultdict(list)
        words = {}
        for row in read_policy("touch_score_bands", folder):
            if row["value_text"]:
                words[row["value_text"]] = exact(row["score"])
            else:
                bands[row["signal"]].append((Fraction(row["min_value"]), exact(row["score"])))
        cuts = numbers("touch_score_cuts", "tier", "min_score")
        tiers = [
            (row["tier"], exact(row["share"]), exact(row["min_arr"]))
            for row in read_policy("investment_tiers", folder)
        ]
        coverage = {
            row["setting"]: row["value"] for row in read_policy("coverage_settings", folder)
        }
        return cls(
            weights=numbers("touch_score_weights", "factor", "weight"),
            bands={signal: Bands.of(rows) for signal, rows in bands.items()},
            words=words,
            cuts=Bands.of([(Fraction(least), tier) for tier, least in cuts.items()]),
            settings=numbers("touch_score_settings", "setting", "value"),
            icp_weights=numbers("icp_weights", "signal", "weight"),
            signals=numbers("expansion_signals", "signal", "threshold"),
            gateway_days=int(
                numbers("expansion_signals", "signal", "window_days")["gateway_feature_used"]
            ),
            tiers=sorted(tiers, key=lambda tier: -tier[2]),
            tier_rule=coverage["investment_tier_rule"],
        )

    def band_score(self, signal: str, value: Number | None) -> Number | None:
        """What a signal is worth; without a value nothing."""
        return None if value is None else self.bands[signal].find(Fraction(value))


@dataclass(frozen=True)
class Touch:
    """The touch score at a month's end, and the tiers it gives."""

    score: Fraction
    raw_tier: str
    tier: str


class Segments:
    """The segments of a company's accounts, by what was known at each month's end."""

    def __init__(self, measures: Measures, rules: SegmentRules) -> None:
        """By the rules."""
        self.measures, self.rules = measures, rules
        self.known, self.company = measures.known, measures.company

    # --- what the touch score is made of --------------------------------------------------

    def icp_fit(self, account_id: str, day: date) -> Fraction | None:
        """0 to 10 by the latest assessment that assessed anything."""
        rows = self.known.rows("crm_icp_assessments", account_id, day)
        for row in sorted(rows, key=lambda row: row["assessed_on"], reverse=True):
            assessed = {
                weight: row[column]
                for weight, column in ICP_SIGNALS.items()
                if row[column] is not None
            }
            weights = self.rules.icp_weights
            whole = sum(weights[signal] for signal in assessed)
            if whole:
                return TEN * Fraction(sum(weights[s] for s in assessed if assessed[s]), whole)
        return None

    def _limit_share(self, account_id: str, day: date) -> Fraction | None:
        """The largest share of a limit in force that the last month that is over has used."""
        month = add_months((day + timedelta(days=1)).replace(day=1), -1)
        rows = self.known.rows("product_usage_limits", account_id, day)
        # A limit gives way to the next of its feature.
        latest = {
            row["feature_key"]: row for row in sorted(rows, key=lambda row: row["effective_from"])
        }
        shares = []
        for feature, row in latest.items():
            used = self.company.usage.units.get((account_id, feature, month))
            if used is not None and (row["effective_to"] or date.max) > day:
                shares.append(ratio(used, row["limit_quantity"]))
        return max((share for share in shares if share is not None), default=None)

    def _gateway_features(self, account_id: str, day: date) -> Fraction:
        listed = self.company.accepted.rows.get("product_features", [])
        gateways = {row["feature_key"] for row in listed if row["is_gateway"]}
        use, days = self.measures.use, timedelta(days=self.rules.gateway_days)
        recorded_from = use.carried["features"]
        firsts = (
            first_day(bits)
            for feature, bits in use.usage.features.get(account_id, {}).items()
            if feature in gateways and bits
        )
        # A use soon after the records begin may not be the first.
        return Fraction(
            sum(day - days < first <= day and first - recorded_from >= days for first in firsts)
        )

    def _users_beyond_seats(self, found: Found, account_id: str, day: date) -> Fraction | None:
        share = found.get("seat_utilization")
        return None if share is None else (share - 1) * self.company.seats(account_id, day)

    def open_signals(self, account_id: str, day: date) -> set[str]:
        """Expansion signals that are open on a day. None rests on health."""
        found = self.measures.use.metrics(account_id, day)
        values = {
            "limit_near": self._limit_share(account_id, day),
            "seats_nearly_full": found.get("seat_utilization"),
            "seats_exceeded": self._users_beyond_seats(found, account_id, day),
            "user_growth": found.get("user_growth"),
            "gateway_feature_used": self._gateway_features(account_id, day),
        }
        return {
            signal
            for signal, value in values.items()
            if value is not None and value >= self.rules.signals[signal]
        }

    def _complexity(self, account: Row, day: date) -> Fraction | None:
        contacts = None
        if self.known.first("crm_contacts") <= day:
            contacts = len(self.measures.present_contacts(account["account_id"], day))
        values = (
            ("integrations", account["integration_count"]),
            ("departments", account["department_count"]),
            ("contacts", contacts),
        )
        scores = [self.rules.band_score(signal, value) for signal, value in values]
        return mean(score for score in scores if score is not None)

    def _growth(self, account: Row, day: date) -> Number | None:
        is_open = bool(self.open_signals(account["account_id"], day))
        stated = self.rules.words.get(account["growth_potential"] or "")
        settings = self.rules.settings
        if stated is None:
            return settings["signal_alone_score"] if is_open else None
        return min(stated + (settings["signal_bonus"] if is_open else 0), HUNDRED)

    def _strategic(self, account: Row, day: date) -> Number | None:
        if account["is_strategic"]:
            return self.rules.settings["designated_score"]
        fit = self.icp_fit(account["account_id"], day)
        return None if fit is None else TEN * fit

    def touch_score(self, account_id: str, day: date, mrr: Decimal) -> Fraction:
        """The weighted mean of the factors that have data."""
        account = self.known.accounts[account_id]
        factors = {
            "arr": self.rules.band_score("arr", Fraction(MONTHS_PER_YEAR * mrr)),
            "complexity": self._complexity(account, day),
            "growth": self._growth(account, day),
            "strategic": self._strategic(account, day),
        }
        present = {name: score for name, score in factors.items() if score is not None}
        weights = self.rules.weights
        total = sum(weights[name] * score for name, score in present.items())
        return Fraction(total) / sum(weights[name] for name in present)

    # --- tiers ----------------------------------------------------------------------------

    def _is_far(self, score: Fraction) -> bool:
        """Whether a score lies far from every cut; the lowest tier's least value is none."""
        least = self.rules.settings["decisive_points"]
        return all(abs(score - cut) >= least for cut in self.rules.cuts.least[1:])

    def touch_tiers(self, scores: dict[date, Fraction], is_strategic: bool) -> dict[date, Touch]:
        """No cliffs: the raw tier of the latest month-end that is decisive."""
        cuts = self.rules.cuts
        raw = {
            month: cuts.results[max(bisect_right(cuts.least, score) - 1, 0)]
            for month, score in scores.items()
        }
        found: dict[date, Touch] = {}
        decided, in_a_row = "", 0
        for month, score in sorted(scores.items()):
            in_a_row = in_a_row + 1 if raw.get(add_months(month, -1)) == raw[month] else 1
            is_repeated = in_a_row >= self.rules.settings["decisive_month_ends"]
            if not decided or is_repeated or self._is_far(score):
                decided = raw[month]
            found[month] = Touch(score, raw[month], HIGHEST if is_strategic else decided)
        return found

    def _paid(self, month: date) -> dict[str, Decimal]:
        """MRR at the month's end of those who pay."""
        index = self.company.months.index(month)
        closings = {name: own[index] for name, own in self.company.closings.items()}
        return {name: mrr for name, mrr in closings.items() if mrr > 0}

    def touch(self) -> dict[AccountMonth, Touch]:
        """Every account and month in which it pays."""
        scores: dict[str, dict[date, Fraction]] = defaultdict(dict)
        for month in self.company.months:
            day = self.company.snapshot_day(month)
            for account_id, mrr in self._paid(month).items():
                scores[account_id][month] = self.touch_score(account_id, day, mrr)
        return {
            (account_id, month): touch
            for account_id, own in scores.items()
            for month, touch in self.touch_tiers(
                own, bool(self.known.accounts[account_id]["is_strategic"])
            ).items()
        }

    def rank(self, paid: dict[str, Decimal]) -> dict[str, str]:
        """Investment tiers by rank of ARR; who is below a floor falls to one that it meets."""
        ranked = sorted(paid, key=lambda account_id: (-paid[account_id], account_id))
        found = {}
        for position, account_id in enumerate(ranked, 1):
            share = Fraction(0)
            for tier, own_share, floor in self.rules.tiers:
                share += own_share
                holds = position <= ceil(share * len(ranked))
                if holds and MONTHS_PER_YEAR * paid[account_id] >= floor:
                    found[account_id] = tier
                    break
        return found

    def by_arr(self, mrr: Decimal) -> str:
        """The highest investment tier whose floor the ARR meets."""
        arr = MONTHS_PER_YEAR * mrr
        return next(tier for tier, _, floor in self.rules.tiers if arr >= floor)

    def investment(self) -> dict[AccountMonth, str]:
        """By the rule in use: the ARR of each month's end, or ranks that hold for a quarter."""
        if self.rules.tier_rule == "rank":
            return self._ranked()
        return {
            (account_id, month): self.by_arr(mrr)
            for month in self.company.months
            for account_id, mrr in self._paid(month).items()
        }

    def _ranked(self) -> dict[AccountMonth, str]:
        """Ranked at each quarter's end; who was not is ranked in its first month since."""
        found: dict[AccountMonth, str] = {}
        standing: dict[str, str] = {}
        for month in self.company.months:
            paid = self._paid(month)
            ranked = self.rank(paid)
            is_quarter_end = month.month % 3 == 0 and self.company.is_complete(month)
            standing = ranked if is_quarter_end else ranked | standing
            found.update({(account_id, month): standing[account_id] for account_id in paid})
        return found
