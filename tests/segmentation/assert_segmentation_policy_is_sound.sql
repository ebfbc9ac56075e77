-- The touch score rests on arr, which every account has, and each signal belongs to its factor.
select
    'touch_score_weights' as file,
    weights.factor as place,
    'weight is 0, expected above 0 because some accounts have no other factor' as violation
from {{ ref('policy_touch_score_weights') }} as weights
where weights.factor = 'arr' and weights.weight = 0
union all
select
    'touch_score_bands' as file,
    bands.factor || ',' || bands.signal as place,
    'expected min_value or value_text, and not both' as violation
from {{ ref('policy_touch_score_bands') }} as bands
where (bands.min_value is null) = (bands.value_text is null)
union all
select distinct
    'touch_score_bands' as file,
    bands.factor || ',' || bands.signal as place,
    'the signal belongs to another factor' as violation
from {{ ref('policy_touch_score_bands') }} as bands
where bands.factor <> case bands.signal
        when 'arr' then 'arr'
        when 'growth_potential' then 'growth'
        else 'complexity'
    end
