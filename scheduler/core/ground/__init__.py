"""Values and small tools that all rooms use; imports nothing of the others."""
