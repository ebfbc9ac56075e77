-- name: tables
select schema_name as table_schema, table_name
from duckdb_tables()
where schema_name in ('marts', 'quality')
order by table_name
