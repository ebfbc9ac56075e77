-- A row is one of your account_links.csv that links nothing: its system knows no such id, or no account has that one.
-- Look for a typing error in it, and for an account that was deleted since.
{{ config(severity='warn') }}

select
    own_links.source,
    own_links.source_id,
    own_links.account_id
from {{ ref('policy_account_links') }} as own_links
left join {{ ref('con_account_links') }} as links
    on own_links.source = links.source
    and own_links.source_id = links.source_id
where links.link_rule is null or links.link_rule <> 'own_list'
