"""The journal, on SQLite and on PostgreSQL."""
