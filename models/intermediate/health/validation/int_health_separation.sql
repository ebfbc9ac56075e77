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

final as (
    select
        rated.scheme,
        rated.touch_tier,
        rated.horizon_days,
        rated.observations,
        rated.churns,
        rated.auc,
        cast(rated.worst_decile_churns as double) / nullif(rated.worst_decile_observations, 0)
        / nullif(cast(rated.churns as double) / rated.observations, 0) as worst_decile_lift,
        rated.mean_health_churned,
        rated.mean_health_retained,
        case
            when rated.churns < settings.validation_min_churns or rated.auc is null then 'insufficient_data'
            when rated.auc >= settings.auc_strong then 'strong'
            when rated.auc >= settings.auc_usable then 'usable'
            else 'weak'
        end as verdict
    from rated
    cross join settings
)

select * from final
