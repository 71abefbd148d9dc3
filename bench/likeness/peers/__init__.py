"""Other ways to find copies; each is run in an environment of its own, ``python -m bench.likeness.peers.NAME FOLDER …``.

It prints JSON: {"spans": [[file, start, end, file, start, end], …]} where it says which characters, {"pairs": [[file, file],
…]} where it says which papers, {"ranked": [[file, file], …], "above": number} where it puts all pairs in an order.
"""
