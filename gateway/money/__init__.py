"""Money in and out: cash, airtime, shops and bills, groups, produce, advances, bulk payments, standing orders, disputes, rewards."""
