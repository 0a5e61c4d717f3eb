"""Who they are: members, their numbers, consents and PINs, and what they ask of the ledger. Uses ledger and records."""
