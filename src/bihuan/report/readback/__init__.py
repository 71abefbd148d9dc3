"""The way back of a .docx that was edited elsewhere: which paragraph is which, which words changed, which figures stay."""

from bihuan.report.readback.comparing import compare
from bihuan.report.readback.items import Change, Figure, Outcome, What

__all__ = ["Change", "Figure", "Outcome", "What", "compare"]
