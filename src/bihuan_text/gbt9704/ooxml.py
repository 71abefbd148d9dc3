"""Writing WordprocessingML: one function that makes an element, and the package around the parts."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping

MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# The earliest date a zip can hold; a real one would make two equal papers differ.
NO_DATE: Final = (1980, 1, 1, 0, 0, 0)


def w(name: str, /, *inside: str, **attributes: str | float) -> str:
    """Element `w:name` around `inside` (already XML); attributes are in the same namespace and get escaped."""
    given = "".join(f" w:{key}={quoteattr(str(value))}" for key, value in attributes.items())
    content = "".join(inside)
    return f"<w:{name}{given}>{content}</w:{name}>" if content else f"<w:{name}{given}/>"


def t(text: str) -> str:
    """Text of a run, its blanks kept."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def root(name: str, *inside: str) -> str:
    """A whole part with its root element."""
    names = f'xmlns:w="{MAIN}" xmlns:r="{RELATIONS}"'
    return f"{DECLARATION}<w:{name} {names}>{''.join(inside)}</w:{name}>"


def pack(parts: Mapping[str, str]) -> bytes:
    """A zip of the parts, the same bytes for the same parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # otherwise the byte tells Windows from Linux
            package.writestr(entry, content.encode("utf-8"))
    return target.getvalue()


def content_types(overrides: Mapping[str, str]) -> str:
    """`[Content_Types].xml`: part name → content type."""
    listed = "".join(f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def relationships(targets: Mapping[str, tuple[str, str]]) -> str:
    """A `.rels` part: id → (type, target)."""
    listed = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{to}"/>' for i, (kind, to) in targets.items())
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'
