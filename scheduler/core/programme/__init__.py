"""What a campaign asks besides talks and study: materials, opinions, tasks, training, meetings by frequency, and the gate of a meeting."""
