"""Coverage and the ledger, as far as the viewer may see them."""
