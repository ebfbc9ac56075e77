"""The scheduled run: it builds, validates and publishes the warehouse. Metrics are in dbt."""
