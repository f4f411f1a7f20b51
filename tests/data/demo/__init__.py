"""Tests of the demonstration department."""
