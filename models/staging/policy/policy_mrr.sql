{{ policy_table('mrr_policy', 'policy_mrr') }}
