{#
    The figures of an investment tier that decisions rest on, each with its target, whether it is met, the decision that
    it may be a cause of, that cause and its weight. What a tier lacks weighs by its money.
#}
{% macro board_figures_of_tiers() -%}
    {%- set lacks = 'cast(capacity.gap * capacity.target_arr_per_csm as double)' -%}
    {%- set target = (
        "case capacity.investment_verdict when 'below_range' then capacity.investment_low"
        ~ " else capacity.investment_high end"
    ) -%}
    {{ return([
        (
            'cost_to_serve_per_account', target, "capacity.investment_verdict = 'within'",
            "case when capacity.investment_verdict in ('below_range', 'above') then 'segmentation' end",
            "case capacity.investment_verdict when 'below_range' then 'under_invested' else 'over_invested' end",
            'capacity.accounts * abs(capacity.cost_to_serve_per_account - ' ~ target ~ ')',
        ),
        (
            'effective_csm_count', 'capacity.required_csms', 'capacity.gap <= 0',
            "case when capacity.should_hire or capacity.gap <= -1 then 'coverage' end",
            "case when capacity.should_hire then capacity.hire_reason else 'spare' end", lacks,
        ),
        (
            'gap', '0', 'capacity.gap <= 0', "case when capacity.should_hire then 'next_hire' end", "'csm'", lacks,
        ),
        (
            'csm_count', 'null', 'null',
            "case when capacity.should_add_manager and managers.managers = 0 then 'next_hire' end", "'manager'",
            'capacity.csm_count',
        ),
        (
            'unassigned_accounts', '0', 'capacity.unassigned_accounts = 0',
            "case when capacity.unassigned_accounts > 0 then 'coverage' end", "'unassigned'", 'capacity.unassigned_arr',
        ),
        (
            'accounts_per_csm', 'capacity.account_cap', 'capacity.accounts_per_csm <= capacity.account_cap',
            'null', 'null', 'null',
        ),
        (
            'arr_per_csm', 'capacity.target_arr_per_csm', 'capacity.arr_per_csm <= capacity.target_arr_per_csm',
            'null', 'null', 'null',
        ),
    ]) }}
{%- endmacro %}
