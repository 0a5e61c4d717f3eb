"""What is one's own of what we keep: a copy of all of it, and deleting what the law lets us delete."""
