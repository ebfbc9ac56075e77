{{ judged_rows('billing', 'plans') }}
