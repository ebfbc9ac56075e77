-- A row is the scheme in use where another scheme with enough churns is ahead of it by the policy's auc_lead.
-- It holds for all accounts on the main horizon. Set the var health_scheme, or calibrate weights of your own.
{{ config(severity='warn') }}

with

validations as (
    select * from {{ ref('rpt_health_validation') }}
),

settings as (
    select * from {{ ref('policy_health_settings') }}
),

judged as (
    select
        validations.scheme,
        validations.horizon_days,
        validations.auc,
        validations.is_active_scheme,
        settings.auc_lead
    from validations
    inner join settings
        on validations.horizon_days = settings.validation_horizon_days
    where validations.touch_tier = 'all'
        and validations.verdict <> 'insufficient_data'
),

ranked as (
    select
        judged.*,
        row_number() over (order by judged.auc desc, judged.scheme asc) as auc_rank
    from judged
)

select
    active.scheme,
    active.auc,
    highest.scheme as best_scheme,
    highest.auc as best_auc,
    active.horizon_days
from ranked as active
inner join ranked as highest
    on highest.auc_rank = 1
where active.is_active_scheme
    and round(highest.auc - active.auc, 9) >= active.auc_lead
