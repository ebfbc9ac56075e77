-- A CSM starts as long before the need as the tier's ramp lasts, and at least hire_lead_days. Who is late starts at
-- once. A tier hires at most max_hires_per_quarter. Who is beyond that waits for the next quarter.
with

needs as (
    select * from {{ ref('int_plan_needs') }}
),

targets as (
    select * from {{ ref('int_plan_targets') }}
),

teams as (
    select * from {{ ref('int_plan_teams') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

dated as (
    select
        needs.investment_tier,
        needs.scenario,
        needs.required_csms,
        cast(date_trunc('month', least(
            {{ add_days('needs.month', '-targets.hire_lead_days') }},
            cast(needs.month - targets.ramp_months * interval '1' month as date)
        )) as date) as hire_month
    from needs
    inner join targets
        on needs.investment_tier = targets.investment_tier
),

wanted as (
    select
        needs.investment_tier,
        needs.scenario,
        needs.month,
        cast(date_trunc('quarter', needs.month) as date) as quarter,
        needs.required_csms,
        teams.csm_count as csm_count_today,
        -- The highest need so far, since nobody is let go for a month of less.
        greatest(max(needs.required_csms_today), coalesce(max(dated.required_csms), 0))
        - coalesce(teams.csm_count, 0) as missing
    from needs
    inner join teams
        on needs.investment_tier = teams.investment_tier
    left join dated
        on needs.investment_tier = dated.investment_tier
        and needs.scenario = dated.scenario
        and needs.month >= dated.hire_month
    group by needs.investment_tier, needs.scenario, needs.month, needs.required_csms, teams.csm_count
),

quarters as (
    select
        wanted.investment_tier,
        wanted.scenario,
        wanted.quarter,
        greatest(max(wanted.missing), 0) as missing,
        row_number() over (
            partition by wanted.investment_tier, wanted.scenario
            order by wanted.quarter
        ) as quarter_number
    from wanted
    group by wanted.investment_tier, wanted.scenario, wanted.quarter
),

-- Hires by a quarter's end are the fewest of what is missing then, what was missing in each quarter before plus the
-- hires allowed since, and the hires allowed from the start.
hired_by_quarter as (
    select
        quarters.investment_tier,
        quarters.scenario,
        quarters.quarter,
        quarters.quarter_number,
        settings.max_hires_per_quarter,
        least(
            min(quarters.missing - settings.max_hires_per_quarter * quarters.quarter_number) over (
                partition by quarters.investment_tier, quarters.scenario
                order by quarters.quarter
                rows between unbounded preceding and current row
            ),
            0
        ) + settings.max_hires_per_quarter * quarters.quarter_number as hired_by_end
    from quarters
    cross join settings
),

quarters_opened as (
    select
        hired_by_quarter.*,
        coalesce(lag(hired_by_quarter.hired_by_end) over (
            partition by hired_by_quarter.investment_tier, hired_by_quarter.scenario
            order by hired_by_quarter.quarter
        ), 0) as hired_before
    from hired_by_quarter
),

hired as (
    select
        wanted.investment_tier,
        wanted.scenario,
        wanted.month,
        wanted.required_csms is not null and wanted.csm_count_today is not null as is_known,
        wanted.csm_count_today,
        least(
            greatest(wanted.missing, 0), quarters_opened.hired_before + quarters_opened.max_hires_per_quarter
        ) as hired_so_far
    from wanted
    inner join quarters_opened
        on wanted.investment_tier = quarters_opened.investment_tier
        and wanted.scenario = quarters_opened.scenario
        and wanted.quarter = quarters_opened.quarter
),

final as (
    select
        hired.investment_tier,
        hired.month,
        hired.scenario,
        hired.csm_count_today,
        case when hired.is_known then cast(hired.csm_count_today + hired.hired_so_far as int) end as csm_count,
        case
            when hired.is_known
                then cast(
                        hired.hired_so_far - lag(hired.hired_so_far, 1, 0) over (
                            partition by hired.investment_tier, hired.scenario
                            order by hired.month
                        ) as int
                    )
        end as hires
    from hired
)

select * from final
