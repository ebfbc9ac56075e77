-- How do the books of the CSMs retain, over the 12 months to the last complete month?
select
    coalesce(members.member_name, retention.segment) as csm,
    retention.starting_accounts,
    retention.starting_mrr,
    round(100 * retention.grr, 1) as grr_percent,
    round(100 * retention.nrr, 1) as nrr_percent,
    round(100 * retention.logo_retention, 1) as logo_percent
from {{ ref('fct_retention') }} as retention
left join {{ ref('dim_team_members') }} as members
    on retention.segment = members.member_id
where retention.window_months = 12
    and retention.segment_type = 'csm'
    and retention.month = (select max(latest.month) from {{ ref('fct_retention') }} as latest)
order by retention.starting_mrr desc
