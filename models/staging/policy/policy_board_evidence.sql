{{ policy_table('board_evidence') }}
