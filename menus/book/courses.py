"""Tips day by day: one a day by SMS, in an order that somebody who knows has found."""

from menus.book.ideas import GONE, RESTS
from menus.screens import Browse, Choose, Do, Flow, Tell

courses = Flow(
    "courses",
    Browse("course", "Learn day by day", rows="open_courses", then="one_course", empty="none"),
    Choose("none", "Nothing to learn day by day now.", {}),
    title="Day by day",
)

one_course = Flow(
    "one_course",
    Do("look_at_course", {"course_shown": "show", "course_mine": "mine", "no_course": "gone"}),
    Choose("show", "{course_title}: {parts} tips, one a day by SMS. {learners} learn it or have learnt it.", {"1 Begin": "begin_course"}),
    Choose("mine", "{course_title}: {came} of {parts} tips have come.", {"2 Stop it": "stop_course"}),
    Do("begin_course", {"course_begun": "begun", "courses_enough": "enough", "no_course": "gone", "rests": "rests"}),
    Tell("begun", "{course_title}: one tip a day by SMS, from {day}. Reply if you did it."),
    Tell("enough", "You learn {most} at once. End one first, or wait until it is over."),
    Do("stop_course", {"course_stopped": "stopped", "no_course": "gone"}),
    Tell("stopped", "No more of it comes. You can begin again any time."),
    Tell("rests", RESTS),
    Choose("gone", GONE, {}),
    title="Day by day",
    takes=("course",),
)
