"""Comparing papers, measured: a corpus with copies planted at known places, our command, its floor, its peers."""
