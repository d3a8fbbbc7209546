"""Requirements held against talks: the matrix, the ledger, what changed."""
