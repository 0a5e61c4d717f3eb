"""To follow a person: both say yes, each stops it with one key, and only what is said under the own name is shown."""
