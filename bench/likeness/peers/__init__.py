"""Other ways to find copies; each a script run in an environment of its own: ``python NAME.py FOLDER`` prints JSON.

{"spans": [[file, start, end, file, start, end], …]} where it says which characters, {"pairs": [[file, file], …]} where not.
"""
