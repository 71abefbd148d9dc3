"""The PDF and its typefaces: stand-ins are said, missing characters are said, text is never markup."""

from __future__ import annotations

import struct
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import typst

from bihuan_text.gbt9704 import Paper, Paragraph, Substitute, title_of, to_pdf
from bihuan_text.gbt9704.coverage import characters_in
from bihuan_text.gbt9704.pdf import FONT_FOLDER
from bihuan_text.gbt9704.typefaces import SHIPPED, SHIPPED_SHOWN, TYPEFACES, choose
from tests.gbt9704.rendered import pages_of
from tests.gbt9704.sample import report, text

if TYPE_CHECKING:
    from pathlib import Path

FONT = FONT_FOLDER / "BihuanSong-Regular.otf"
RARE_IN_NAMES = "喆堃犇玥昇镕祎翀赟旻垚㛃䶮𬍛"


def one(words: str) -> Paper:
    return Paper(title_of("试"), (Paragraph(text(words)),))


def test_a_machine_without_fonts_draws_and_says_what_stood_in() -> None:
    result = to_pdf(report(), system_fonts=False)
    assert result.data.startswith(b"%PDF-")
    assert Substitute("仿宋", "仿宋_GB2312", SHIPPED_SHOWN) in result.substitutes
    assert {each.role for each in result.substitutes} == {face.role for face in TYPEFACES}
    assert result.missing == ()


def test_the_last_page_says_so_below_the_type_area(pdf_pages: dict[str, list]) -> None:
    *others, last = pdf_pages["report"]
    notice = last.line("替代字体，仅供预览：")
    assert "仿宋" in notice.text
    assert SHIPPED_SHOWN in notice.text
    assert notice.top > last.number.bottom
    assert notice.bottom < 297 - 5
    assert not any(line.text.startswith("替代字体") for page in others for line in page.lines)


def test_official_faces_are_taken_first_and_not_reported() -> None:
    installed = {"FangSong", "Zhuque Fangsong (technical preview)", "SimHei", "KaiTi", "SimSun", "times new roman"}
    chosen = {choice.typeface.role: choice for choice in choose(installed)}
    assert chosen["仿宋"].family == "FangSong"
    assert [role for role, choice in chosen.items() if not choice.genuine] == ["小标宋"]
    assert chosen["小标宋"].family == SHIPPED
    # Names are matched without regard to case, but Typst gets the name the font itself has.
    assert chosen["西文"].family == "times new roman"


def test_free_look_alikes_come_before_the_shipped_face() -> None:
    chosen = {choice.typeface.role: choice for choice in choose({"LXGW WenKai", "Noto Sans CJK SC", SHIPPED})}
    assert (chosen["楷体"].family, chosen["黑体"].family, chosen["仿宋"].family) == (
        "LXGW WenKai",
        "Noto Sans CJK SC",
        SHIPPED,
    )
    assert chosen["黑体"].bolden == 0
    assert chosen["小标宋"].bolden > 0


def test_without_substitutes_nothing_is_printed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    usual = {face.usual[0] for face in TYPEFACES}
    monkeypatch.setattr("bihuan_text.gbt9704.pdf.choose", lambda _: choose(usual))
    result = to_pdf(one("山水"), system_fonts=False)
    target = tmp_path / "a.pdf"
    target.write_bytes(result.data)
    assert result.substitutes == ()
    assert [line.text for line in pages_of(target)[0].lines] == ["试", "山水", "—1—"]


def test_the_shipped_face_holds_what_papers_need() -> None:
    held = characters_in(str(FONT), 0)
    gb2312 = {bytes((lead, trail)) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF)}
    wanted = {character.decode("gb2312", "ignore") for character in gb2312} - {""}
    assert len(wanted) == 6763
    assert not [
        c
        for c in (*wanted, *RARE_IN_NAMES, *"，。、；：？！“”‘’（）〔〕《》〈〉【】—…·～％①⑩㎡℃№")
        if ord(c) not in held
    ]
    # Every Han character of GBK, the code of older registers of names.
    gbk = (bytes((a, b)).decode("gbk", "ignore") for a in range(0x81, 0xFF) for b in range(0x40, 0xFF) if b != 0x7F)
    assert not [c for c in gbk if len(c) == 1 and "\u4e00" <= c <= "\u9fff" and ord(c) not in held]


def test_the_shipped_face_is_small_renamed_and_licensed() -> None:
    assert FONT.stat().st_size < 8_000_000
    licence = (FONT_FOLDER / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "Adobe" in licence
    assert SHIPPED in typst.Fonts(False, False, [FONT_FOLDER]).families()
    assert "Noto" not in FONT.name


def test_characters_that_no_face_holds_are_named() -> None:
    result = to_pdf(one("山\ue000水\U000f0001山\ue000"), system_fonts=False)
    assert result.missing == ("\ue000", "\U000f0001")


def test_what_draws_nothing_is_not_missing() -> None:
    assert to_pdf(one("山\u200b水\ufeff\u2028㐂\U000e0100"), system_fonts=False).missing == ("㐂",)


def test_text_is_data_not_markup(tmp_path: Path) -> None:
    hostile = '#import"x"*粗*_斜_$1$`c`//注/*=-+@ref<b>\\u{41}~---"#{panic()}'
    result = to_pdf(one(hostile), system_fonts=False)
    target = tmp_path / "a.pdf"
    target.write_bytes(result.data)
    drawn = "".join(line.text for line in pages_of(target)[0].body)
    assert drawn == "试" + hostile


def test_same_paper_same_bytes() -> None:
    assert to_pdf(report(), system_fonts=False) == to_pdf(report(), system_fonts=False)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ttcf",
        b"OTTO\0\1",
        b"OTTO" + struct.pack(">H6x4s4xII", 1, b"cmap", 28, 20) + struct.pack(">HHHHI", 0, 1, 3, 10, 12) + b"\0\x0c",
        b"OTTO" + struct.pack(">H6x4s4xII", 1, b"cmap", 28, 60) + struct.pack(">HHHHI", 0, 1, 3, 10, 12)
        + struct.pack(">HHIIIIII", 12, 0, 28, 0, 1, 0, 0xFFFFFFFF, 1),
    ],
)  # fmt: skip
def test_a_broken_font_file_holds_nothing(content: bytes, tmp_path: Path) -> None:
    broken = tmp_path / "broken.otf"
    broken.write_bytes(content)
    assert characters_in(str(broken), 0) == frozenset()
    assert characters_in(str(tmp_path / "absent.otf"), 0) == frozenset()


def archived(words: str) -> bytes:
    """Drawn as PDF/A, which refuses a page with a character that no face holds."""
    template = b"#set document(date: datetime(year: 2026, month: 1, day: 9))\n"
    template += b"#set text(font: sys.inputs.font, fallback: false)\n#sys.inputs.words"
    inputs = {"font": SHIPPED, "words": words}
    return typst.compile(
        template, font_paths=[FONT_FOLDER], ignore_system_fonts=True, sys_inputs=inputs, pdf_standards="a-2b"
    )


def test_typst_agrees_on_what_the_shipped_face_holds() -> None:
    held = "".join(chr(code) for code in sorted(characters_in(str(FONT), 0)) if code >= 0x3400)
    assert len(held) > 21_000
    assert archived(held)
    with pytest.raises(typst.TypstError):
        archived("山\U000f0001")


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, bihuan_text.gbt9704; print([m for m in ('typst', 'docx', 'lxml', 'django') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
