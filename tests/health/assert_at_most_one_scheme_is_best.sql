-- A row is a touch tier and horizon with more than one best scheme, or more than one in use.
-- Look first at the var health_scheme, then at int_health_separation.
select
    validations.touch_tier,
    validations.horizon_days,
    count_if(validations.is_best) as best_schemes,
    count_if(validations.is_active_scheme) as schemes_in_use
from {{ ref('rpt_health_validation') }} as validations
group by validations.touch_tier, validations.horizon_days
having count_if(validations.is_best) > 1
    or count_if(validations.is_active_scheme) > 1
