"""Connectors: they bring rows from where they are into the warehouse."""
