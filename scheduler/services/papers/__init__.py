"""Papers: reports, and documents to print."""
