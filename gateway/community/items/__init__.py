"""Items: whatever a member says that others can see, support, answer and follow. One kind of thing, with one set of verbs."""
