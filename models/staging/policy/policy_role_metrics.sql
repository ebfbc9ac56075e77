{{ policy_table('role_metrics') }}
