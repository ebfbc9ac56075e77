{{ policy_table('forecast_rates') }}
