{{ policy_table('touch_score_settings') }}
