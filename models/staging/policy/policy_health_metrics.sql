{{ policy_table('health_metrics') }}
