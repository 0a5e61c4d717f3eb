"""Wishes become postings, many in one transaction."""
