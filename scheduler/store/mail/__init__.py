"""What is to be mailed, and what was."""
