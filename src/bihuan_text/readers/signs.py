"""Characters of sign typefaces, whatever file they are from: Symbol, and the Wingdings family that forms are ticked with.

Such a typeface has its signs at private codes (U+F020 to U+F0FF); which sign a code is, only the typeface tells.
"""

from __future__ import annotations

import re

_FIRST, _LAST = 0xF020, 0xF0FF
PRIVATE = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")

# Signs that mean one thing in whichever of the Wingdings has them; another sign keeps its private code.
_SIGNS = {
    "F0A8": "□", "F06F": "□", "F071": "□", "F072": "□", "F0FE": "☑", "F052": "☑", "F0FD": "☒", "F053": "☒", "F054": "☒",
    "F0FC": "√", "F050": "√", "F0FB": "×", "F04F": "×", "F06C": "●", "F06E": "■", "F0B7": "·", "F0A7": "▪", "F0D8": "➢",
    "F075": "◆",
}  # fmt: skip
_RINGS = {f"F0{0x80 + n:02X}": chr(0x245F + n) for n in range(1, 11)}  # ① to ⑩
_BLACK_RINGS = {f"F0{0x8B + n:02X}": chr(0x2775 + n) for n in range(1, 11)}  # ❶ to ❿
_ARROWS = {"F0DF": "←", "F0E0": "→", "F0E1": "↑", "F0E2": "↓", "F0E7": "←", "F0E8": "→", "F0E9": "↑", "F0EA": "↓"}
_WINGDINGS = {**_SIGNS, **_RINGS, **_BLACK_RINGS, **_ARROWS, "F0A1": "○", "F0AB": "★"}
# The table of Symbol, from its code 20 on and from its code A1 on; its code B7 is the usual bullet, as above.
_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_HIGH = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂·÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf0f0〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_SYMBOL = {f"F0{0x20 + n:02X}": c for n, c in enumerate(_LOW)} | {f"F0{0xA1 + n:02X}": c for n, c in enumerate(_HIGH)}
_TYPEFACES = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": {**_SIGNS, "F0A3": "□"}}


def draws_signs(typeface: str) -> bool:
    """Whether a typeface has signs where others have private codes, so far as its signs are known here."""
    return typeface.casefold() in _TYPEFACES


def sign_of(code: str, typeface: str = "") -> str:
    """The character of a hexadecimal code in a sign typeface; "" where it is none."""
    signs = _TYPEFACES.get(typeface.casefold(), _SIGNS)
    code = code.upper().zfill(4)
    if code.startswith("00") and draws_signs(typeface):  # some programs leave the private part of the code out
        code = f"F0{code[2:]}"
    if code in signs:
        return signs[code]
    try:
        said = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return said if said.isprintable() or 0xE000 <= ord(said) <= 0xF8FF else ""


def drawn_in(text: str, typeface: str) -> str:
    """A text with the signs of its typeface written as characters, one for one; in another typeface as it is."""
    if not draws_signs(typeface):
        return text
    return PRIVATE.sub(lambda found: sign_of(f"{ord(found[0]):X}", typeface), text)
