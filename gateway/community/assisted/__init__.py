"""Somebody who is trusted dials for a member: they prepare, the member agrees with the PIN."""
