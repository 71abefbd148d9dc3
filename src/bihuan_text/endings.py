"""The endings of files that papers come in, for folders and for forms. What a file is, its bytes tell, not its name."""

from __future__ import annotations

READ = (
    ".docx", ".docm", ".doc", ".dot", ".wps", ".rtf", ".pdf", ".txt", ".md", ".markdown", ".html", ".htm", ".mht", ".mhtml",
)  # fmt: skip
"""What a reader reads."""

KNOWN = frozenset((*READ, ".ofd"))
"""What is taken out of a folder: a paper in it that cannot be read is refused by name, not passed over."""
