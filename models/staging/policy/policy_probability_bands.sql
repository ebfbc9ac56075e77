{{ policy_table('probability_bands') }}
