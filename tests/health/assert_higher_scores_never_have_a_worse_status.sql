-- A row is a pair of health statuses whose scores overlap: one score has two statuses.
-- CSMs act on the status, so that equal scores must lead to equal actions.
-- Look first at policy health_status_bands, then at int_health_status.
with

scores as (
    select * from {{ ref('fct_health_scores') }}
),

bands as (
    select
        scores.health_status,
        min(scores.health_score) as lowest_score,
        max(scores.health_score) as highest_score
    from scores
    where not scores.is_low_confidence
    group by scores.health_status
)

select
    bands.health_status,
    bands.lowest_score,
    bands.highest_score,
    others.health_status as other_status,
    others.lowest_score as other_lowest_score,
    others.highest_score as other_highest_score
from bands
inner join bands as others
    on bands.health_status < others.health_status
    and bands.lowest_score <= others.highest_score
    and bands.highest_score >= others.lowest_score
