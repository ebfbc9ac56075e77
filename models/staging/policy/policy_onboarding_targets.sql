{{ policy_table('onboarding_targets') }}
