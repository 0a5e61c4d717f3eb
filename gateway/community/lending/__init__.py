"""A group lends of its own money to its members: two of them agree, all see it, and it comes back into the same account."""
