"""What a group says to itself: what a meeting is to be about, what it can, will and should do, and circles in which all speak."""
