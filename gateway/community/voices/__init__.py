"""Who speaks and who does not: who takes part, whose voice is missing, who leads the way."""
