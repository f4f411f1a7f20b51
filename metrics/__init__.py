"""What the numbers mean: KPIs declared as data, and how their values are computed from a snapshot."""
