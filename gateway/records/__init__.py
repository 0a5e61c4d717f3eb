"""What was said and heard: hops of calls, messages in and out, reports of their delivery. Uses nobody."""
