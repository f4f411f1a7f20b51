"""The plan: what a department decides ahead, read from its own spreadsheet, checked as a whole, in force as a whole."""
