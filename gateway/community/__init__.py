"""What they say: ideas, and what is wrong. Uses members, ledger and records."""
