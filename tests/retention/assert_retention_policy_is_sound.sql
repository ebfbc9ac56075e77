-- The company's stage has all thresholds, and every mapped churn code has a category.
{% for figure in ['grr', 'nrr', 'logo_retention'] %}
select
    'stage_thresholds' as file,
    {{ quoted_text(var('company_stage') ~ ',' ~ figure) }} as place,
    'the row is missing for the stage that the var company_stage names' as violation
from {{ ref('policy_stage_thresholds') }} as thresholds
having count_if(thresholds.stage = {{ quoted_text(var("company_stage")) }} and thresholds.figure = '{{ figure }}') = 0
union all
{% endfor %}
{{ policy_references('churn_reason_map', ['category'], 'churn_reason_categories') }}
union all
select
    'churn_reason_map' as file,
    mapped.reason_code as place,
    'expected the code in lower case' as violation
from {{ ref('policy_churn_reason_map') }} as mapped
where mapped.reason_code <> lower(mapped.reason_code)
