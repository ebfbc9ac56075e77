{{ policy_table('scorecard_figures') }}
