{{ policy_table('health_metric_weights') }}
