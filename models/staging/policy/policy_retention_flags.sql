{{ policy_table('retention_flags') }}
