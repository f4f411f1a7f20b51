"""What people do in the journal, by what they do it with. Each function is one transaction, durable on return."""
