"""Characters of sign typefaces, whatever file they are from."""

from __future__ import annotations

# The signs of the Wingdings family that forms are ticked with; another sign keeps its private code.
_SIGNS = {
    "F0A8": "□", "F06F": "□", "F071": "□", "F072": "□", "F0FE": "☑", "F052": "☑", "F0FD": "☒", "F053": "☒", "F054": "☒",
    "F0FC": "√", "F050": "√", "F0FB": "×", "F04F": "×", "F06C": "●", "F06E": "■", "F0B7": "·", "F0A7": "▪", "F0D8": "➢",
    "F075": "◆",
}  # fmt: skip


def sign_of(code: str) -> str:
    """The character of a hexadecimal code in a sign typeface; "" where it is none."""
    if code.upper() in _SIGNS:
        return _SIGNS[code.upper()]
    try:
        said = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return said if said.isprintable() or 0xE000 <= ord(said) <= 0xF8FF else ""
