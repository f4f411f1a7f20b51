"""Speed against limits. Each module here gives ``measurements()``; ``make bench`` prints them."""
