"""Kinds of items that an organisation makes for itself, without code: each has every verb that an idea has."""
