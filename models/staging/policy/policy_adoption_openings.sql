{{ policy_table('adoption_openings') }}
