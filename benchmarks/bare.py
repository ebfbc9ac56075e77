"""`python -m benchmarks.bare`: events to the compact roll-up in nothing but DuckDB.

One scan for what repeats, one for the rest; no contract, no verdicts on rows, no second table of
usage. The time of a build is given as a multiple of it.
"""

from __future__ import annotations

from pathlib import Path

import click
import duckdb

from pipeline.settings import Settings

# What it has in common with base_product__usage_rolled_up.
KEY = ("month", "rollup", "usage_on", "account_id", "user_id", "feature_key")

ROLL_UP = """
create table rolled_up as
with

events as (
    select
        *,
        cast(occurred_at as date) as usage_on,
        cast(date_trunc('month', occurred_at) as date) as month,
        hash(cast(occurred_at as date), event_id) as key_hash
    from read_parquet('{events}')
),

repeated as (
    select key_hash from events group by key_hash having count(*) > 1
),

settled as (
    select * exclude (key_hash), true as is_accepted
    from events anti join repeated using (key_hash)
    union all
    select
        * exclude (key_hash),
        row_number() over (partition by usage_on, event_id order by loaded_at desc) = 1
    from events semi join repeated using (key_hash)
)

select
    month,
    case
        when grouping(account_id) = 1 then 'rows'
        when grouping(usage_on) = 0 then 'account_days'
        when grouping(user_id) = 0 then 'user_months'
        else 'feature_months'
    end as rollup,
    usage_on,
    account_id,
    user_id,
    event_name as feature_key,
    count(*) as raw_rows,
    count_if(is_accepted) as accepted_rows,
    max(loaded_at) as last_loaded_at,
    count(*) filter (where is_accepted and event_name = 'login') as logins,
    count(*) filter (where is_accepted and event_name <> 'login') as feature_events,
    sum(quantity) filter (where is_accepted) as quantity,
    sum(duration_seconds) filter (where is_accepted) as duration_seconds,
    bit_or(1 << cast(day(usage_on) - 1 as int)) filter (where is_accepted) as day_bits
from settled
group by grouping sets (
    (month, usage_on), (month, account_id, usage_on), (month, account_id, user_id),
    (month, account_id, event_name)
)
"""


@click.command()
@click.option("--raw", type=click.Path(path_type=Path), required=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="A new DuckDB file.")
@click.option("--memory-limit", default=Settings.memory_limit, show_default=True)
def main(raw: Path, out: Path, memory_limit: str) -> None:
    """Roll up the events of a folder of extracts into a file, as a build may at most."""
    config = {
        "threads": 2,
        "memory_limit": memory_limit,
        "temp_directory": str(out.parent / "bare-tmp"),
        "preserve_insertion_order": False,
    }
    with duckdb.connect(str(out), config=config) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(ROLL_UP.format(events=raw / "product_events" / "*.parquet"))


if __name__ == "__main__":
    main()
