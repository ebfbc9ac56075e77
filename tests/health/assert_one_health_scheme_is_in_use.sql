-- The row counts the schemes in use, where they are not exactly one.
-- Marts that show health by itself read the scheme in use: two of them would count every account twice.
-- Look first at the var health_scheme, then at int_health_active_scheme.
select count(distinct case when scores.is_active_scheme then scores.scheme end) as schemes_in_use
from {{ ref('fct_health_scores') }} as scores
having count(*) > 0
    and count(distinct case when scores.is_active_scheme then scores.scheme end) <> 1
