-- The first days of a subscription's billing periods: those billed, and the one that follows. A trial bills nothing.
with

lines as (
    select * from {{ ref('con_stripe__billed_lines') }}
),

whole_lines as (
    select
        lines.subscription_id,
        cast(lines.period_start as date) as starts_on,
        cast(lines.period_end as date) as ends_on,
        rank() over (partition by lines.subscription_id order by lines.period_start desc) as newest
    from lines
    where not lines.is_proration
        and lines.amount > 0
        and lines.subscription_id is not null
),

final as (
    select
        whole_lines.subscription_id,
        whole_lines.starts_on
    from whole_lines
    union
    select
        whole_lines.subscription_id,
        whole_lines.ends_on as starts_on
    from whole_lines
    where whole_lines.newest = 1 and whole_lines.ends_on is not null
)

select * from final
