"""Words whose author nobody sees: the name is sealed, and only two of the board together can open it."""
