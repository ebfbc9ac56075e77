{{ policy_table('stage_probabilities') }}
