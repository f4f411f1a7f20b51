"""Tests of what ships besides code."""
