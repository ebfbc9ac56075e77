{{ policy_table('playbook_cadences') }}
