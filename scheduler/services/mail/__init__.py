"""Letters, links, answers, reminders: written, sent, read."""
