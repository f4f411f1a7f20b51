"""What the reader sees: frame, state, cached questions, cards, charts, tables, downloads."""
