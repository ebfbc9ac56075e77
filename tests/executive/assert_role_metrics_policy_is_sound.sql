-- A figure of a role is the scorecard's, or has its unit, its format and its better direction. A target has its source.
select
    'role_metrics' as file,
    metrics.role || ',' || metrics.figure as place,
    'no row of scorecard_figures has ' || metrics.scorecard_figure as violation
from {{ ref('policy_role_metrics') }} as metrics
left join {{ ref('policy_scorecard_figures') }} as figures
    on metrics.scorecard_figure = figures.figure
where metrics.scorecard_figure is not null
    and figures.figure is null
union all
select
    'role_metrics' as file,
    metrics.role || ',' || metrics.figure as place,
    'expected unit, display_format and direction because the scorecard has no such figure' as violation
from {{ ref('policy_role_metrics') }} as metrics
where metrics.scorecard_figure is null
    and (metrics.unit is null or metrics.display_format is null or metrics.direction is null)
union all
select
    'role_metrics' as file,
    metrics.role || ',' || metrics.figure as place,
    'expected target_source where target is stated, and only there' as violation
from {{ ref('policy_role_metrics') }} as metrics
where (metrics.target is null) <> (metrics.target_source is null)
