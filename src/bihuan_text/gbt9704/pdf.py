"""A paper as PDF by Typst: official typefaces where the machine has them, else stand-ins, and it says which."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bihuan_text.gbt9704 import page
from bihuan_text.gbt9704.coverage import characters_in, is_seen
from bihuan_text.gbt9704.flow import Grid, Line, kept_with_signature, lay_out, title_text, words_of
from bihuan_text.gbt9704.titles import width
from bihuan_text.gbt9704.typefaces import LAST_RESORT, SHIPPED, choose

if TYPE_CHECKING:
    from collections.abc import Iterable

    import typst

    from bihuan_text.gbt9704.elements import Paper
    from bihuan_text.gbt9704.flow import Item
    from bihuan_text.gbt9704.typefaces import Choice

FONT_FOLDER: Final = Path(__file__).parent / "fonts"
# WPS keeps typefaces of its own beside the program.
WPS_FOLDERS: Final = (
    "Kingsoft/WPS Office",
    "/opt/kingsoft/wps-office/office6/fonts",
    "/opt/apps/cn.wps.wps-office-pro/files",
)

# Faces inside Typst have no file to look into; its Libertinus holds at least these.
ASSUMED: Final = frozenset(range(0x20, 0x7F))


@dataclass(frozen=True, slots=True)
class Substitute:
    """哪个位置的字体用了替代：应当用的、实际用的。"""

    role: str
    wanted: str
    used: str


@dataclass(frozen=True, slots=True)
class PdfResult:
    """PDF 文件，用了哪些替代字体，以及哪些字没有字体能排（在页上是空框）。"""

    data: bytes
    substitutes: tuple[Substitute, ...]
    missing: tuple[str, ...]


def to_pdf(paper: Paper, *, system_fonts: bool = True) -> PdfResult:
    """排成 PDF；`system_fonts=False` 只用随程序带的字体，各处结果相同。"""
    shelf = _shelf(system_fonts)
    choices = choose(shelf.families)
    items = lay_out(paper)
    substitutes = tuple(Substitute(c.typeface.role, c.typeface.usual[0], c.shown) for c in choices if not c.genuine)
    notice = _notice(substitutes)
    data = {
        "title": title_text(paper),
        "notice": notice,
        "page": _page(),
        "faces": {choice.typeface.role: _face(choice, shelf) for choice in choices},
        "items": [_item(item) for item in items],
        "last": next(iter(kept_with_signature(items)), None),
    }
    drawn = _draw(shelf.fonts, json.dumps(data, ensure_ascii=False))
    missing = shelf.lacking(words_of(items) + notice, choices)
    return PdfResult(drawn, substitutes, missing)


def _draw(fonts: typst.Fonts, data: str) -> bytes:
    """Draws once, looks where the signature stands, and draws again if it stands on a page of its own."""
    import typst  # noqa: PLC0415  80 MB that reading and checking papers never need

    template = resources.files("bihuan_text.gbt9704").joinpath("template.typ").read_bytes()
    once = typst.query(template, "<stand>", "value", font_paths=fonts, sys_inputs={"paper": data})
    held = _lines_to_hold({stand["name"]: stand for stand in json.loads(once)})
    return typst.compile(template, font_paths=fonts, sys_inputs={"paper": data, "held": str(held)})


def _lines_to_hold(stands: dict[str, dict[str, Any]]) -> int:
    """How many lines to keep free at the foot, so that one or two lines of the body go over to the signature."""
    if stands.keys() != {"start", "end", "signature"} or stands["signature"]["page"] == stands["end"]["page"]:
        return 0
    start, end = (_line_of(stands[name]["y"]) for name in ("start", "end"))
    own = end - start + 1 if stands["start"]["page"] == stands["end"]["page"] else 2
    return page.LINES - end + min(own, 2)


def _line_of(y_pt: float) -> int:
    """The line of the page, from 1, that holds a point so far below the upper edge of the paper."""
    return int((y_pt - page.TOP_MM * page.POINTS_PER_MM) / page.PITCH_PT) + 1


@dataclass(frozen=True)
class _Shelf:
    """The typefaces at hand."""

    fonts: typst.Fonts
    families: frozenset[str]

    def chain(self, choice: Choice) -> tuple[str, ...]:
        """The families to ask in turn; the shipped one is never left out."""
        names = (choice.family, SHIPPED, *(name for name in LAST_RESORT if name in self.families))
        return tuple(dict.fromkeys(names))

    def lacking(self, text: str, choices: Iterable[Choice]) -> tuple[str, ...]:
        """Characters of the text that no face in any chain holds, in the order of the text."""
        wanted = {name for choice in choices for name in self.chain(choice)}
        left = dict.fromkeys(character for character in text if is_seen(character))
        # The shipped face first: it holds nearly everything, so that other files need seldom be opened.
        for font in sorted(self.fonts.fonts(), key=lambda font: font.family != SHIPPED):
            if left and font.family in wanted:
                held = characters_in(font.path, font.index) if font.path else ASSUMED
                left = {character: None for character in left if ord(character) not in held}
        return tuple(left)


@lru_cache(maxsize=2)
def _shelf(system_fonts: bool) -> _Shelf:
    import typst  # noqa: PLC0415  80 MB that reading and checking papers never need

    folders = [FONT_FOLDER, *(_wps_folders() if system_fonts else ())]
    fonts = typst.Fonts(include_system_fonts=system_fonts, font_paths=folders)
    return _Shelf(fonts, frozenset(fonts.families()))


def _wps_folders() -> list[Path]:
    homes = (os.environ.get(name) for name in ("LOCALAPPDATA", "PROGRAMFILES", "PROGRAMFILES(X86)"))
    windows = [Path(home) / WPS_FOLDERS[0] for home in homes if home]
    return [folder for folder in (*windows, *map(Path, WPS_FOLDERS[1:])) if folder.is_dir()]


def _notice(substitutes: tuple[Substitute, ...]) -> str:
    """One sentence for the foot of the last page; parts that share a stand-in are named together."""
    parts: dict[str, list[str]] = {}
    for each in substitutes:
        parts.setdefault(each.used, []).append(each.role)
    named = (f"{'、'.join(roles)}以 {used} 代" for used, roles in parts.items())
    return f"替代字体，仅供预览：{'，'.join(named)}。" if substitutes else ""


def _face(choice: Choice, shelf: _Shelf) -> dict[str, Any]:
    # A song face stands in for 小标宋 only in its bold cut.
    heavy = choice.typeface.role == "小标宋" and not choice.genuine and choice.family != SHIPPED
    return {"families": shelf.chain(choice), "bolden": choice.bolden, "heavy": heavy}


def _page() -> dict[str, Any]:
    return {
        "paper": page.PAPER_MM,
        "top": page.TOP_MM,
        "bottom": page.BOTTOM_MM,
        "left": page.LEFT_MM,
        "right": page.RIGHT_MM,
        "width": page.AREA_MM[0],
        "pitch": page.PITCH_PT,
        "tracking": page.TRACKING_PT,
        "body": page.BODY_PT,
        "title": page.TITLE_PT,
        "number": page.PAGE_NUMBER_PT,
        "number-below": page.PAGE_NUMBER_BELOW_MM,
        "imprint": page.IMPRINT_PT,
        "table": page.TABLE_PT,
        "table-pitch": page.TABLE_PITCH_PT,
        "outer-rule": page.OUTER_RULE_MM,
        "inner-rule": page.INNER_RULE_MM,
        "mark-below": page.MARK_BELOW_MM,
        "head-rule-below": page.HEAD_RULE_BELOW_MM,
        "head-rule": page.HEAD_RULE_MM,
        "red": f"#{page.RED}",
    }


def _item(item: Item) -> dict[str, Any]:
    kind: dict[str, Any] = {"kind": "grid" if isinstance(item, Grid) else "turn"}
    if isinstance(item, Line) and item.kind == "mark":
        kind = {"size": page.mark_pt(width("".join(run.text for run in item.runs)))}
        return kind | asdict(item)
    return (kind if not isinstance(item, Line) else {}) | asdict(item)
