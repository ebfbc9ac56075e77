{{ policy_table('board_causes') }}
