"""Papers that were handed out."""
