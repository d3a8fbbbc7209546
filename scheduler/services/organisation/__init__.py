"""People, units, rooms, absences, occurrences, and somebody leaving."""
