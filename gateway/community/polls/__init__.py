"""Polls and quizzes: a few questions with answers to choose from, one after the other."""
