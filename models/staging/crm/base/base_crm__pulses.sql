{{ judged_rows('crm', 'pulses',
    accounts=ref('stg_crm__accounts')
) }}
