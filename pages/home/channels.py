"""Channels and platforms side by side."""
