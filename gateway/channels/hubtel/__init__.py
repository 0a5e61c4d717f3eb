"""Hubtel: a second provider of USSD, which sends each answer alone and speaks JSON."""
