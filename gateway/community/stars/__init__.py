"""How good members find the service: one to five, once a month."""
