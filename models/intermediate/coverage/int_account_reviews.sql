-- An account that meets one criterion is watched. Several call for the action of the gravest.
with

criteria_met as (
    select * from {{ ref('int_review_criteria_met') }}
),

criteria as (
    select * from {{ ref('policy_review_criteria') }}
),

accounts_covered as (
    select * from {{ ref('int_accounts_covered') }}
),

tiers_ranked as (
    select * from {{ ref('int_tiers_ranked') }}
),

lowest_tier as (
    select max_by(tiers_ranked.tier, tiers_ranked.tier_rank) as touch_tier
    from tiers_ranked
    where tiers_ranked.scheme = 'touch_tier'
),

ranked as (
    select
        criteria_met.account_id,
        criteria_met.reason_text,
        case
            when accounts_covered.touch_tier = lowest_tier.touch_tier then criteria.action_in_lowest_tier
            else criteria.action
        end as action,
        row_number() over (
            partition by criteria_met.account_id
            order by criteria.action_rank, criteria.criterion
        ) as criterion_number
    from criteria_met
    cross join lowest_tier
    inner join accounts_covered
        on criteria_met.account_id = accounts_covered.account_id
    inner join criteria
        on criteria_met.criterion = criteria.criterion
),

reviewed as (
    select
        ranked.account_id,
        {% for number in range(1, 6) %}
        max(case when ranked.criterion_number = {{ number }} then ranked.reason_text end) as reason_{{ number }},
        {% endfor %}
        max(case when ranked.criterion_number = 1 then ranked.action end) as gravest_action,
        count(*) as criteria_met
    from ranked
    group by ranked.account_id
),

final as (
    select
        accounts_covered.account_id,
        coalesce(reviewed.criteria_met, 0) as criteria_met,
        reviewed.reason_1
        || coalesce('; ' || reviewed.reason_2, '')
        || coalesce('; ' || reviewed.reason_3, '')
        || coalesce('; ' || reviewed.reason_4, '')
        || coalesce('; ' || reviewed.reason_5, '') as reasons,
        reviewed.gravest_action,
        reviewed.criteria_met is not null as watch
    from accounts_covered
    left join reviewed
        on accounts_covered.account_id = reviewed.account_id
)

select * from final
