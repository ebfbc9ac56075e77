-- Every CSM at work. The weights of the metrics with data are scaled up to a whole.
{% set metrics = ['book_grr', 'book_nrr', 'expansion_influenced', 'mean_health', 'renewal_rate'] %}
with

csm_results as (
    select * from {{ ref('int_csm_results') }}
),

attainments as (
    select * from {{ ref('int_csm_attainments') }}
),

team_members as (
    select * from {{ ref('int_team_members_known') }}
),

settings as (
    select * from {{ ref('policy_coverage_settings') }}
),

run_context as (
    select * from {{ ref('int_run_context') }}
),

judged as (
    select
        attainments.csm_id,
        {% for metric in metrics %}
        max(case when attainments.metric = '{{ metric }}' then attainments.target end) as {{ metric }}_target,
        max(case when attainments.metric = '{{ metric }}' then attainments.attainment end) as {{ metric }}_attainment,
        {% endfor %}
        round(
            coalesce(sum(case when attainments.attainment is not null then attainments.weight end), 0), 9
        ) as weight_known,
        sum(attainments.weight * attainments.attainment) as weighted
    from attainments
    group by attainments.csm_id
),

final as (
    select
        csm_results.csm_id,
        team_members.member_name as csm_name,
        team_members.role,
        csm_results.investment_tier,
        csm_results.is_hired_in_year,
        cast(csm_results.opening_accounts as bigint) as opening_accounts,
        cast(12 * csm_results.opening_mrr as decimal(18, 2)) as opening_book_arr,
        csm_results.book_grr,
        judged.book_grr_target,
        judged.book_grr_attainment,
        csm_results.book_nrr,
        judged.book_nrr_target,
        judged.book_nrr_attainment,
        cast(csm_results.expansion_mrr as decimal(18, 2)) as expansion_influenced,
        {{ to_cents('cast(csm_results.opening_mrr as double) * judged.expansion_influenced_target') }}
            as expansion_influenced_target,
        judged.expansion_influenced_attainment,
        csm_results.mean_health,
        judged.mean_health_target,
        judged.mean_health_attainment,
        cast(csm_results.renewals_decided as bigint) as renewals_decided,
        csm_results.renewal_rate,
        judged.renewal_rate_target,
        judged.renewal_rate_attainment,
        judged.weight_known,
        case
            when judged.weight_known >= settings.attainment_min_weight
                then round(judged.weighted / judged.weight_known, 9)
        end as attainment,
        run_context.reporting_currency
    from csm_results
    cross join settings
    cross join run_context
    inner join judged
        on csm_results.csm_id = judged.csm_id
    left join team_members
        on csm_results.csm_id = team_members.member_id
)

select * from final
