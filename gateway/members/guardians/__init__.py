"""Guardians: members whom a member trusts to vouch for them when the PIN is forgotten."""
