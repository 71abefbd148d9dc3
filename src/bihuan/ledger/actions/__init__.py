"""The verbs of the ledger, one file a noun."""
