{{ policy_table('milestone_targets') }}
