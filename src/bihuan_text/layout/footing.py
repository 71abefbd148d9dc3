"""The footer with “— 1 —” that a mended paper gets."""

from __future__ import annotations

from typing import Final

from bihuan_text.gbt9704.docx_styles import SONGTI
from bihuan_text.gbt9704.ooxml import root, t, w
from bihuan_text.gbt9704.page import twips

from .units import figure

_SIDES: Final = {"default": "right", "even": "left"}


def footer(kind: str, words: list[str]) -> bytes:
    """A footer part, `default` (odd) or `even`: the number on its side, one character in; below it what is to stay."""
    size = figure("sizes", "number_pt")
    side = _SIDES[kind]
    exact = w("spacing", before=0, after=0, line=twips(16), lineRule="exact")
    indent = {"left": 0, "leftChars": 0, "right": 0, "rightChars": 0, "firstLine": 0, "firstLineChars": 0}
    shape = w("pPr", w("snapToGrid", val=0), exact, w("ind", **{**indent, side: twips(size)}), w("jc", val=side))
    return root("ftr", w("p", shape, *_number(kind, round(size * 2))), *(_line(each) for each in words)).encode()


def _number(kind: str, half_points: int) -> tuple[str, ...]:
    fonts = w("rFonts", ascii=SONGTI, hAnsi=SONGTI, eastAsia=SONGTI, hint="eastAsia")
    look = w("rPr", fonts, w("color", val="auto"), w("spacing", val=0), w("sz", val=half_points))
    return (
        w("r", look, t("— ")),
        w("r", look, w("fldChar", fldCharType="begin")),
        w("r", look, '<w:instrText xml:space="preserve"> PAGE </w:instrText>'),
        w("r", look, w("fldChar", fldCharType="separate")),
        w("r", look, t("1" if kind == "default" else "2")),
        w("r", look, w("fldChar", fldCharType="end")),
        w("r", look, t(" —")),
    )


def _line(words: str) -> str:
    return w("p", w("r", t(words)))
