"""The characters of a PDF as people write them: no radicals for characters, no ligatures, nothing unseen."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bihuan_text.readers.units import whole

# Radicals that typefaces share with characters and that Unicode does not fold by itself.
_RADICALS = str.maketrans(
    "⺁⺇⺋⺌⺍⺎⺐⺒⺓⺕⺟⺠⺡⺢⺩⺫⺬⺮⺯⺰⺶⺹⺼⻁⻄⻅⻆⻉⻋⻍⻏⻐⻓⻔⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂几㔾小小兀尢巳幺彐母民氵氺王罒示竹糹纟羊耂月虎西见角贝车辶阝钅长门雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齐歯齿竜龙龜亀龟",
)
# Marks as they stand in columns written downwards.
_UPRIGHT = str.maketrans(
    "︐︑︒︓︔︕︖︗︘︙︰︱︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄", "，、。：；！？〖〗…：—（）｛｝〔〕【】《》〈〉「」『』"
)
_ORDINARY = _RADICALS | _UPRIGHT
_FOLDED = re.compile("[\u2f00-\u2fdf\uf900-\ufaff\ufb00-\ufb06\U0002f800-\U0002fa1f]")
_UNSEEN = re.compile("[\x00\x01\x03-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffe\uffff]")
_HYPHEN = "\x02"  # how PDFium gives the hyphen of a divided word
BROKEN = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd]")


def plain(text: str) -> str:
    """The text with ordinary characters: 工 for the radical ⼯, fi for a ligature, a blank for one that does not break."""
    text = _UNSEEN.sub("", whole(text)).replace(_HYPHEN, "-").replace("\xa0", " ")
    return _FOLDED.sub(_fold, text).translate(_ORDINARY)


def _fold(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0])


@lru_cache(maxsize=4096)
def is_wide(character: str) -> bool:
    """Whether a character is written without blanks around it: Chinese, and its marks."""
    return bool(character) and (unicodedata.east_asian_width(character) in "WF" or character in "“”‘’…—·×〇")
