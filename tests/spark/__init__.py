"""Whether Spark makes of the same raw extracts the same marts as DuckDB."""
