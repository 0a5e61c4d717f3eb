"""To follow a thing, or to stop: the same steps behind every kind of it."""

from menus.screens import Do, Step, Tell

FOLLOW: tuple[Step, ...] = (
    Do("follow_here", {"followed": "followed", "follows_no_more": "unfollowed", "no_item": "gone"}),
    Tell("followed", "You follow it. What becomes of it waits for you under 9."),
    Tell("unfollowed", "You do not follow it any more."),
)
