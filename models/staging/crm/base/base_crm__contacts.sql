{{ judged_rows('crm', 'contacts',
    accounts=ref('stg_crm__accounts')
) }}
