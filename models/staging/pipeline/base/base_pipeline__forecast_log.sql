{{ judged_rows('pipeline', 'forecast_log') }}
