"""Typefaces by the part they play: what the standard calls for, what may stand in, and which is at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Collection

Role = Literal["小标宋", "仿宋", "楷体", "黑体", "宋体", "西文"]

# Ships with this package (see docs/decisions/fonts.md) and holds every character of GBK and the 通用规范汉字表.
SHIPPED: Final = "Bihuan Song"
SHIPPED_SHOWN: Final = "闭环宋体"


@dataclass(frozen=True, slots=True)
class Typeface:
    """`usual`: names under which the right face is installed; `free`: look-alikes, best first.

    `bolden`: the stroke, in parts of the size, that makes the light shipped face heavy enough for this part.
    """

    role: Role
    usual: tuple[str, ...]
    free: tuple[str, ...]
    bolden: float = 0.0


TYPEFACES: Final[tuple[Typeface, ...]] = (
    Typeface(
        "小标宋",
        (
            "方正小标宋简体",
            "FZXiaoBiaoSong-B05S",
            "方正小标宋_GBK",
            "FZXiaoBiaoSong-B05",
            "FZXiaoBiaoSong-B05S-GB18030",
        ),
        ("Noto Serif CJK SC", "Source Han Serif SC", "思源宋体", "STZhongsong", "华文中宋"),
        bolden=0.035,
    ),
    Typeface(
        "仿宋",
        (
            "仿宋_GB2312",
            "FangSong_GB2312",
            "仿宋",
            "FangSong",
            "方正仿宋_GBK",
            "FZFangSong-Z02",
            "方正仿宋简体",
            "FZFangSong-Z02S",
            "STFangsong",
            "华文仿宋",
        ),
        ("Zhuque Fangsong (technical preview)", "朱雀仿宋", "Zhuque Fangsong", "FandolFang R", "FandolFang"),
    ),
    Typeface(
        "楷体",
        (
            "楷体_GB2312",
            "KaiTi_GB2312",
            "楷体",
            "KaiTi",
            "方正楷体_GBK",
            "FZKai-Z03",
            "方正楷体简体",
            "FZKai-Z03S",
            "STKaiti",
        ),
        ("LXGW WenKai", "霞鹜文楷", "AR PL UKai CN", "AR PL KaitiM GB"),
    ),
    Typeface(
        "黑体",
        ("黑体", "SimHei", "方正黑体_GBK", "FZHei-B01", "方正黑体简体", "FZHei-B01S", "STHeiti"),
        ("Noto Sans CJK SC", "Source Han Sans SC", "思源黑体", "WenQuanYi Zen Hei", "Microsoft YaHei"),
        bolden=0.045,
    ),
    Typeface("宋体", ("宋体", "SimSun", "NSimSun"), ("Noto Serif CJK SC", "Source Han Serif SC", "思源宋体")),
    Typeface("西文", ("Times New Roman",), ("Liberation Serif", "TeX Gyre Termes", "Nimbus Roman", "Libertinus Serif")),
)

# Asked only for characters that the chosen face and the shipped one lack.
LAST_RESORT: Final = ("SimSun-ExtB", "Noto Serif CJK SC", "LXGW WenKai", "Noto Sans CJK SC", "DejaVu Sans")


@dataclass(frozen=True, slots=True)
class Choice:
    """The family that plays a part, and what is asked after it when a character is missing."""

    typeface: Typeface
    family: str
    genuine: bool

    @property
    def bolden(self) -> float:
        """Only the shipped face is lightened by design; others are taken as they are."""
        return self.typeface.bolden if self.family == SHIPPED else 0.0

    @property
    def shown(self) -> str:
        """The name to print for a reader."""
        return SHIPPED_SHOWN if self.family == SHIPPED else self.family


def choose(families: Collection[str]) -> tuple[Choice, ...]:
    """For every part the best of the families at hand; names are compared without regard to case."""
    present = {family.casefold(): family for family in families}
    return tuple(_best(typeface, present) for typeface in TYPEFACES)


def _best(typeface: Typeface, present: dict[str, str]) -> Choice:
    for name in typeface.usual:
        if name.casefold() in present:
            return Choice(typeface, present[name.casefold()], genuine=True)
    free = (present[name.casefold()] for name in typeface.free if name.casefold() in present)
    return Choice(typeface, next(free, SHIPPED), genuine=False)
