{{ policy_table('free_mail_domains') }}
