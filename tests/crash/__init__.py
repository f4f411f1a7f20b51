"""Loading while it is killed."""
