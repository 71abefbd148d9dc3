"""Well-formed Word markup from any bytes: what a fuzzer writes byte by byte hardly ever closes a tag."""

from __future__ import annotations

from tests.text.makers import MORE, W, p

from bihuan_text.readers.package import Purse

ELEMENTS = (
    "p", "r", "t", "tab", "br", "cr", "sym", "noBreakHyphen", "pPr", "rPr", "vanish", "del", "ins", "delText", "moveFrom",
    "moveTo", "p", "r",
    "numPr", "numId", "ilvl", "pStyle", "rStyle", "tbl", "tr", "tc", "trPr", "tcPr", "gridSpan", "gridBefore", "vMerge", "hMerge",
    "cellDel", "sdt", "sdtPr", "sdtContent", "tag", "hyperlink", "fldSimple", "fldChar", "instrText", "footnoteReference",
    "endnoteReference", "txbxContent", "ruby", "rubyBase", "rt", "bookmarkStart", "altChunk", "customXml", "smartTag", "sectPr",
    "drawing", "pict", "object", "lastRenderedPageBreak", "commentRangeStart", "proofErr", "body",
)  # fmt: skip
LISTS = (
    "abstractNum", "num", "lvl", "lvlOverride", "startOverride", "start", "numFmt", "lvlText", "isLgl", "pStyle", "abstractNumId",
    "numStyleLink", "styleLink", "style", "basedOn", "rPr", "pPr", "numPr", "numId", "ilvl", "vanish", "docDefaults", "name",
)  # fmt: skip
OTHERS = ("mc:AlternateContent", "mc:Choice", "mc:Fallback", "wps:txbx", "v:textbox", "v:textpath", "m:oMath", "m:t")
VALUES = (
    "", "0", "1", "2", "3", "9", "-1", "99999999999", "begin", "separate", "end", "page", "textWrapping", "restart", "continue",
    "decimal", "chineseCounting", "bullet", "lowerRoman", "none", "%1", "%1.%2", "（%1）", "%9", "false", "on", "a", "Normal",
    "character", "paragraph", "F0B7", "Symbol", "w14",
)  # fmt: skip
_NAMES = ("val", "id", "type", "fldCharType", "styleId", "abstractNumId", "numId", "ilvl", "name", "char", "font")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_POURED = f'<w:altChunk xmlns:r="{_OFFICE}" r:id="a"/>'
_LINKS = b'<Relationships><Relationship Id="a" Target="poured"/></Relationships>'
_WORDS = ("一、", "存在的问题", "一是", "学习不深", "。", "比如，", "（一）", "\t", " ", "　", "1.")


def markup(data: bytes, names: tuple[str, ...]) -> str:
    """Elements with attributes and words, all of them closed; a byte or three say what comes next."""
    out: list[str] = []
    open_: list[str] = []
    at = 0
    while at < len(data):
        byte, more = data[at], data[at + 1 : at + 3]
        if byte < 0x60 and open_:
            out.append(f"</{open_.pop()}>")
            at += 1
        elif byte < 0x90:
            out.append(_said(_WORDS[byte % len(_WORDS)], open_[-1] if open_ else ""))
            at += 1
        else:
            name = names[byte % len(names)] if byte < 0xF0 else OTHERS[byte % len(OTHERS)]
            open_.append(name if ":" in name else f"w:{name}")
            out.append(f"<{open_[-1]}{_attributes(more)}>")
            at += 1 + len(more)
    return "".join(out) + "".join(f"</{name}>" for name in reversed(open_))


def _said(word: str, parent: str) -> str:
    """A word where it counts: in a run, in a paragraph; any other place is tried with the bare word."""
    if parent in ("w:p", "w:ins", "w:hyperlink", "w:sdtContent", "w:fldSimple"):
        return f"<w:r><w:t>{word}</w:t></w:r>"
    if parent in ("", "w:tc", "w:txbxContent"):
        return f"<w:p><w:r><w:t>{word}</w:t></w:r></w:p>"
    return f"<w:t>{word}</w:t>" if parent == "w:r" else word


def _attributes(more: bytes) -> str:
    if len(more) < 2 or more[0] >= 0xC0:
        return ""
    return f' w:{_NAMES[more[0] % len(_NAMES)]}="{VALUES[more[1] % len(VALUES)]}"'


class Loose:
    """The parts of a .docx as they come out of its zip."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        self._parts, self.purse = parts, Purse()

    def part(self, name: str) -> bytes | None:
        """The bytes of one part."""
        return self._parts.get(name)


def loose(data: bytes) -> Loose:
    """A .docx of which the body, the notes, the lists and the styles are made of the bytes, a part each.

    The bytes of the notes are also a file that is poured in at the end.
    """
    quarter = len(data) // 4 or 1
    body, notes, lists, styles = (data[at : at + quarter] for at in (0, quarter, 2 * quarter, 3 * quarter))
    parts = {
        "document": f"<w:body>{p('甲')}{markup(body, ELEMENTS)}{_POURED}</w:body>",
        "footnotes": f'<w:footnote w:id="1">{markup(notes, ELEMENTS)}</w:footnote>',
        "numbering": markup(lists, LISTS), "styles": markup(styles, LISTS),
    }  # fmt: skip
    made = {f"word/{n}.xml": f"<w:{n} {W} {MORE}>{inside}</w:{n}>".encode() for n, inside in parts.items()}
    return Loose(made | {"word/poured": notes, "word/_rels/document.xml.rels": _LINKS})


_2003 = 'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
_FLAT = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'


def one_file(data: bytes) -> bytes:
    """A paper in one XML file: of the kind of 2003 or, where the first byte is odd, a .docx laid flat."""
    lists, body = markup(data[1 : 1 + len(data) // 3], LISTS), markup(data[1 + len(data) // 3 :], ELEMENTS)
    if data and data[0] % 2:
        document = f"<w:document {W} {MORE}><w:body>{p('甲')}{body}</w:body></w:document>"
        parts = {"document": document, "numbering": f"<w:numbering {W} {MORE}>{lists}</w:numbering>"}
        laid = (
            f'<pkg:part pkg:name="/word/{n}.xml"><pkg:xmlData>{inside}</pkg:xmlData></pkg:part>'
            for n, inside in parts.items()
        )
        return f'<?xml version="1.0"?><pkg:package {_FLAT}>{"".join(laid)}</pkg:package>'.encode()
    spaces = f"{_2003} {MORE}"
    styles = f"<w:styles>{lists}</w:styles>"
    return f'<?xml version="1.0"?><w:wordDocument {spaces}>{styles}<w:body>{p("甲")}{body}</w:body></w:wordDocument>'.encode()
