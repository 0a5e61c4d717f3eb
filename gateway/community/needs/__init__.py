"""Needs with reward: a member sets money apart for who does it, and says who did."""
