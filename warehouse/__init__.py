"""The canonical tables in DuckDB: contracts, immutable snapshots, one writer. The only package that imports duckdb."""
