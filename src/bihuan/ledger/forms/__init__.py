"""What may be typed into the ledger."""
