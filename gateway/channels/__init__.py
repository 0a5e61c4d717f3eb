"""How the world reaches us. The only room that knows a provider's field names."""
