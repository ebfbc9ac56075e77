{{ policy_table('activity_kinds') }}
