-- A figure is better in one direction whatever judges it. A share is shown in percent. AUC has one pair of thresholds.
select
    'scorecard_figures' as file,
    figures.figure as place,
    'direction is ' || figures.direction || ', expected '
    || case when benchmarks.is_lower_better then 'lower' else 'higher' end || ' as in benchmarks' as violation
from {{ ref('policy_scorecard_figures') }} as figures
inner join {{ ref('int_benchmarks') }} as benchmarks
    on figures.figure = benchmarks.figure
where figures.direction <> case when benchmarks.is_lower_better then 'lower' else 'higher' end
union all
select
    'scorecard_figures' as file,
    figures.figure as place,
    'direction is ' || figures.direction || ', expected higher as in stage_thresholds' as violation
from {{ ref('policy_scorecard_figures') }} as figures
where figures.direction <> 'higher'
    and figures.figure in (select thresholds.figure from {{ ref('policy_stage_thresholds') }} as thresholds)
union all
select
    'scorecard_figures' as file,
    figures.figure as place,
    'display_format is ' || figures.display_format || ', expected 0.0% exactly for a share' as violation
from {{ ref('policy_scorecard_figures') }} as figures
where (figures.display_format = '0.0%') <> (figures.unit = 'share')
union all
select
    'benchmarks' as file,
    'health_auc,all' as place,
    'expected good as auc_strong and acceptable as auc_usable of health_settings, which are '
    || settings.auc_strong || ' and ' || settings.auc_usable as violation
from {{ ref('policy_benchmarks') }} as benchmarks
cross join {{ ref('policy_health_settings') }} as settings
where benchmarks.figure = 'health_auc'
    and (benchmarks.good <> settings.auc_strong or benchmarks.acceptable <> settings.auc_usable)
