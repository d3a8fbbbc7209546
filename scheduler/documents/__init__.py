"""The only room that speaks office files: tables in; ledgers, notices and forms out."""
