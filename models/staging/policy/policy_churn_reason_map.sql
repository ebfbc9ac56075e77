{{ policy_table('churn_reason_map') }}
