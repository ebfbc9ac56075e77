{{ policy_table('renewal_probabilities') }}
