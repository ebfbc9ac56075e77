{{ policy_table('assessment_bands') }}
