{{ policy_table('labels') }}
