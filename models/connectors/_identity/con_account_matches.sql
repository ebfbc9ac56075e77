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

customers as (
    select distinct
        stated_ids.named_id,
        account_keys.account_id
    from (
        select
            {{ record_key("'salesforce'", 'customers.salesforce_id') }} as named_id,
            customers.hubspot_id as known_id
        from parties as customers
        where customers.source in ({{ billing }})
        union all
        select
            customers.hubspot_id as named_id,
            {{ record_key("'salesforce'", 'customers.salesforce_id') }} as known_id
        from parties as customers
        where customers.source in ({{ billing }})
    ) as stated_ids
    inner join account_keys
        on stated_ids.known_id = account_keys.record_key
    where stated_ids.named_id is not null
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

-- A customer that states ids of two CRMs says which record of one is which of the other.
stated_through_customer as (
    select
        parties.source,
        parties.source_id,
        customers.account_id
    from parties
    inner join customers
        on {{ record_key("'salesforce'", 'parties.own_account_id') }} = customers.named_id
        or {{ record_key("'salesforce'", 'parties.salesforce_id') }} = customers.named_id
        or parties.hubspot_id = customers.named_id
    where parties.source not in ({{ billing }})
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
    {% for rule, number in [
        ('own_list', 1), ('stated', 2), ('stated_through_customer', 2), ('named_by_crm', 3), ('by_domain', 4),
    ] %}
    select
        {{ rule }}.source,
        {{ rule }}.source_id,
        {{ rule }}.account_id,
        {{ number }} as rule_number
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
