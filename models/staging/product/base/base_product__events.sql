{{ config(materialized='view') }}

{{ with_definition(judged_rows('product', 'events',
    accounts=ref('stg_crm__accounts'),
    settles_duplicates=false
)) }}
