"""Twenty short lessons for leaders. Each is a line of the catalogue, short enough for a first screen."""

LESSONS = (
    "Listen first. Let the quiet one speak before you say what you think.",
    "Ask open questions: what would make it easier for you?",
    "Name who helped, in front of all. Thanks cost nothing.",
    "Promise little and keep it. A kept small word builds trust.",
    "Show the books at each meeting. Count the money before all.",
    "Begin on time and end on time. It honours who came.",
    "One thing at a time. Write what was decided, who does it, by when.",
    "Let others lead a part of the meeting. They learn, you rest.",
    "A quarrel: hear each one alone first, then both together.",
    "Who has not paid has a reason. Ask kindly, and alone.",
    "Ask the youngest and the oldest what they think.",
    "Say it when you were wrong. It makes you stronger, not weaker.",
    "Never keep another member's PIN. Never type it for them.",
    "A secret vote is fair. Do not ask who voted what.",
    "New members: sit beside them the first two meetings.",
    "Visit who has been silent. Often something has happened.",
    "Try new things small and short. Then look together if it works.",
    "Tell the group what became of their ideas, also when it is no.",
    "Share the work out: small jobs for many are better than all for you.",
    "Prepare who comes after you. A good leader can be replaced.",
)
