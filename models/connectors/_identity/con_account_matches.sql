-- Each rule finds accounts by itself. A rule that finds two accounts for one party links nothing.
{% set billing = quoted_texts(billing_systems()) %}
with

parties as (
    select * from {{ ref('con_parties') }}
),

records as (
    select * from {{ ref('con_account_records') }}
),

account_keys as (
    select * from {{ ref('con_account_keys') }}
    where not is_deleted
),

own_links as (
    select * from {{ ref('policy_account_links') }}
),

account_domains as (
    select * from {{ ref('con_account_domains') }}
),

own_list as (
    select
        parties.source,
        parties.source_id,
        account_keys.account_id
    from parties
    inner join own_links
        on parties.source = own_links.source
        and parties.source_id = own_links.source_id
    inner join account_keys
        on {{ record_key('account_keys.base_system', 'own_links.account_id') }} = account_keys.record_key
),

stated as (
    select
        parties.source,
        parties.source_id,
        account_keys.account_id
    from parties
    inner join account_keys
        on {{ record_key('account_keys.base_system', 'parties.own_account_id') }} = account_keys.record_key
        or (account_keys.base_system = 'hubspot' and parties.hubspot_id = account_keys.record_key)
        or (
            account_keys.base_system = 'salesforce'
            and {{ record_key('account_keys.base_system', 'parties.salesforce_id') }} = account_keys.record_key
        )
),

named_by_crm as (
    select
        parties.source,
        parties.source_id,
        account_keys.account_id
    from parties
    inner join records
        on parties.source_id = records.billing_customer_id
        and parties.source in ({{ billing }})
    inner join account_keys
        on records.record_id = account_keys.record_id
),

by_domain as (
    select
        parties.source,
        parties.source_id,
        account_domains.account_id
    from parties
    inner join account_domains
        on parties.domain = account_domains.domain
        and account_domains.accounts = 1
),

found as (
    {% for rule in ['own_list', 'stated', 'named_by_crm', 'by_domain'] %}
    select
        {{ rule }}.source,
        {{ rule }}.source_id,
        {{ rule }}.account_id,
        {{ loop.index }} as rule_number
    from {{ rule }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

final as (
    select
        found.source,
        found.source_id,
        found.rule_number,
        min(found.account_id) as account_id,
        count(distinct found.account_id) as accounts
    from found
    group by found.source, found.source_id, found.rule_number
)

select * from final
