"""PDF files made for tests: raw ones, object by object, and papers laid out by the product's own layout."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from functools import cache
from itertools import groupby

from bihuan_text.gbt9704 import Block, Heading, Paper, Paragraph, Table, Text, title_of, to_pdf

_FIRST, _SECOND = (
    re.compile(r"[一二三四五六七八九十]{1,3}、[^。；]{1,38}"),
    re.compile(r"（[一二三四五六七八九十]{1,3}）[^。；]{1,38}"),
)


def raw(objects: Iterable[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A file of these objects, numbered from 1, with its table of places."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d %b >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, len(out))
    return bytes(out) + b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table + end


def stream(content: bytes, head: bytes = b"") -> bytes:
    """A compressed stream."""
    packed = zlib.compress(content)
    return b"<< /Length %d /Filter /FlateDecode %b >>\nstream\n%b\nendstream" % (len(packed), head, packed)


def pages_of(contents: list[bytes], resources: bytes = b"", extra: Iterable[bytes] = ()) -> bytes:
    """A file of pages with these contents. /F1 is Helvetica; ``extra`` objects are numbered from 4 on."""
    extra = list(extra)
    first = 4 + len(extra)
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%b] /Count %d /MediaBox [0 0 595 842] >>" % (kids, len(contents)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *extra,
    ]
    for n, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> %b >> >>"
            % (first + 2 * n + 1, resources)
        )
        objects.append(stream(content))
    return raw(objects)


def shown(*lines: tuple[float, float, str], size: float = 12) -> bytes:
    """The content of a page with Latin words at these places."""
    return (
        b"BT "
        + b" ".join(
            b"/F1 %g Tf 1 0 0 1 %g %g Tm (%b) Tj" % (size, x, y, words.encode("cp1252")) for x, y, words in lines
        )
        + b" ET"
    )


@cache
def laid_out(text: str) -> bytes:
    """A paper of lines, its first the title, laid out as PDF by GB/T 9704; lines with tabs make tables."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    titled = len(lines[0]) <= 60 and not lines[0].endswith(("。", "；")) and "\t" not in lines[0]
    title = title_of(lines[0] if titled else "材料")
    return to_pdf(Paper(title=title, body=tuple(_blocks(lines[titled:]))), system_fonts=False).data


def _blocks(lines: list[str]) -> Iterable[Block]:
    for is_table, group in groupby(lines, key=lambda line: "\t" in line):
        if is_table:
            rows = [tuple(line.split("\t")) for line in group]
            width = max(map(len, rows))
            even = [row + ("",) * (width - len(row)) for row in rows]
            yield Table(header=even[0], rows=tuple(even[1:]))
            continue
        for line in group:
            level = 1 if _FIRST.fullmatch(line) else 2 if _SECOND.fullmatch(line) else 0
            yield Heading(level, (Text(line),)) if level else Paragraph((Text(line),))


_SONG = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-%b /DescendantFonts [5 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo "
    b"<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
)


def set_in_song(*lines: tuple[float, float, str] | tuple[float, float, str, float], way: bytes = b"H") -> bytes:
    """A file of one page with Chinese words at these places, 12 points or of a size of their own; ``way`` V: downwards."""
    said = b" ".join(
        b"/F2 %g Tf 1 0 0 1 %g %g Tm <%b> Tj" % (*(own or (12,)), x, y, words.encode("utf-16-be").hex().encode())
        for x, y, words, *own in lines
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [6 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
        b"<< >>",
        _SONG[0] % way,
        _SONG[1],
        b"<< /Type /Page /Parent 2 0 R /Contents 7 0 R /Resources << /Font << /F2 4 0 R >> >> >>",
        stream(b"BT " + said + b" ET"),
    ]
    return raw(objects)
