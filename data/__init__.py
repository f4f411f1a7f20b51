"""What ships with the cockpit besides code: the demonstration department."""
