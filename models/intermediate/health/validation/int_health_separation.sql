with

outcomes as (
    select * from {{ ref('int_health_outcomes') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

measured as (
    select
        outcomes.scheme,
        outcomes.touch_tier,
        outcomes.horizon_days,
        count(*) as observations,
        count_if(outcomes.is_churned) as churns,
        sum(outcomes.score_rank) filter (where not outcomes.is_churned) as retained_ranks,
        count_if(outcomes.decile = 1) as worst_decile_observations,
        count_if(outcomes.decile = 1 and outcomes.is_churned) as worst_decile_churns,
        avg(outcomes.past_score) filter (where outcomes.is_churned) as mean_health_churned,
        avg(outcomes.past_score) filter (where not outcomes.is_churned) as mean_health_retained
    from outcomes
    group by outcomes.scheme, outcomes.touch_tier, outcomes.horizon_days
),

-- Mann-Whitney: the share of pairs in which the account that stayed had the higher score. Ties count half.
rated as (
    select
        measured.*,
        measured.observations - measured.churns as retained,
        (
            measured.retained_ranks
            - cast(measured.observations - measured.churns as double)
            * (measured.observations - measured.churns + 1) / 2
        )
        / nullif(cast(measured.churns as double) * (measured.observations - measured.churns), 0) as auc
    from measured
),

judged as (
    select
        rated.*,
        case
            when rated.churns < settings.validation_min_churns or rated.auc is null then 'insufficient_data'
            when rated.auc >= settings.auc_strong then 'strong'
            when rated.auc >= settings.auc_usable then 'usable'
            else 'weak'
        end as verdict,
        settings.auc_lead
    from rated
    cross join settings
),

-- The highest AUC among the other schemes with enough churns.
rivals as (
    select
        judged.scheme,
        judged.touch_tier,
        judged.horizon_days,
        max(others.auc) as highest_auc
    from judged
    inner join judged as others
        on judged.touch_tier = others.touch_tier
        and judged.horizon_days = others.horizon_days
        and judged.scheme <> others.scheme
    where others.verdict <> 'insufficient_data'
    group by judged.scheme, judged.touch_tier, judged.horizon_days
),

final as (
    select
        judged.scheme,
        judged.touch_tier,
        judged.horizon_days,
        judged.observations,
        judged.churns,
        judged.auc,
        cast(judged.worst_decile_churns as double) / nullif(judged.worst_decile_observations, 0)
        / nullif(cast(judged.churns as double) / judged.observations, 0) as worst_decile_lift,
        judged.mean_health_churned,
        judged.mean_health_retained,
        judged.verdict,
        judged.verdict <> 'insufficient_data'
        and coalesce(round(judged.auc - rivals.highest_auc, 9) >= judged.auc_lead, false) as is_best
    from judged
    left join rivals
        on judged.scheme = rivals.scheme
        and judged.touch_tier = rivals.touch_tier
        and judged.horizon_days = rivals.horizon_days
)

select * from final
