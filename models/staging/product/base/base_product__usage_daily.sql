{{ config(materialized='view') }}

{{ with_definition(judged_rows('product', 'usage_daily',
    accounts=ref('stg_crm__accounts'),
    settles_duplicates=false
)) }}
