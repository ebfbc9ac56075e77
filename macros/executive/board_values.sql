{# The values of rpt_board_evidence, from its CTEs. A further figure is a further board_value here. #}
{% macro board_values() -%}
    {{ board_value(
        'rpt_executive_scorecard', 'missed', 'missed.figure', 'missed.value', 'missed.good',
        "missed.status = 'green'", cause_of='missed.decision', cause='missed.cause') }}
    union all
    {{ board_value(
        'rpt_retention_decomposition', 'quarter', "'preventable_mrr_share'", 'quarter.preventable_mrr_share'
    ) }}
    union all
    {{ board_value(
        'rpt_leakage_points', 'leaks', "'lost_mrr'", 'leaks.lost_mrr', segment='leaks.leak', place='leaks.rank',
        cause_of="'retention'", cause='coalesce(leaks.driver, leaks.reason_category)', weight='leaks.lost_mrr') }}
    union all
    {{ board_value(
        'rpt_segment_performance', 'touch_tiers', "'cost_to_serve_rate'", 'touch_tiers.cost_to_serve_rate',
        'touch_tiers.cost_target_high', 'touch_tiers.cost_to_serve_rate <= touch_tiers.cost_target_high',
        'touch_tiers.tier', 'touch_tiers.tier_rank'
    ) }}
    union all
    {{ board_value(
        'rpt_account_review', 'reviews', "'arr'", 'reviews.arr', segment='reviews.account_name',
        place='row_number() over (order by reviews.arr desc, reviews.account_id)',
        cause_of="'segmentation'", cause="'review_list'", weight='reviews.cost_to_serve_12m'
    ) }}
    {% for figure, target, is_met, cause_of, cause, weight in board_figures_of_tiers() %}
    union all
    {{ board_value(
        'rpt_coverage_capacity', 'capacity cross join managers', "'" ~ figure ~ "'", 'capacity.' ~ figure, target,
        is_met, 'capacity.investment_tier', 'capacity.tier_rank', cause_of, cause, weight
    ) }}
    {% endfor %}
{%- endmacro %}
