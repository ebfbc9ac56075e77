{{ policy_table('multi_year_offers') }}
