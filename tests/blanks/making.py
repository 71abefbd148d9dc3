"""Files of the shapes that Word, WPS and Excel write, by hand: what libraries would write is too tidy."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# The namespaces that WPS declares on every document, used or not.
WPS = (
    'xmlns:wpc="http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData" mc:Ignorable="w14 w15 wpsCustomData"'
)
NOISE = b"\x89PNG not really a picture \x00\x01\x02"


def docx(body: str, **aside: str) -> bytes:
    """A .docx around the XML of a body, with parts that nobody may touch. aside: header1=…, footer1=… and their XML."""
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    named = [(each.rstrip("0123456789"), each) for each in aside]
    pages = {1: "default", 2: "first", 3: "even"}
    used = "".join(
        f'<w:{kind}Reference w:type="{pages[int(name[-1])]}" r:id="rId{n}"/>' for n, (kind, name) in enumerate(named, 1)
    )
    first = "<w:titlePg/>" if any(name.endswith("2") for name in aside) else ""
    section = f"<w:sectPr>{used}{first}</w:sectPr>"
    document = f"{declared}<w:document {WPS}><w:body>{body}{section}</w:body></w:document>"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    listed = "".join(f'<Override PartName="/word/{x}.xml" ContentType="{main}{k}+xml"/>' for k, x in named)
    beside = {
        f"word/{name}.xml": f"{declared}<w:{tag} {WPS}>{aside[name]}</w:{tag}>".encode()
        for kind, name in named
        for tag in ("hdr" if kind == "header" else "ftr",)
    }
    if aside:
        beside["word/_rels/document.xml.rels"] = _relations(*((kind, f"{name}.xml") for kind, name in named))
    kinds = (
        f'<?xml version="1.0"?><Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override '
        'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
        f'document.main+xml"/>{listed}</Types>'
    )
    return zipped({
        "[Content_Types].xml": kinds.encode(),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": document.encode(),
        "word/media/image1.png": NOISE,
        "customXml/item1.xml": b"<a  b='1' ></a>",
        **beside,
    })  # fmt: skip


def xlsx(sheet: str, shared: tuple[str, ...] = (), *, book: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """An .xlsx of one sheet; style 1 has borders, style 2 borders and text. shared: XML inside each <si>."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    parts = {
        "workbook": "sheet.main",
        "worksheets/sheet1": "worksheet",
        "sharedStrings": "sharedStrings",
        "styles": "styles",
    }
    listed = "".join(f'<Override PartName="/xl/{p}.xml" ContentType="{kind}{k}+xml"/>' for p, k in parts.items())
    side = '<{0} style="thin"><color indexed="64"/></{0}>'
    sides = "".join(side.format(name) for name in ("left", "right", "top", "bottom"))
    styles = (
        f'<styleSheet {main}><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="1">'
        '<fill><patternFill patternType="none"/></fill>'
        f'</fills><borders count="2"><border/><border>{sides}</border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="3"><xf/><xf borderId="1" applyBorder="1"/><xf borderId="1" numFmtId="49"/></cellXfs></styleSheet>'
    )
    strings = "".join(f"<si>{each}</si>" for each in shared)
    return zipped({
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
            f'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
        ).encode(),
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook {main} xmlns:r="{_OFFICE}"><sheets>'
            f'<sheet name="汇总表" sheetId="1" r:id="rId1"/></sheets>{book}</workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
        ),
        "xl/worksheets/sheet1.xml": f"<worksheet {main}>{sheet}</worksheet>".encode(),
        "xl/sharedStrings.xml": f"<sst {main}>{strings}</sst>".encode(),
        "xl/styles.xml": styles.encode(),
        **(more or {}),
    })  # fmt: skip


def _relations(*targets: tuple[str, str]) -> bytes:
    listed = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{to}"/>' for n, (kind, to) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'.encode()


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def p(*runs: str, form: str = "") -> str:
    return f"<w:p>{form}{''.join(runs)}</w:p>"


def r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str = "<w:p/>", form: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="1800" w:type="dxa"/>{form}</w:tcPr>{content}</w:tc>'


def tr(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, columns: int = 3) -> str:
    grid = '<w:gridCol w:w="1800"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def box(content: str, fallback: str | None = None) -> str:
    """A run with a text box as Word keeps one: drawn once for itself, once more for old programs."""
    shape = (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column">'
        '<wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0'
        '</wp:posOffset></wp:positionV><wp:extent cx="2400000" cy="600000"/><wp:wrapTopAndBottom/>'
        '<wp:docPr id="1" name="文本框 1"/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2400000" cy="600000"/></a:xfrm><a:prstGeom prst="rect">'
        f"<a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/>"
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    old = (
        '<w:pict><v:shape id="_x0000_s1" style="width:189pt;height:47pt"><v:textbox><w:txbxContent>'
        f"{content if fallback is None else fallback}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice>'
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def formtext(result: str, name: str = "", default: str = "", look: str = "") -> str:
    """A form field of the old kind, as Word and LibreOffice write it: five runs."""
    given = f'<w:default w:val="{default}"/>' if default else ""
    mark = '<w:r><w:rPr>{look}</w:rPr><w:fldChar w:fldCharType="{kind}"{rest}</w:r>'
    data = f'><w:ffData><w:name w:val="{name}"/><w:enabled/><w:textInput>{given}</w:textInput></w:ffData></w:fldChar>'
    return (
        mark.format(kind="begin", rest=data, look=look)
        + f'<w:r><w:rPr>{look}</w:rPr><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r>'
        + mark.format(kind="separate", rest="/>", look=look)
        + (r(result, look) if result else "")
        + mark.format(kind="end", rest="/>", look=look)
    )


def body_of(data: bytes) -> etree._Element:
    body = etree.fromstring(part(data, "word/document.xml")).find(W + "body")
    assert body is not None
    return body


def said(node: etree._Element) -> str:
    return "".join(t.text or "" for t in node.iter(W + "t"))


def canonical(node: etree._Element) -> bytes:
    return etree.tostring(node, method="c14n", exclusive=True)


def cell_texts(data: bytes) -> dict[str, str]:
    """What stands in the cells of the sheet, by name: own words, numbers; shared words by their number."""
    root = etree.fromstring(part(data, "xl/worksheets/sheet1.xml"))
    found = {}
    for cell in root.iter(X + "c"):
        own = "".join(t.text or "" for t in cell.iter(X + "t"))
        found[str(cell.get("r"))] = own or cell.findtext(X + "v") or ""
    return found
