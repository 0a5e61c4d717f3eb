"""What happens next: the relay, the jobs, the schedule."""
