{{ policy_table('board_decisions') }}
