"""People, units, groups, rooms and workdays."""
