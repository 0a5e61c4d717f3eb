"""What members give and what they get back for it: counted, shown to them, and a brake when it is not fair."""
