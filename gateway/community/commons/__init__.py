"""What a group has in common: rules in its own words, tools that go round, things that are bought together."""
