{{ policy_table('stage_thresholds') }}
