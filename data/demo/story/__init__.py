"""What the people of the demonstration said about its numbers: events, reviews, decisions, actions."""
