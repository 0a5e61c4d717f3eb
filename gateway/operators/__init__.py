"""Who watches and steers: operators, their roles, their sessions. Uses nobody."""
