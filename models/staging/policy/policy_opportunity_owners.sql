{{ policy_table('opportunity_owners') }}
