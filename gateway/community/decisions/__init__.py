"""Who decides what: written down, so that members can read it and hold the staff to it."""
