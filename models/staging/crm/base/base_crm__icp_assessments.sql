{{ judged_rows('crm', 'icp_assessments',
    accounts=ref('stg_crm__accounts')
) }}
