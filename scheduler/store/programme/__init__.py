"""The programme's tables, in and out."""
