"""From the facts of a campaign to a problem, and from a plan to a draft."""
