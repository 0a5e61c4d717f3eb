"""Leaders act as members: everybody who works at the console does three things a week on the phone, as a plain member, and says what was hard."""
