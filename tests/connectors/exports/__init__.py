"""Tests of the export connectors, over files that these tests write themselves, as the platforms do."""
