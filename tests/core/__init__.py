"""Tests of the words everyone shares."""
