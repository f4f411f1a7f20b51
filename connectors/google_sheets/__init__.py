"""Tabs of a Google spreadsheet, each into the dataset it is named after or bound to."""
