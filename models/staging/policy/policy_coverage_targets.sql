{{ policy_table('coverage_targets') }}
