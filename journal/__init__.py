"""What people said: reviews, notes, decisions, actions, events, baselines, and the numbers as they were presented."""
