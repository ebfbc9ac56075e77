{{ policy_table('playbooks') }}
