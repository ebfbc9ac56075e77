{{ policy_table('review_criteria') }}
