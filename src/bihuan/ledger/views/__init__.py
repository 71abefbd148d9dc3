"""The pages of the ledger, one file a page."""
