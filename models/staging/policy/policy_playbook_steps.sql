{{ policy_table('playbook_steps') }}
