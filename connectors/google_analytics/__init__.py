"""Google Analytics 4: visits to a web property by where they came from."""
