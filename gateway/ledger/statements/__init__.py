"""What an account has lived through: statements, balances as of a day, the trial balance."""
