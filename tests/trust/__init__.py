"""What can be trusted, measured: `make trust` prints the figures of docs/reference/trust.md."""
