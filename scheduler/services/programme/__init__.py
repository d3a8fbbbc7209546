"""The programme's verbs: tasks, materials, opinions, training, meetings by frequency, gates, lanes."""
