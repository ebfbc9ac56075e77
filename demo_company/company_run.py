"""From population to files: this module simulates and writes one chunk of accounts at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa

from .billing import write_contract_rows, write_invoices, write_plans, write_rates
from .company import Case
from .contracts import Clerk
from .crm import write_account, write_churn_reasons, write_contacts, write_pulses, write_signals
from .dirt import soil
from .dirt_catalogue import USAGE_DIRT, Ledger
from .life import simulate_life
from .params import CompanyParams
from .population import build_population
from .product import write_features, write_limits, write_milestones, write_users
from .sales import write_opportunities, write_tasks
from .scenarios import place_scenarios
from .service import write_activities, write_objectives, write_surveys, write_tickets
from .tables import EVENTS_TABLE, TABLES, USAGE_TABLE
from .team import assign, build_team, write_team
from .timeline import Timeline
from .truths import Truths, add_case, open_truths
from .usage import as_events, simulate_usage
from .usage_dirt import soil_usage
from .usage_events import EventParts, event_scale
from .writer import Sink, UsageWriter, usage_table

CHUNK_ACCOUNTS = 200
"""Number of accounts whose usage is in memory at once."""


def _write_rows(sink: Sink, case: Case) -> None:
    """All rows of one account except its usage."""
    add = sink.add
    write_account(add, case)
    write_contacts(add, case)
    late = write_invoices(add, case.account, case.book, case.life, case.seed, case.timeline)
    write_contract_rows(add, case.account, case.book, case.seed, case.timeline, late)
    write_users(add, case)
    for write in (
        write_activities,
        write_signals,
        write_pulses,
        write_opportunities,
        write_churn_reasons,
        write_objectives,
        write_tasks,
        write_limits,
        write_milestones,
        write_tickets,
        write_surveys,
    ):
        write(add, case)


def _chunks(cases: list[Case]) -> Iterator[list[Case]]:
    for start in range(0, len(cases), CHUNK_ACCOUNTS):
        yield cases[start : start + CHUNK_ACCOUNTS]


def _cases(
    seed: int, accounts: int, timeline: Timeline, params: CompanyParams, sink: Sink
) -> tuple[list[Case], Truths]:
    """Every account with its life and contracts, and the planted truths."""
    population = build_population(seed, accounts, timeline, params)
    lives = [simulate_life(account, seed, timeline, params) for account in population]
    sets = max(1, round(accounts / 340))
    scenarios = place_scenarios(seed, population, lives, timeline, sets)
    team = build_team(timeline, sets)
    write_team(sink.add, team, seed)
    truths = open_truths(timeline, scenarios)
    cases = []
    for account, life in zip(population, lives, strict=True):
        book = Clerk(account, life, seed, timeline, params).run()
        case = Case(
            account, life, book, assign(account, book, team, seed, timeline), timeline, seed
        )
        add_case(truths, case, params.usage)
        cases.append(case)
    return cases, truths


def run(
    seed: int,
    accounts: int,
    months: int,
    out: Path,
    end: date,
    file_format: str,
    dirt: bool,
    events_rows: int | None,
    earlier_months: int | None = None,
) -> tuple[dict[str, int], Ledger, dict[str, Path], Truths]:
    """Generate the company. Returns rows by table, dirt counts, files by table, and truths."""
    if events_rows is not None and file_format != "parquet":
        raise ValueError("events_rows needs file_format='parquet'")
    out.mkdir(parents=True, exist_ok=True)
    params = CompanyParams()
    earlier = params.acquisition.earlier_months if earlier_months is None else earlier_months
    timeline = Timeline(end, months, earlier)
    sink = Sink(out, file_format, as_texts=dirt)
    cases, truths = _cases(seed, accounts, timeline, params, sink)
    write_plans(sink.add)
    write_rates(sink.add, seed, timeline)
    write_features(sink.add)

    usage_rows, ledger = 0, {}
    parts = None if events_rows is None else EventParts(out, timeline)
    daily = UsageWriter(out) if parts is None else None
    for number, chunk in enumerate(_chunks(cases)):
        for case in chunk:
            _write_rows(sink, case)
        if parts is not None:
            if number == 0:
                parts.scale = event_scale(cases, params.usage, events_rows)
            for case in chunk:
                parts.add(case, simulate_usage(case, params.usage, parts.scale))
            parts.flush()
            continue
        blocks = []
        for case in chunk:
            rows = simulate_usage(case, params.usage)
            if rows is None or not len(rows):
                continue
            if case.account.feed == "events":
                for event in as_events(rows, case):
                    sink.add(EVENTS_TABLE, *event)
            else:
                blocks.append(rows)
        if blocks:
            table = usage_table(blocks)
            if dirt and number == 0:
                table = pa.concat_tables([t for t in soil_usage(table, timeline)])
                ledger.update(USAGE_DIRT)
            daily.write(table)
    if daily is not None:
        daily.close()
        usage_rows = daily.rows
    if parts is not None:
        parts.close()
        ledger[(EVENTS_TABLE, "duplicate")] = parts.redelivered
    if dirt:
        ledger.update(soil(sink, timeline))
    sink.close()
    rows = {**sink.counts, USAGE_TABLE: usage_rows}
    if parts is not None:
        rows[EVENTS_TABLE] = parts.rows
    return rows, ledger, _files(out, file_format), truths


def _files(out: Path, file_format: str) -> dict[str, Path]:
    files = {}
    for table in TABLES:
        for name in (f"{table}.{file_format}", f"{table}.parquet", table):
            if (out / name).exists():
                files[table] = out / name
                break
    return files
