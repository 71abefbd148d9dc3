"""Papers for the tests of the layout: by python-docx as it comes, by WPS and LibreOffice as they write; all invented."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from bihuan_text import read_document, read_report
from bihuan_text.layout import Deviation, deviations, measured
from bihuan_text.layout.measuring import Layout
from tests.text.makers import zip_of

TITLE = "中共云溪村第二支部委员会关于2025年度组织生活会情况的报告"
LINES = (
    TITLE,
    "中共云溪镇委员会：",
    "根据通知要求，支部于2026年1月20日召开组织生活会，现将情况报告如下。",
    "一、会前准备情况",
    "（一）学习研讨。支部集中学习3次，年老体弱的党员由支委上门送学，学习内容有记录。",
    "二、查摆的主要问题",
    "1. 走访次数不足。2025年4月至9月，有2名支委没有完成每月走访5户的安排，也没有说明原因。",
    "附件：1.整改台账",
    "中共云溪村第二支部委员会",
    "2026年2月5日",
)


def layout_of(data: bytes) -> Layout:
    """A .docx read and measured."""
    document = read_document(data, "报告.docx")
    layout = measured(data, document, read_report(document).title)
    assert layout is not None
    return layout


def found(data: bytes) -> list[Deviation]:
    """What is said of a .docx."""
    return deviations(layout_of(data))


def told(data: bytes, rule: str) -> list[str]:
    """The sentences of one rule."""
    return [each.message for each in found(data) if each.rule == rule]


def text_of(data: bytes) -> str:
    """The plain text of a .docx by our reader."""
    return read_document(data, "报告.docx").text


def by_python_docx(lines: tuple[str, ...] = LINES) -> bytes:
    """The lines as python-docx writes them when nobody tells it more: Letter, Cambria and 宋体 by its theme."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def converted(folder: Path, name: str, data: bytes, form: str) -> bytes:
    """A file as LibreOffice writes it in another form (“pdf”, “docx:MS Word 2007 XML”)."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed here: what it makes cannot be looked at")
    given = folder / name
    given.write_bytes(data)
    command = [program, "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", form,
               "--outdir", str(folder / "out"), str(given)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "out" / given.with_suffix(f".{form.split(':')[0]}").name).read_bytes()


def by_libreoffice(folder: Path, html: str) -> bytes:
    """A page of HTML that LibreOffice made into a .docx."""
    return converted(folder, "纸.html", html.encode(), "docx:MS Word 2007 XML")


def pdf_of(folder: Path, data: bytes) -> bytes:
    """The pages as LibreOffice draws them."""
    return converted(folder, "改.docx", data, "pdf")


# --- as WPS writes --------------------------------------------------------------------------------------------------

_LATIN = 'w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
_FONT = f'<w:rFonts w:hint="eastAsia" {_LATIN} w:eastAsia="{{face}}" w:cs="Times New Roman"/>'
_BODY_SHAPE = '<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLine="640" w:firstLineChars="200"/>'
_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="宋体"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name w:val="Normal"/><w:pPr><w:jc w:val="both"/></w:pPr>'
    '<w:rPr><w:kern w:val="2"/><w:sz w:val="21"/></w:rPr></w:style>'
)
_FOOTER = (
    "<w:p><w:pPr>{shape}</w:pPr><w:r><w:rPr>{look}</w:rPr><w:t>— </w:t></w:r><w:r><w:rPr>{look}</w:rPr>"
    '<w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE \\* MERGEFORMAT </w:instrText></w:r><w:r>'
    '<w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr>{look}</w:rPr><w:t>1</w:t></w:r><w:r>'
    '<w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr>{look}</w:rPr><w:t> —</w:t></w:r></w:p>'
)
NUMBER_LOOK = '<w:rFonts w:hint="eastAsia" w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/>'
FRAMED = '<w:framePr w:wrap="around" w:vAnchor="text" w:hAnchor="margin" w:xAlign="outside" w:y="1"/>'


def run(text: str, face: str = "仿宋_GB2312", size: float = 16.0, more: str = "") -> str:
    """A run as WPS writes it."""
    look = f'{_FONT.format(face=face)}{more}<w:sz w:val="{round(size * 2)}"/>'
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def body(text: str, face: str = "仿宋_GB2312", size: float = 16.0, shape: str = _BODY_SHAPE, more: str = "") -> str:
    """A paragraph of the text."""
    return f"<w:p><w:pPr>{shape}</w:pPr>{run(text, face, size, more)}</w:p>"


def title(text: str = TITLE, face: str = "方正小标宋_GBK") -> str:
    """A title in the middle."""
    shape = '<w:spacing w:line="600" w:lineRule="exact"/><w:jc w:val="center"/>'
    return f"<w:p><w:pPr>{shape}</w:pPr>{run(text, face, 22)}</w:p>"


def heading(lead: str, rest: str = "", face: str = "黑体") -> str:
    """A heading, its text run in behind it."""
    return f"<w:p><w:pPr>{_BODY_SHAPE}</w:pPr>{run(lead, face)}{run(rest) if rest else ''}</w:p>"


def section(
    *, size: tuple[int, int] = (11906, 16838), margins: tuple[float, float, float, float] = (37.3, 34.8, 27.8, 26.3),
    footer: bool = True, more: str = "", even: bool = True,
) -> str:  # fmt: skip
    """A section; margins (top, bottom, left, right) in millimetres, off by 0.3 as people drag them."""
    top, bottom, left, right = (round(mm * 1440 / 25.4) for mm in margins)
    rel = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    odd = f'<w:footerReference {rel} w:type="default" r:id="f1"/>' if footer else ""
    other = f'<w:footerReference {rel} w:type="even" r:id="f2"/>' if footer and even else ""
    return (
        f'<w:sectPr>{odd}{other}{more}<w:pgSz w:w="{size[0]}" w:h="{size[1]}"/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="851" w:footer="1400" '
        'w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="312"/></w:sectPr>'
    )


ROOT = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"), ("styles", "styles"), ("settings", "settings"),
            ("footer1", "footer"), ("footer2", "footer"),
        )
    )
    + "</Types>"
)  # fmt: skip


def packed(
    body_xml: str, *, styles: str = _STYLES, odd: str | None = None, even: str | None = None, settings: bool = True,
    theme: str = "",
) -> bytes:  # fmt: skip
    """A whole package around a body with its section."""
    odd = footer("right") if odd is None else odd
    even = footer("left") if even is None else even
    relations = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in (
            ("s", "styles", "styles.xml"), ("t", "settings", "settings.xml"),
            ("f1", "footer", "footer1.xml"), ("f2", "footer", "footer2.xml"), ("h", "theme", "theme/theme1.xml"),
        )
    )  # fmt: skip
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f"{head}{_MAIN}</Relationships>",
        "word/document.xml": f"<w:document {ROOT}><w:body>{body_xml}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"{head}{relations}</Relationships>",
        "word/styles.xml": f"<w:styles {ROOT}>{styles}</w:styles>",
        "word/settings.xml": f"<w:settings {ROOT}>{'<w:evenAndOddHeaders/>' if settings else ''}</w:settings>",
        "word/footer1.xml": f"<w:ftr {ROOT}>{odd}</w:ftr>",
        "word/footer2.xml": f"<w:ftr {ROOT}>{even}</w:ftr>",
    }
    if theme:
        members["word/theme/theme1.xml"] = theme
    return zip_of(members)


def footer(side: str, *, look: str = NUMBER_LOOK, frame: str = "") -> str:
    """A footer with its page number on one side."""
    return _FOOTER.format(shape=f'{frame}<w:jc w:val="{side}"/>', look=look)


GOOD = (
    title(),
    f'<w:p><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr>{run("中共云溪镇委员会：")}</w:p>',
    body("根据通知要求，支部于2026年1月20日召开组织生活会，现将情况报告如下。"),
    heading("一、会前准备情况"),
    heading("（一）学习研讨。", "支部集中学习3次，年老体弱的党员由支委上门送学。", "楷体_GB2312"),
    heading("二、查摆的主要问题"),
    body("1. 走访次数不足。2025年4月至9月，有2名支委没有完成每月走访5户的安排。"),
)


def by_wps(*changed: str, tail: str = "", **parts: object) -> bytes:
    """A paper that WPS laid out well, then ``changed`` paragraphs and its section (or ``tail``)."""
    return packed("".join((*GOOD, *changed)) + (tail or section()), **parts)  # type: ignore[arg-type]
