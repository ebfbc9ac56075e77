"""The demo's raw files, judged and measured in plain Python, for the tests of demo_company."""

import csv
import json
import math
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
import yaml

from demo_company import (
    DEFAULT_END,
    DEMO_ACCOUNTS,
    DEMO_MONTHS,
    DEMO_SEED,
    generate,
)

PROJECT = Path(__file__).resolve().parents[2]
DEMO = PROJECT / "seeds" / "demo"
USAGE = "product_usage_daily"
MONTHS_OF = {
    "week": 12 / 52,
    "month": 1,
    "quarter": 3,
    "half_year": 6,
    "year": 12,
    "two_years": 24,
    "three_years": 36,
}
PRICED = (
    "billing_subscriptions",
    "billing_subscription_items",
    "billing_invoices",
    "crm_opportunities",
)


# -- reading ------------------------------------------------------------------------------------


def contract() -> dict[str, dict]:
    """Tables of the raw contract as the source files state them: name -> meta and columns."""
    tables = {}
    for path in sorted((PROJECT / "models" / "staging").glob("*/_*__sources.yml")):
        for source in yaml.safe_load(path.read_text())["sources"]:
            for table in source["tables"]:
                columns = {c["name"]: c["config"]["meta"] for c in table["columns"]}
                tables[f"{source['name']}_{table['name']}"] = {
                    **table["config"]["meta"],
                    "columns": columns,
                }
    return tables


# The log of published forecasts is the pipeline's own; no company has it among its extracts.
CONTRACT = {name: meta for name, meta in contract().items() if name != "pipeline_forecast_log"}
CSV_TABLES = sorted(set(CONTRACT) - {USAGE})


def read(folder: Path, table: str) -> list[dict[str, str | None]]:
    with open(folder / f"{table}.csv", encoding="utf-8", newline="") as file:
        return [{k: v.strip() or None for k, v in row.items()} for row in csv.DictReader(file)]


def parse(text: str, meta: dict):
    """A value in the contract's type; None where it does not parse."""
    kind = meta["type"]
    if kind in ("id", "text", "currency"):
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
    return max(full - (row["discount_amount"] or 0), 0.0)


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
        if table == "billing_subscription_items" and row["quantity"] * row["unit_amount"] < -1e-8:
            return "negative_mrr:unit_amount"
        return None

    def _judge(self, table: str) -> list[dict]:
        meta, seen, by_key = CONTRACT[table], set(), {}
        columns = meta["columns"]
        moments = (
            ["loaded_at"]
            if "loaded_at" in columns
            else [name for name in meta.get("known_at", "").split(" / ") if name in columns]
        )
        for raw in read(self.folder, table):
            text = json.dumps(raw)
            row = {n: parse(raw[n], m) if raw.get(n) else None for n, m in columns.items()}
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
            by_key[key] = max(
                by_key.get(key, ("", "", None, None)),
                (moment, text, raw, row),
                key=lambda entry: entry[:2],
            )
        accepted = [(raw, row) for _, _, raw, row in by_key.values()]
        if "series" in meta:
            accepted = self._without_overlaps(table, accepted)
        for raw, row in accepted:
            for name, value in row.items():
                if value is None and raw.get(name) is not None:
                    self.ledger[table, f"invalid:{name}"] += 1
        return [row for _, row in accepted]

    def _without_overlaps(self, table: str, rows: list[tuple]) -> list[tuple]:
        starts, ends = CONTRACT[table]["interval"]
        signed = CONTRACT[table].get("superseded_by")
        kept, latest, signatures = [], {}, {}
        for raw, row in sorted(rows, key=lambda pair: pair[1][starts]):
            series = tuple(row[name] for name in CONTRACT[table]["series"])
            signature = (signed and row[signed]) or row[starts]
            is_latest = signed and signature >= signatures.get(series, date.min)
            if row[starts] < latest.get(series, date.min) and not is_latest:
                self.ledger[table, f"overlap:{starts}"] += 1
                continue
            latest[series] = max(latest.get(series, date.min), row[ends] or date.min)
            signatures[series] = max(signatures.get(series, date.min), signature)
            kept.append((raw, row))
        return kept


# -- what the files say -------------------------------------------------------------------------


@pytest.fixture(scope="session")
def again(tmp_path_factory):
    """The demo, generated again with its fixed arguments."""
    out = tmp_path_factory.mktemp("again")
    return generate(DEMO_SEED, DEMO_ACCOUNTS, DEMO_MONTHS, out)


@pytest.fixture(scope="session")
def judged():
    return Judge(DEMO)


@pytest.fixture(scope="session")
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
                (row["paused_from"], row["resumed_on"] or date.max)
            )
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
                        sum(m for a, b, m in items if a <= day < b) if items else amount
                    )
        self.first = {
            a: next((k for k, m in enumerate(series) if m > 0), None)
            for a, series in self.mrr.items()
        }

    def pairs(self, start: int, end: int, low: float = 0, high: float = math.inf) -> list[tuple]:
        """(MRR then, MRR now) of accounts whose ARR was then within [low, high)."""
        return [
            (m[start], m[end])
            for m in self.mrr.values()
            if m[start] > 0 and low <= 12 * m[start] < high
        ]


def grr(pairs: list[tuple]) -> float:
    return sum(min(pair) for pair in pairs) / sum(before for before, _ in pairs)


@pytest.fixture(scope="session")
def revenue(judged):
    return Revenue(judged)


# -- the files ----------------------------------------------------------------------------------
