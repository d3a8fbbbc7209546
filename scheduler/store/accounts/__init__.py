"""Tables of accounts: who may sign in."""
