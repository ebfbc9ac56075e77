{{ policy_table('board_steps') }}
