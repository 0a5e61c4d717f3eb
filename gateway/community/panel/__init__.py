"""A test group: members who try something first, say what they think of it, good or bad, and say that they do."""
