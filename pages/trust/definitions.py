"""The searchable dictionary of KPIs."""
