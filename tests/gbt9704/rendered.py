"""Looks at drawn pages: poppler reads the PDF, LibreOffice turns the .docx into one first."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bihuan_text.gbt9704.pdf import FONT_FOLDER
from bihuan_text.gbt9704.titles import width

MM = 72 / 25.4

# Which face at hand stands in for which named one when LibreOffice draws; each part gets its own to be told apart.
ALIASES = {
    "仿宋_GB2312": "Bihuan Song",
    "楷体_GB2312": "LXGW WenKai",
    "黑体": "Noto Sans CJK SC",
    "方正小标宋简体": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
}


@dataclass(frozen=True)
class Drawn:
    """One line of a page; millimetres from the upper left corner, size in points."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    fonts: tuple[str, ...]

    @property
    def characters(self) -> float:
        return width(self.text)


@dataclass(frozen=True)
class Page:
    width: float
    height: float
    lines: tuple[Drawn, ...]

    @property
    def body(self) -> tuple[Drawn, ...]:
        """Lines inside the type area."""
        return tuple(line for line in self.lines if line.bottom < 297 - 35 + 1)

    @property
    def number(self) -> Drawn:
        """The page number, the line that is nothing else."""
        (number,) = (line for line in self.lines if re.fullmatch(r"—\d+—", line.text))
        return number

    def line(self, start: str) -> Drawn:
        return next(line for line in self.lines if line.text.startswith(start))


def pages_of(pdf: Path) -> list[Page]:
    """Every page with its lines; pieces on one height are one line."""
    need("pdftohtml")
    command = ["pdftohtml", "-xml", "-i", "-stdout", "-zoom", "1", "-nodrm", str(pdf)]
    drawn = subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")
    tree = ET.fromstring(drawn)  # noqa: S314  poppler wrote it from our own PDF
    fonts = {spec.get("id"): spec for spec in tree.iter("fontspec")}
    return [_page(page, fonts) for page in tree.iter("page")]


def _page(page: ET.Element, fonts: dict[str | None, ET.Element]) -> Page:
    rows: dict[float, list[ET.Element]] = {}
    for piece in page.iter("text"):
        middle = _number(piece, "top") + _number(piece, "height") / 2
        row = next((height for height in rows if abs(height - middle) < 6), middle)
        rows.setdefault(row, []).append(piece)
    lines = (_line(pieces, fonts) for _, pieces in sorted(rows.items()))
    return Page(_number(page, "width") / MM, _number(page, "height") / MM, tuple(line for line in lines if line.text))


def _line(pieces: list[ET.Element], fonts: dict[str | None, ET.Element]) -> Drawn:
    pieces = sorted(pieces, key=lambda piece: _number(piece, "left"))
    inked = [piece for piece in pieces if "".join(piece.itertext()).strip()] or pieces
    specs = [fonts[piece.get("font")] for piece in inked]
    return Drawn(
        text="".join("".join("".join(piece.itertext()) for piece in pieces).split()),
        left=min(_number(piece, "left") for piece in inked) / MM,
        right=max(_number(piece, "left") + _number(piece, "width") for piece in inked) / MM,
        top=min(_number(piece, "top") for piece in inked) / MM,
        bottom=max(_number(piece, "top") + _number(piece, "height") for piece in inked) / MM,
        size=max(_number(spec, "size") for spec in specs),
        fonts=tuple(dict.fromkeys(spec.get("family", "") for spec in specs)),
    )


def _number(element: ET.Element, name: str) -> float:
    return float(element.get(name, "0"))


def docx_to_pdf(docx: bytes, folder: Path) -> Path:
    """The .docx as LibreOffice draws it, with the named faces mapped to those at hand."""
    need("soffice")
    source = folder / "paper.docx"
    source.write_bytes(docx)
    config = folder / "fonts.conf"
    config.write_text(_fontconfig(), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    surroundings = {**os.environ, "FONTCONFIG_FILE": str(config)}
    subprocess.run(command, check=True, capture_output=True, timeout=120, env=surroundings)
    return folder / "paper.pdf"


def _fontconfig() -> str:
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><prefer><family>{used}</family></prefer></alias>'
        for name, used in ALIASES.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
        f"<dir>{FONT_FOLDER}</dir>{aliases}</fontconfig>"
    )


def need(program: str) -> None:
    if not shutil.which(program):
        pytest.skip(f"{program} is not installed: the drawn pages were NOT looked at")
