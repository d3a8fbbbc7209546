"""The org chart through time, absences, rooms, workdays, and what tables say of them."""
