"""What questions, tips and helpers are about: seven that everybody knows, and an organisation's own."""
