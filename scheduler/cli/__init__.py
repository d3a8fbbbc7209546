"""The door for terminals and scripts: words in, one verb, a table or one JSON document out."""
