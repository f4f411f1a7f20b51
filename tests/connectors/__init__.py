"""Tests of the connectors: what every one of them must do, and what each does on its own."""
