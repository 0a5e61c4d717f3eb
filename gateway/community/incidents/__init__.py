"""What is broken for many at once: one thing, one promise, one message when it works again."""
