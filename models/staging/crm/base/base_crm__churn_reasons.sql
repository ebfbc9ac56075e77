{{ judged_rows('crm', 'churn_reasons',
    accounts=ref('stg_crm__accounts')
) }}
