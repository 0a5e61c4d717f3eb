"""What they own: organisations, accounts, transfers, postings, tariffs and limits. Uses nobody."""
