"""Real servers for the tests, from wheels, on loopback: started once a session, stopped by their process ids."""
