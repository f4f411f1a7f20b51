"""Words everyone shares: configuration, errors, periods, money, language."""
