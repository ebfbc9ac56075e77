"""The committed demo: it regenerates byte for byte, holds what was planted, is as dirty as it says.

Everything here is measured on the raw files in plain Python, by rules read from the contract.
"""

import csv
import json
import math
import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
import yaml

from pipeline.generator import (
    DEFAULT_END,
    DEMO_ACCOUNTS,
    DEMO_MONTHS,
    DEMO_SEED,
    generate,
)

PROJECT = Path(__file__).resolve().parents[1]
DEMO = PROJECT / "seeds" / "demo"
USAGE = "product_usage_daily"
MONTHS_OF = {"week": 12 / 52, "month": 1, "quarter": 3, "half_year": 6, "year": 12, "two_years": 24,
             "three_years": 36}
PRICED = ("billing_subscriptions", "billing_subscription_items", "billing_invoices",
          "crm_opportunities")


# -- reading ------------------------------------------------------------------------------------


def contract() -> dict[str, dict]:
    """Tables of the raw contract as the source files state them: name -> meta and columns."""
    tables = {}
    for path in sorted((PROJECT / "models" / "staging").glob("*/_*__sources.yml")):
        for source in yaml.safe_load(path.read_text())["sources"]:
            for table in source["tables"]:
                columns = {c["name"]: c["config"]["meta"] for c in table["columns"]}
                tables[f"{source['name']}_{table['name']}"] = {
                    **table["config"]["meta"], "columns": columns}
    return tables


CONTRACT = contract()
CSV_TABLES = sorted(set(CONTRACT) - {USAGE})


def read(folder: Path, table: str) -> list[dict[str, str | None]]:
    with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
        return [{k: v.strip() or None for k, v in row.items()} for row in csv.DictReader(file)]


def parse(text: str, meta: dict):
    """A value in the contract's type; None where it does not parse."""
    kind = meta["type"]
    if kind in ("id", "text"):
        return text
    if kind == "enum":
        return text.lower() if text.lower() in meta["values"] else None
    if kind == "bool":
        known = {"true": True, "t": True, "1": True, "yes": True}
        return known.get(text.lower(), False if text.lower() in ("false", "f", "0", "no") else None)
    try:
        if kind in ("date", "timestamp"):
            moment = datetime.fromisoformat(text)
            if moment.tzinfo:
                moment = moment.astimezone(UTC).replace(tzinfo=None)
            return moment.date() if kind == "date" else moment
        number = float(text)
    except ValueError:
        return None
    low, high = meta.get("range") or (None, None)
    low, high = -math.inf if low is None else low, math.inf if high is None else high
    if not low <= number <= high or not math.isfinite(number):
        return None
    if kind == "int" and number != int(number):
        return None
    return int(number) if kind == "int" else number


def gross(row: dict) -> float:
    """The amount of an item row for one billing interval, in its currency."""
    full = row["quantity"] * row["unit_amount"] * (1 - (row["discount_percent"] or 0) / 100)
    return full - (row["discount_amount"] or 0)


class Judge:
    """Accepts, doubles or rejects every row of the demo by the contract, table after table."""

    def __init__(self, folder: Path):  # noqa: D107
        self.folder, self.ledger = folder, Counter()
        self.rows: dict[str, list[dict]] = {}
        self.known: dict[str, set] = {"account_id": set(), "subscription_id": set()}
        self.currencies = {"USD"}
        first = ["billing_exchange_rates", "crm_accounts", "billing_subscriptions"]
        for table in first + [t for t in CSV_TABLES if t not in first]:
            self.rows[table] = self._judge(table)
            if table == "billing_exchange_rates":
                self.currencies |= {row["currency"] for row in self.rows[table]}
            if table == "crm_accounts":
                self.known["account_id"] = {row["account_id"] for row in self.rows[table]}
            if table == "billing_subscriptions":
                self.known["subscription_id"] = {r["subscription_id"] for r in self.rows[table]}

    def _reason(self, table: str, raw: dict, row: dict) -> str | None:
        columns, latest = CONTRACT[table]["columns"], DEFAULT_END + timedelta(days=3660)
        required = {name: meta for name, meta in columns.items() if meta["required"]}
        for name in required:
            if raw[name] is None:
                return f"missing:{name}"
        for name, meta in required.items():
            if row[name] is None:
                return f"{'unknown_value' if meta['type'] == 'enum' else 'unparsable'}:{name}"
        for name, meta in required.items():
            if meta["type"] in ("date", "timestamp"):
                day = row[name] if meta["type"] == "date" else row[name].date()
                if not date(1990, 1, 1) <= day <= latest:
                    return f"out_of_range:{name}"
        for name, ids in self.known.items():
            if name in row and CONTRACT[table]["key"] != [name] and row[name] not in ids:
                return f"orphan:{name}"
        if "interval" in CONTRACT[table]:
            starts, ends = CONTRACT[table]["interval"]
            if row[ends] is not None and row[ends] < row[starts]:
                return f"interval_reversed:{ends}"
        if table in PRICED and row["currency"] and row["currency"] not in self.currencies:
            return "no_exchange_rate:currency"
        if table == "billing_subscriptions":
            if (row["mrr_amount"] or 0) < 0:
                return "negative_mrr:mrr_amount"
            if row["status"] in ("canceled", "expired") and row["ended_on"] is None:
                return "no_end_date:ended_on"
        if table == "billing_subscription_items" and gross(row) < -1e-8:
            return "negative_mrr:unit_amount"
        return None

    def _judge(self, table: str) -> list[dict]:
        meta, seen, by_key = CONTRACT[table], set(), {}
        columns = meta["columns"]
        moments = ["loaded_at"] if "loaded_at" in columns else [
            name for name in meta.get("known_at", "").split(" / ") if name in columns]
        for raw in read(self.folder, table):
            text = json.dumps(raw)
            row = {n: None if raw[n] is None else parse(raw[n], m) for n, m in columns.items()}
            if text in seen:
                self.ledger[table, "duplicate"] += 1
                continue
            seen.add(text)
            reason = self._reason(table, raw, row)
            if reason:
                self.ledger[table, reason] += 1
                continue
            key = tuple(row[name] for name in meta["key"])
            moment = next((str(row[m]) for m in moments if row[m] is not None), "")
            if key in by_key:
                self.ledger[table, "duplicate"] += 1
            by_key[key] = max(by_key.get(key, ("", "", None, None)), (moment, text, raw, row),
                              key=lambda entry: entry[:2])
        accepted = [(raw, row) for _, _, raw, row in by_key.values()]
        if "series" in meta:
            accepted = self._without_overlaps(table, accepted)
        for raw, row in accepted:
            for name, value in row.items():
                if value is None and raw[name] is not None:
                    self.ledger[table, f"invalid:{name}"] += 1
        return [row for _, row in accepted]

    def _without_overlaps(self, table: str, rows: list[tuple]) -> list[tuple]:
        starts, ends = CONTRACT[table]["interval"]
        kept, latest = [], {}
        for raw, row in sorted(rows, key=lambda pair: pair[1][starts]):
            series = tuple(row[name] for name in CONTRACT[table]["series"])
            if row[starts] < latest.get(series, date.min):
                self.ledger[table, f"overlap:{starts}"] += 1
                continue
            latest[series] = max(latest.get(series, date.min), row[ends] or date.min)
            kept.append((raw, row))
        return kept


# -- what the files say -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    """The demo, generated anew with its fixed arguments."""
    out = tmp_path_factory.mktemp("again")
    return generate(DEMO_SEED, DEMO_ACCOUNTS, DEMO_MONTHS, out)


@pytest.fixture(scope="module")
def judged():
    return Judge(DEMO)


@pytest.fixture(scope="module")
def usage():
    connection = duckdb.connect()
    connection.execute(f"""
        create table visits as select distinct account_id, user_id, usage_on
        from '{DEMO / USAGE}.parquet'
        where feature_key = 'login' and usage_on between '2000-01-01' and '2050-01-01'""")
    return connection


def month_ends() -> list[date]:
    ends, day = [], DEFAULT_END.replace(day=1)
    for _ in range(DEMO_MONTHS):
        ends.append(day - timedelta(days=1))
        day = ends[-1].replace(day=1)
    return ends[::-1]


class Revenue:
    """MRR in USD by account and month-end, at the rates of the end's first of January."""

    def __init__(self, judged: Judge):  # noqa: D107
        self.ends, rows = month_ends(), judged.rows
        rates = {"USD": 1.0}
        for rate in sorted(rows["billing_exchange_rates"], key=lambda r: r["rate_on"]):
            if rate["rate_on"] <= DEFAULT_END.replace(month=1, day=1):
                rates[rate["currency"]] = rate["rate_to_reporting"]
        lines, pauses = defaultdict(list), defaultdict(list)
        for row in sorted(rows["billing_subscription_items"], key=lambda r: r["effective_from"]):
            lines[row["subscription_id"], row["item_id"]].append(row)
        for row in rows["billing_subscription_pauses"]:
            pauses[row["subscription_id"]].append(
                (row["paused_from"], row["resumed_on"] or date.max))
        in_force = defaultdict(list)
        for (sub, _), history in lines.items():
            for row, following in zip(history, [*history[1:], None], strict=True):
                stop = following["effective_from"] if following else date.max
                stop = row["effective_to"] or stop
                months = MONTHS_OF[row["billing_interval"]] * (row["billing_interval_count"] or 1)
                rate = rates[row["currency"] or "USD"]
                in_force[sub].append((row["effective_from"], stop, gross(row) / months * rate))
        self.mrr = {row["account_id"]: [0.0] * len(self.ends) for row in rows["crm_accounts"]}
        for sub in rows["billing_subscriptions"]:
            items, key = in_force[sub["subscription_id"]], sub["subscription_id"]
            amount = (sub["mrr_amount"] or 0) * rates[sub["currency"] or "USD"]
            start = max(sub["started_on"], sub["trial_ends_on"] or date.min)
            for place, day in enumerate(self.ends):
                paused = any(a <= day < b for a, b in pauses[key])
                if start <= day < (sub["ended_on"] or date.max) and not paused:
                    self.mrr[sub["account_id"]][place] += (
                        sum(m for a, b, m in items if a <= day < b) if items else amount)
        self.first = {a: next((k for k, m in enumerate(series) if m > 0), None)
                      for a, series in self.mrr.items()}

    def pairs(self, start: int, end: int, low: float = 0, high: float = math.inf) -> list[tuple]:
        """(MRR then, MRR now) of accounts whose ARR was then within [low, high)."""
        return [(m[start], m[end]) for m in self.mrr.values()
                if m[start] > 0 and low <= 12 * m[start] < high]


def grr(pairs: list[tuple]) -> float:
    return sum(min(pair) for pair in pairs) / sum(before for before, _ in pairs)


@pytest.fixture(scope="module")
def revenue(judged):
    return Revenue(judged)


# -- the files ----------------------------------------------------------------------------------


def test_the_fixed_arguments_give_the_committed_files(again):
    made = {path.name for path in again.out.iterdir()}
    there = {path.name for path in DEMO.iterdir() if path.suffix in (".csv", ".parquet")}
    assert made == there
    differing = [n for n in sorted(made) if (again.out / n).read_bytes() != (DEMO / n).read_bytes()]
    assert differing == [], "run: python -m pipeline generate with the fixed arguments"


def test_seeds_differ_and_repeat(tmp_path):
    folders = [tmp_path / name for name in ("seven", "seven_again", "eight")]
    for folder, seed in zip(folders, (7, 7, 8), strict=True):
        generate(seed, 25, 14, folder)
    for path in sorted(folders[0].iterdir()):
        same, other = folders[1] / path.name, folders[2] / path.name
        assert path.read_bytes() == same.read_bytes(), path.name
        if path.stem not in ("billing_plans", "product_features"):
            assert path.read_bytes() != other.read_bytes(), path.name


def test_headers_are_the_contract(again):
    assert set(again.rows) == set(CONTRACT)
    for table in CSV_TABLES:
        with open(DEMO / f"{table}.csv", encoding="utf-8") as file:
            header = file.readline().rstrip("\n").split(",")
        assert header == list(CONTRACT[table]["columns"]), table
    assert pq.read_schema(DEMO / f"{USAGE}.parquet").names == list(CONTRACT[USAGE]["columns"])


def test_files_stay_small_and_plain(again):
    files = [DEMO / f"{table}.csv" for table in CSV_TABLES]
    assert sum(path.stat().st_size for path in files) < 5_000_000
    assert sum(again.rows[table] for table in CSV_TABLES) < 45_000
    assert again.rows["product_events"] < 5_000
    assert (DEMO / f"{USAGE}.parquet").stat().st_size < 5_000_000
    assert pq.read_metadata(DEMO / f"{USAGE}.parquet").num_rows == again.rows[USAGE] < 1_500_000
    for path in files:
        assert b"\r" not in path.read_bytes(), path.name
    offsets = [r["created_at"] for r in read(DEMO, "support_tickets")
               if re.search(r"[+-]\d\d:\d\d$", r["created_at"])]
    assert len(offsets) > 20


def test_parquet_holds_the_same_company(tmp_path):
    for form in ("csv", "parquet"):
        for dirty in (True, False):
            generate(5, 20, 14, tmp_path / f"{form}{dirty}", file_format=form, dirt=dirty)
    typed = duckdb.sql(f"select * from '{tmp_path}/parquetFalse/billing_invoices.parquet'")
    assert {t.id for t in typed.types} >= {"date", "double"}
    for dirty in (True, False):
        for table in CSV_TABLES:
            kind = f"{tmp_path}/parquet{dirty}/{table}.parquet"
            count = duckdb.sql(f"select count(*) from '{kind}'").fetchone()[0]
            assert count == len(read(tmp_path / f"csv{dirty}", table)), table


def test_raw_events_come_in_parts_of_about_the_size_asked_for(tmp_path):
    made = generate(5, 25, 14, tmp_path, file_format="parquet", dirt=False, events_rows=60_000)
    parts = duckdb.sql(f"select count(*), count(distinct event_id), max(occurred_at) "
                       f"from '{tmp_path}/product_events/*.parquet'").fetchone()
    assert parts[0] == parts[1] == made.rows["product_events"]
    assert 40_000 < parts[0] < 90_000
    assert parts[2].date() <= DEFAULT_END
    assert USAGE not in made.files


# -- dirt and truth to the contract --------------------------------------------------------------


def test_dirt_is_counted_to_the_row(again, judged):
    planted = {key: n for key, n in again.dirt.items() if key[0] != USAGE}
    assert dict(judged.ledger) == planted
    for table in CSV_TABLES:
        rejected = sum(n for (name, reason), n in planted.items()
                       if name == table and reason != "duplicate" and "invalid:" not in reason)
        assert rejected <= 10 or rejected <= again.rows[table] / 100, table


def test_every_kind_of_dirt_is_there(again):
    rules = {reason.split(":")[0] for _, reason in again.dirt}
    assert rules == {"duplicate", "missing", "unparsable", "unknown_value", "out_of_range",
                     "orphan", "interval_reversed", "overlap", "negative_mrr", "no_exchange_rate",
                     "no_end_date", "invalid"}


def test_dirt_of_daily_usage_is_counted_to_the_row(again):
    found = duckdb.sql(f"""
        select count(*) filter (feature_key is null), count(*) filter (account_id = 'acc_99999'),
            count(*) filter (year(usage_on) not between 1990 and 2036),
            count(*) - count(distinct (account_id, user_id, feature_key, usage_on))
        from '{DEMO / USAGE}.parquet'""").fetchone()
    planted = {reason: n for (table, reason), n in again.dirt.items() if table == USAGE}
    assert planted == {"missing:feature_key": found[0], "orphan:account_id": found[1],
                       "out_of_range:usage_on": found[2], "duplicate": found[3]}


def test_nothing_of_an_account_is_older_than_the_account(judged):
    created = {r["account_id"]: r["created_at"] for r in judged.rows["crm_accounts"]}
    owner = {r["subscription_id"]: r["account_id"] for r in judged.rows["billing_subscriptions"]}
    stage_of = {r["opportunity_id"]: r["account_id"] for r in judged.rows["crm_opportunities"]}
    for table, rows in judged.rows.items():
        columns = CONTRACT[table]["columns"].items()
        dates = [name for name, meta in columns if meta["type"] in ("date", "timestamp")]
        for row in rows:
            account = row.get("account_id") or owner.get(row.get("subscription_id"))
            account = account or stage_of.get(row.get("opportunity_id"))
            for name in dates:
                if account and row[name] is not None:
                    value = row[name]
                    if not isinstance(value, datetime):
                        value = datetime(value.year, value.month, value.day)
                    assert value >= created[account], (table, name, row)
    parents = {r["account_id"]: r["parent_account_id"] for r in judged.rows["crm_accounts"]}
    assert all(created[p] < created[a] for a, p in parents.items() if p)


def test_rows_are_not_known_before_what_they_point_at(judged):
    subs = {r["subscription_id"]: r for r in judged.rows["billing_subscriptions"]}
    for row in judged.rows["billing_subscription_items"]:
        assert row["effective_from"] >= subs[row["subscription_id"]]["started_on"]
    for row in judged.rows["billing_contract_terms"]:
        known = row["signed_on"] or row["term_start_on"]
        assert known >= subs[row["subscription_id"]]["started_on"]
    for row in judged.rows["billing_subscription_pauses"]:
        assert row["paused_from"] > subs[row["subscription_id"]]["started_on"]
    for sub in subs.values():
        if sub["canceled_on"]:
            assert sub["started_on"] <= sub["canceled_on"] <= sub["ended_on"]
        if sub["renews_subscription_id"]:
            assert subs[sub["renews_subscription_id"]]["started_on"] < sub["started_on"]
    opened = {r["opportunity_id"]: r for r in judged.rows["crm_opportunities"]}
    latest = {}
    for row in sorted(judged.rows["crm_opportunity_stages"], key=lambda r: r["entered_at"]):
        assert row["entered_at"] >= opened[row["opportunity_id"]]["created_at"]
        latest[row["opportunity_id"]] = row["stage"]
    assert all(opened[key]["stage"] == stage for key, stage in latest.items() if key in opened)


def test_what_has_happened_lies_before_the_end(judged, usage):
    """The day on which the warehouse looks at the world is the fixed last day, whenever it runs."""
    happened = {"support_tickets": ("created_at", "first_responded_at", "solved_at"),
                "feedback_survey_responses": ("responded_at",), "crm_signals": ("occurred_at",),
                "crm_activities": ("completed_at",), "billing_invoices": ("issued_on", "paid_on"),
                "crm_contacts": ("created_at", "departed_on"), "crm_pulses": ("recorded_at",),
                "product_users": ("created_at", "deactivated_at"),
                "product_events": ("occurred_at",), "product_milestones": ("achieved_at",),
                "crm_opportunities": ("created_at", "closed_on")}
    for table, names in happened.items():
        for row in judged.rows[table]:
            for name in names:
                day = row[name].date() if isinstance(row[name], datetime) else row[name]
                assert day is None or day <= DEFAULT_END, (table, row)
    assert usage.sql("select max(usage_on) from visits").fetchone()[0] == DEFAULT_END
    ahead = [r for r in judged.rows["crm_activities"]
             if r["status"] == "scheduled" and r["scheduled_at"].date() > DEFAULT_END]
    items = judged.rows["billing_subscription_items"]
    orders = [r for r in items if r["effective_from"] > DEFAULT_END]
    assert 5 <= len(ahead) <= 60
    assert 1 <= len(orders) <= 5


# -- the company ---------------------------------------------------------------------------------


def test_the_company_has_its_size(revenue, judged):
    active = [m[-1] * 12 for m in revenue.mrr.values() if m[-1] > 0]
    assert 325 <= len(active) <= 355
    assert 16.5e6 < sum(active) < 19.8e6
    assert 36 <= sum(a >= 150_000 for a in active) <= 44
    assert 108 <= sum(30_000 <= a < 150_000 for a in active) <= 132
    assert 168 <= sum(a < 30_000 for a in active) <= 192
    gone = [a for a in revenue.mrr if revenue.mrr[a][-1] == 0]
    assert 75 <= len(gone) <= 110
    team = [r for r in judged.rows["crm_team_members"] if r["left_on"] is None]
    roles = Counter(r["role"] for r in team)
    assert roles["csm"] + roles["senior_csm"] == 6
    assert roles["vp"] == 1


def test_retention_is_that_of_a_growing_firm(revenue):
    pairs = revenue.pairs(23, 35)
    assert 0.88 <= grr(pairs) <= 0.92
    assert 1.04 <= sum(b for _, b in pairs) / sum(a for a, _ in pairs) <= 1.12
    yearly = [sum(b > 0 for _, b in p) / len(p)
              for p in (revenue.pairs(0, 11), revenue.pairs(11, 23), revenue.pairs(23, 35))]
    assert 0.90 <= sum(yearly) / 3 <= 0.95


@pytest.mark.parametrize("end", [23, 35])
def test_small_accounts_are_the_leak(revenue, end):
    small = grr(revenue.pairs(end - 12, end, 0, 30_000))
    middle = grr(revenue.pairs(end - 12, end, 30_000, 150_000))
    large = grr(revenue.pairs(end - 12, end, 150_000))
    assert 0.72 <= small <= 0.82
    assert small < min(middle, large) - 0.06


@pytest.mark.parametrize("below", [15_000, 30_000])
def test_growth_hides_the_leak(revenue, below):
    """Small accounts that stay grow by more than the others lose: the leaky bucket."""
    pairs = revenue.pairs(23, 35, 0, below)
    assert grr(pairs) <= 0.82
    assert sum(b for _, b in pairs) / sum(a for a, _ in pairs) > 1.01


def test_two_adjacent_cohorts_retain_much_less(revenue, again):
    cohorts = defaultdict(list)
    for account, first in revenue.first.items():
        if first is not None and first + 6 < len(revenue.ends):
            end = revenue.ends[first]
            mrr = revenue.mrr[account]
            quarter = date(end.year, (end.month - 1) // 3 * 3 + 1, 1)
            cohorts[quarter].append((mrr[first], mrr[first + 6]))
    at_six = {quarter: grr(pairs) for quarter, pairs in sorted(cohorts.items())}
    poor = again.truths.degrading_cohort_quarters
    assert poor == (date(2025, 4, 1), date(2025, 7, 1))
    assert max(at_six[q] for q in poor) < min(g for q, g in at_six.items() if q not in poor) - 0.12
    assert min(len(cohorts[q]) for q in poor) >= 12
    last = list(at_six.values())[-8:]
    slope = sum((k - 3.5) * 100 * g for k, g in enumerate(last)) / 42
    assert slope < -0.5


def test_use_sinks_in_the_months_before_most_losses(again, usage):
    def logins(account: str, before: date) -> tuple[int, int]:
        query = ("select count(*) filter (usage_on >= ?::date - 30), "
                 "count(*) filter (usage_on < ?::date - 90) from visits "
                 "where account_id = ? and usage_on < ? and usage_on >= ?::date - 120")
        return usage.execute(query, [before, before, account, before, before]).fetchone()

    def sinks(cases: list[tuple[str, date]]) -> float:
        counts = [logins(account, day) for account, day in cases]
        counts = [(late, early) for late, early in counts if early >= 4]
        assert len(counts) >= 25
        return sum(late < 0.65 * early for late, early in counts) / len(counts)

    lost = {loss.account_id for loss in again.truths.losses}
    everyone = usage.sql("select distinct account_id from visits order by 1").fetchall()
    staying = [account for account, in everyone if account not in lost][::5]
    assert sinks([(loss.account_id, loss.ended_on) for loss in again.truths.losses]) > 0.70
    assert sinks([(account, date(2026, 5, 31)) for account in staying]) < 0.15


def test_a_departed_champion_triples_the_hazard(judged, again):
    departures = defaultdict(list)
    for row in judged.rows["crm_contacts"]:
        if row["departed_on"]:
            departures[row["account_id"]].append(row["departed_on"])
    planted = {(a, d) for a, d in again.truths.champion_departures}
    assert planted <= {(a, d) for a, days in departures.items() for d in days}

    def exposed(account: str, day: date) -> bool:
        return any(a == account and 30 <= (day - left).days <= 270 for a, left in planted)

    losses = {(loss.account_id, loss.ended_on) for loss in again.truths.losses}
    subs = defaultdict(list)
    for row in judged.rows["billing_subscriptions"]:
        subs[row["account_id"]].append((row["started_on"], row["ended_on"] or DEFAULT_END))
    months, churned = Counter(), Counter(exposed(a, d) for a, d in losses)
    prospects = {*again.truths.trials_lost, *again.truths.trials_running}
    for account, spans in subs.items():
        day, stop = min(s for s, _ in spans) + timedelta(75), max(e for _, e in spans)
        while day <= stop and account not in prospects:
            months[exposed(account, day)] += 1
            day += timedelta(days=30)
    ratio = (churned[True] / months[True]) / (churned[False] / months[False])
    assert 2.2 <= ratio <= 4.5
    heard = {r["account_id"] for r in judged.rows["crm_signals"]
             if r["signal_type"] == "champion_departed"}
    left = {account for account, _ in planted}
    assert len(heard & left) / len(left) >= 0.75


def test_signups_come_in_season(revenue):
    months = [revenue.ends[k].month for k in revenue.first.values() if k]
    assert sum(m in (10, 11, 12, 1, 2, 3) for m in months) / len(months) > 0.6


def test_contracts_change_in_every_way(judged):
    ranks = {r["plan_id"]: r["plan_rank"] for r in judged.rows["billing_plans"]}
    lines, products, kinds = defaultdict(list), defaultdict(set), Counter()
    subs = {r["subscription_id"]: r for r in judged.rows["billing_subscriptions"]}
    for row in sorted(judged.rows["billing_subscription_items"], key=lambda r: r["effective_from"]):
        lines[row["item_id"]].append(row)
        account = subs[row["subscription_id"]]["account_id"]
        sub_start = subs[row["subscription_id"]]["started_on"]
        if row["effective_from"] > sub_start and row["product_id"] not in products[account]:
            kinds["cross_sell"] += 1
        products[account].add(row["product_id"])
        kinds["temporary discount"] += bool(row["is_temporary_discount"])
        kinds["amount off"] += bool(row["discount_amount"])
        changed = len(lines[row["item_id"]]) > 1
        kinds["mid-month"] += changed and row["effective_from"].day not in (1, 2)
        kinds[row["billing_interval"]] += 1
        kinds[row["unit"] or "seat"] += 1
        kinds["currency " + (row["currency"] or "USD")] += 1
        ended = subs[row["subscription_id"]]["ended_on"]
        kinds["product_drop"] += bool(row["effective_to"]) and row["effective_to"] != ended
    for history in lines.values():
        for before, after in pairwise(history):
            kinds["open style"] += before["effective_to"] is None
            kinds["closed style"] += before["effective_to"] == after["effective_from"]
            kinds["seats up"] += after["quantity"] > before["quantity"]
            kinds["seats down"] += after["quantity"] < before["quantity"]
            same = all(after[n] == before[n] for n in ("quantity", "plan_id", "discount_percent"))
            kinds["price rise"] += same and after["unit_amount"] > before["unit_amount"]
            if before["plan_id"] != after["plan_id"]:
                higher = ranks[after["plan_id"]] > ranks[before["plan_id"]]
                kinds["upgrade" if higher else "downgrade"] += 1
    few = {"week": 3, "temporary discount": 10, "amount off": 10, "usage": 60, "three_years": 10,
           "currency EUR": 300, "currency GBP": 150, "price rise": 250, "seats up": 150,
           "seats down": 60, "upgrade": 30, "downgrade": 15, "cross_sell": 40, "product_drop": 15,
           "open style": 200, "closed style": 200, "mid-month": 300, "half_year": 20,
           "two_years": 20, "quarter": 100, "month": 100, "flat": 200}
    assert {kind: kinds[kind] for kind, least in few.items() if kinds[kind] < least} == {}
    assert all(r["currency"] != "USD" for r in judged.rows["billing_exchange_rates"])


def test_rare_histories_are_there(revenue, judged, again, usage):
    truths, last = again.truths, revenue.ends[-1]
    for account in truths.scenarios.paused_over_month_end:
        series = revenue.mrr[account]
        gap = [k for k, m in enumerate(series) if m == 0 and k > revenue.first[account]]
        assert gap, account
        assert series[-1] > 0, account
    subs = {r["subscription_id"]: r["account_id"] for r in judged.rows["billing_subscriptions"]}
    still = {subs[r["subscription_id"]] for r in judged.rows["billing_subscription_pauses"]
             if r["resumed_on"] is None and r["paused_from"] <= last}
    assert set(truths.scenarios.paused_at_end) | set(truths.scenarios.paused_then_ended) == still
    assert all(revenue.mrr[a][-1] == 0 for a in truths.scenarios.paused_at_end)
    assert len(truths.reactivated) >= 4
    for account in truths.reactivated:
        seen = [m > 0 for m in revenue.mrr[account]]
        assert "10" in "".join(str(int(s)) for s in seen), account
    by_account = defaultdict(list)
    for row in judged.rows["billing_subscriptions"]:
        by_account[row["account_id"]].append(row)
    for account in truths.scenarios.swapped:
        ended = {r["ended_on"] for r in by_account[account]}
        assert ended & {r["started_on"] for r in by_account[account]}, account
    users = {r["account_id"] for r in judged.rows["product_users"]}
    fed = {r[0] for r in usage.sql("select distinct account_id from visits").fetchall()}
    events = {r["account_id"] for r in judged.rows["product_events"]}
    assert len(truths.no_feed) >= 8
    assert not set(truths.no_feed) & (users | fed | events)
    assert set(truths.event_feed) == events
    assert len(events) == 5
    assert not events & fed
    assert len(truths.trials_running) == 3
    assert len(truths.trials_lost) >= 8
    assert len(truths.trials_converted) >= 15
    priced = {r["subscription_id"] for r in judged.rows["billing_subscription_items"]}
    plain = {r["account_id"] for r in judged.rows["billing_subscriptions"]
             if r["subscription_id"] not in priced and r["mrr_amount"]}
    assert plain == set(truths.amount_only)
    assert 15 <= len(plain) <= 28
    assert 8 <= len(truths.children) <= 40
    renewing = [r for r in judged.rows["billing_subscriptions"] if r["renews_subscription_id"]]
    assert len(renewing) >= 50


def test_losses_leave_their_traces(judged, again):
    losses = again.truths.losses
    explained = {}
    for row in judged.rows["crm_churn_reasons"]:
        explained.setdefault(row["account_id"], []).append(row["churned_on"])
    near = [any(abs((day - loss.ended_on).days) <= 21 for day in explained.get(loss.account_id, []))
            for loss in losses]
    assert 0.65 <= sum(near) / len(near) <= 0.97
    notice = [(loss.ended_on - loss.notice_on).days for loss in losses if loss.notice_on]
    assert sum(30 <= days <= 60 for days in notice) / len(losses) > 0.7
    unpaid = [r for r in judged.rows["billing_invoices"]
              if r["paid_on"] is None and r["status"] == "open" and r["due_on"] < DEFAULT_END]
    late = [r for r in judged.rows["billing_invoices"]
            if r["paid_on"] and (r["paid_on"] - r["due_on"]).days > 15]
    assert len(unpaid) >= 4
    assert len(late) >= 20
