{{ policy_table('lifecycle_settings') }}
