"""One module for each version of the tables. Never changed once released."""
