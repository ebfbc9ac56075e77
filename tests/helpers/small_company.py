"""A small company as a finished build: true marts, made from a table of MRR by month."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb

from pipeline.settings import Settings
from pipeline.state import record_build, record_validation

FIRST_MONTH = date(2024, 1, 1)
PERSONAL = ("marts", "dim_contacts", "email")


@dataclass(frozen=True)
class Company:
    """Accounts with their MRR at each month's end from FIRST_MONTH on; the last month is open.

    `marker` stands in every table, so that a reader can tell two builds apart.
    """

    mrr: Mapping[str, Sequence[float]]
    marker: int = 1
    fx_rate_on: date = date(2025, 1, 1)
    emails: tuple[str | None, ...] = ("ada@example.com", "bob@example.com", None, "ada@example.com")
    padding_rows: int = 0
    extra_sql: tuple[str, ...] = field(default=())

    def with_mrr(self, **changed: Sequence[float]) -> "Company":
        """The same company with other MRR for some accounts."""
        return replace(self, mrr={**self.mrr, **changed})


ORDINARY = Company(
    mrr={
        "a": [100, 100, 150, 150, 150, 150, 150, 200, 200, 200, 200, 200, 200, 200, 205, 210],
        "b": [0, 50, 50, 50, 0, 0, 0, 60, 60, 60, 60, 0, 0, 0, 0, 0],
        "c": [0, 0, 500, 500, 500, 500, *[400] * 10],
        "d": [0, 0, 0, *[25.5] * 13],
        "e": [1000] * 16,
        "f": [0] * 16,
    }
)
NO_CHURN = Company(mrr={"a": [10] * 6, "b": [0, 20, 20, 20, 20, 20], "c": [0, 0, 0, 30, 30, 30]})
YOUNG = Company(mrr={"a": [10, 10]})


def write_build(path: Path, company: Company) -> None:
    """Write the company's marts, with the columns that publishing reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        months = max(len(values) for values in company.mrr.values())
        connection.execute("create table given (account_id varchar, n integer, mrr decimal(18, 2))")
        connection.executemany(
            "insert into given values (?, ?, ?)",
            [(name, n, v) for name, values in company.mrr.items() for n, v in enumerate(values)],
        )
        connection.execute("create table emails (contact_id integer, email varchar)")
        connection.executemany("insert into emails values (?, ?)", list(enumerate(company.emails)))
        for name, value in {
            "marker": company.marker,
            "first_month": f"date '{FIRST_MONTH}'",
            "open_month": f"date '{FIRST_MONTH}' + interval '{months - 1}' month",
            "fx_rate_on": f"date '{company.fx_rate_on}'",
            "padding_rows": company.padding_rows,
        }.items():
            connection.execute(f"set variable {name} = {value}")
        connection.execute(BUILD_SQL)
        for statement in company.extra_sql:
            connection.execute(statement)
        connection.execute("drop table given; drop table emails")
        for schema, table in connection.execute(
            "select table_schema, table_name from information_schema.tables "
            "where table_schema in ('marts', 'quality')"
        ).fetchall():
            connection.execute(f"alter table {schema}.{table} add column marker integer")
            connection.execute(f"update {schema}.{table} set marker = getvariable('marker')")


def make_build(
    settings: Settings, company: Company, build_id: str = "test", raw_source: str = "demo"
) -> None:
    """Let the company stand as a build that `run` made and validated."""
    write_build(settings.build_file, company)
    settings.target_dir.mkdir(parents=True, exist_ok=True)
    schema, table, column = PERSONAL
    node = {
        "resource_type": "model",
        "schema": schema,
        "alias": table,
        "columns": {"contact_id": {"meta": {}}, column: {"config": {"meta": {"pii": True}}}},
    }
    manifest = {"nodes": {"model.x": node}}
    (settings.target_dir / "manifest.json").write_text(json.dumps(manifest))
    state = record_build(settings, build_id, "2026-01-01T00:00:00", raw_source)
    record_validation(settings, state)


BUILD_SQL = """
create schema marts; create schema quality; create schema intermediate; create schema raw_demo;
create table raw_demo.crm_accounts as select distinct account_id from given;
create table intermediate.int_run_context as
select cast(getvariable('open_month') as date) + 14 as as_of_date,
    cast(getvariable('open_month') - interval '1' month as date) as last_complete_month,
    'USD' as reporting_currency, getvariable('fx_rate_on') as fx_rate_on;

create table marts.dim_dates as
select day::date as date_day, date_trunc('month', day)::date as month,
    date_trunc('quarter', day)::date as quarter, year(day)::int as year,
    day = last_day(day) as is_month_end, date_trunc('month', day) < getvariable('open_month')
        as is_complete_month
from range(getvariable('first_month'), getvariable('open_month') + interval '1' month,
    interval '1' day) as days (day);

create table marts.fct_mrr_monthly as
with spans as (
    select account_id, min(n) as first_n, max(n) + 1 as last_n from given where mrr > 0 group by 1
),
ledger as (
    select account_id, (getvariable('first_month') + n * interval '1' month)::date as month, mrr,
        coalesce(lag(mrr) over (partition by account_id order by n), 0) as opening,
        n = first_n as is_first
    from given inner join spans using (account_id)
    where n between first_n and last_n
)
select account_id, month, opening as opening_mrr,
    case when is_first then mrr else 0 end as new_mrr,
    case when opening = 0 and not is_first then mrr else 0 end as reactivation_mrr,
    case when opening > 0 and mrr > opening then mrr - opening else 0 end as expansion_mrr,
    case when mrr > 0 and mrr < opening then opening - mrr else 0 end as contraction_mrr,
    case when mrr = 0 then opening else 0 end as churn_mrr,
    mrr as closing_mrr, mrr as reported_closing_mrr, (12 * mrr)::decimal(18, 2) as arr,
    mrr > 0 as is_active, false as is_paused, month < getvariable('open_month') as is_complete_month
from ledger;

create table marts.fct_retention as
with windows as (
    select w as window_months, month as end_month,
        (month - w * interval '1' month)::date as start_month
    from (values (1), (3), (12)) as lengths (w)
    cross join (select distinct month from marts.dim_dates where is_complete_month
        and month >= (select min(month) from marts.fct_mrr_monthly)) as months
),
bases as (
    select window_months, end_month, s.account_id, s.closing_mrr as starting,
        coalesce(e.closing_mrr, 0) as ending
    from windows
    left join marts.fct_mrr_monthly as s on s.month = start_month and s.closing_mrr > 0
    left join marts.fct_mrr_monthly as e on e.month = end_month and e.account_id = s.account_id
),
sums as (
    select window_months, end_month as month, 'all' as segment_type, 'all' as segment,
        coalesce(sum(starting), 0)::decimal(18, 2) as starting_mrr,
        coalesce(sum(case when ending = 0 then starting end), 0)::decimal(18, 2) as churn_mrr,
        coalesce(sum(case when ending > 0 then greatest(starting - ending, 0) end), 0)
            ::decimal(18, 2) as contraction_mrr,
        coalesce(sum(greatest(ending - starting, 0)), 0)::decimal(18, 2) as expansion_mrr,
        coalesce(sum(ending), 0)::decimal(18, 2) as ending_mrr,
        count(account_id) as starting_accounts, count_if(ending > 0) as retained_accounts
    from bases group by all
)
select *,
    (starting_mrr - churn_mrr - contraction_mrr)::double / nullif(starting_mrr, 0)::double as grr,
    ending_mrr::double / nullif(starting_mrr, 0)::double as nrr,
    retained_accounts::double / nullif(starting_accounts, 0) as logo_retention
from sums;

create table marts.fct_cohort_retention as
with members as (
    select account_id, month as first_month, new_mrr, grain as cohort_grain,
        case grain when 'month' then month else date_trunc('quarter', month)::date end as cohort
    from marts.fct_mrr_monthly cross join (values ('month'), ('quarter')) as grains (grain)
    where new_mrr > 0
),
cohorts as (
    select cohort_grain, cohort, max(first_month) as last_month, count(*) as cohort_accounts,
        sum(new_mrr) as cohort_mrr
    from members group by all
),
ages as (
    select cohorts.*, age::int as age_months from cohorts cross join range(0, 40) as ages (age)
    where last_month + age * interval '1' month < getvariable('open_month') and (
        cohort_grain = 'month' or cohort + interval '2' month < getvariable('open_month')
    )
)
select cohort_grain, cohort, 'all' as segment_type, 'all' as segment, age_months, cohort_accounts,
    cohort_mrr::decimal(18, 2) as cohort_mrr, count_if(f.closing_mrr > 0) as retained_accounts,
    coalesce(sum(f.closing_mrr), 0)::decimal(18, 2) as retained_mrr,
    count_if(f.closing_mrr > 0) / cohort_accounts as logo_retention,
    coalesce(sum(case when f.closing_mrr > 0 then least(f.closing_mrr, m.new_mrr) end), 0)::double
        / cohort_mrr::double as grr,
    coalesce(sum(f.closing_mrr), 0)::double / cohort_mrr::double as nrr
from ages
left join members as m using (cohort_grain, cohort)
left join marts.fct_mrr_monthly as f
    on f.account_id = m.account_id and f.month = m.first_month + age_months * interval '1' month
group by cohort_grain, cohort, age_months, ages.cohort_accounts, ages.cohort_mrr;

create table marts.rpt_leakage_points as
with losses as (
    select date_trunc('quarter', month)::date as quarter,
        unnest(['pricing', 'contraction']) as reason_category,
        unnest([churn_mrr, contraction_mrr]) as lost_mrr
    from marts.fct_retention where window_months = 12 and segment_type = 'all'
    qualify month = max(month) over ()
)
select quarter, 'all' as segment_type, 'all' as segment,
    row_number() over (order by lost_mrr desc)::int as rank, 'arr_tier' as tier_scheme,
    'arr_15k_100k' as tier, reason_category, lost_mrr,
    lost_mrr::double / (sum(lost_mrr) over ())::double as share_of_lost, 1::bigint as accounts
from losses where lost_mrr > 0;

create table marts.dim_accounts as
with latest as (
    select account_id, max_by(closing_mrr, month) as mrr, min(month) as first_month
    from marts.fct_mrr_monthly group by 1
)
select g.account_id, 'Account ' || g.account_id as account_name,
    coalesce(l.mrr, 0)::decimal(18, 2) as mrr, (12 * coalesce(l.mrr, 0))::decimal(18, 2) as arr,
    case when l.mrr > 0 then 'active' when l.first_month is not null then 'churned'
        else 'prospect' end as status,
    l.first_month as customer_since, l.first_month as first_mrr_month,
    case when g.account_id <> 'd' then 'm1' end as csm_id,
    case when g.account_id <> 'd' then 'Mia One' end as csm_name,
    case when l.mrr > 0 then 70.0::double end as health_score,
    case when l.mrr > 0 then 'stable' end as health_status,
    case when l.mrr > 0 then 'low_touch' end as touch_tier,
    case when l.mrr > 0 then 'none' end as renewal_risk_level,
    case when l.mrr > 0 then (getvariable('open_month') + interval '2' month)::date
        end as next_renewal_on,
    'USD' as reporting_currency
from (select distinct account_id from given) as g
left join latest as l using (account_id);

create table marts.fct_leading_indicators (
    snapshot_date date, account_id varchar, indicator varchar
);
create table marts.rpt_csm_worklist (account_id varchar, action varchar, due_on date);
create table marts.dim_labels (domain varchar, code varchar, label varchar, sort_order integer);
insert into marts.dim_labels values
    ('health_status', 'healthy', 'Healthy', 1), ('health_status', 'stable', 'Stable', 2),
    ('health_status', 'at_risk', 'At risk', 3), ('health_status', 'critical', 'Critical', 4),
    ('health_status', 'emergency', 'Emergency', 5), ('health_status', 'unscored', 'Unscored', 6),
    ('risk_level', 'none', 'None', 1), ('risk_level', 'elevated', 'Elevated', 2),
    ('risk_level', 'high', 'High', 3), ('risk_level', 'critical', 'Critical', 4),
    ('risk_level', 'emergency', 'Emergency', 5);

create table marts.fct_health_scores as
select account_id, as_of_date as snapshot_date, 70.0::double as health_score,
    'stable' as health_status, 'Loses points on CSAT (18.0).' as drivers, true as is_active_scheme
from marts.dim_accounts cross join intermediate.int_run_context where mrr > 0;

create table marts.dim_contacts as
with people as (
    select contact_id, 'a' as account_id, email from emails
    union all
    select 1000 + i, 'a', 'p' || i || '@example.com'
    from range(getvariable('padding_rows')) as t (i)
)
select contact_id, account_id, email, true as is_present, null::date as departed_on from people;

create table quality.dq_rejected_rows as
select 'crm' as source_system, 'accounts' as table_name, 'x9' as row_key,
    'missing:account_name' as reason, 'account_name is empty' as detail,
    '{"account_id": "x9", "secret": "raw words"}' as row_data;
create table quality.dq_reconciliation as
select 'crm' as source_system, 'accounts' as table_name, true as is_present,
    (select count(distinct account_id) + 2 from given)::bigint as raw_rows,
    (select count(distinct account_id) from given)::bigint as accepted_rows,
    1::bigint as duplicate_rows, 1::bigint as rejected_rows, 0::bigint as not_taken_rows,
    0::bigint as difference
union all select 'billing', 'subscriptions', true, 6, 6, 0, 0, 0, 0;
"""
