{{ policy_table('forecast_settings') }}
