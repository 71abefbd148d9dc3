"""Papers and files for the tests of the toolkit: the tiny text form, hand-written .docx, and bad files."""

from __future__ import annotations

import io
import zipfile

from bihuan_text import Unreadable, read_document, read_report
from bihuan_text.document import Document, plain_document
from bihuan_text.report import Report

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def document_of(text: str, form: str = "txt") -> Document:
    """A document from a few lines."""
    return plain_document(text, "试.txt", form)


def report_of(text: str, form: str = "txt") -> Report:
    """The structure of a few lines."""
    return read_report(document_of(text, form))


def reason_of(data: bytes, name: str) -> str:
    """Why a file is refused, or a full stop where it was read to its structure."""
    try:
        read_report(read_document(data, name))
    except Unreadable as refusal:
        return refusal.reason_zh
    return "。"


def p(*runs: str, props: str = "") -> str:
    """A paragraph of runs; a run without a tag is plain text."""
    inside = "".join(r if r.startswith("<") else f"<w:r><w:t>{r}</w:t></w:r>" for r in runs)
    return f"<w:p>{f'<w:pPr>{props}</w:pPr>' if props else ''}{inside}</w:p>"


def docx_of(body: str, **parts: str) -> bytes:
    """A .docx around a body; other parts by name (numbering, styles, footnotes)."""
    members = {"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS}
    members["word/document.xml"] = f"<w:document {W} {MORE}><w:body>{body}</w:body></w:document>"
    members |= {f"word/{name}.xml": f"<w:{name} {W} {MORE}>{inner}</w:{name}>" for name, inner in parts.items()}
    return zip_of(members)


def zip_of(members: dict[str, str | bytes], *, packed: bool = True) -> bytes:
    """A zip of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()
