{{ policy_table('benchmarks') }}
