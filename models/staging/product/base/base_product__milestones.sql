{{ judged_rows('product', 'milestones',
    accounts=ref('stg_crm__accounts')
) }}
