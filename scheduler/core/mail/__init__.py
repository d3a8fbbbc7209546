"""Letters, news, and when mail goes out."""
