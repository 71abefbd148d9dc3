"""Word 97–2003 files made byte by byte: a compound file, a head, pieces, pages of formatting, styles and lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from struct import pack

Sprm = tuple[int, bytes]

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT_AT = 2048
IN_TABLE, ROW_END = (0x2416, b"\1"), (0x2417, b"\1")
DELETED, HIDDEN = (0x0800, b"\1"), (0x083C, b"\1")


@dataclass(frozen=True)
class Piece:
    """A stretch of the text: kept in one byte a character (``narrow``) or two, with properties of its own (``prm``)."""

    text: str
    narrow: bool = False
    prm: int = 0

    @property
    def units(self) -> int:
        return len(self.text.encode("utf-16-le", "surrogatepass")) // 2

    @property
    def raw(self) -> bytes:
        return self.text.encode("cp1252") if self.narrow else self.text.encode("utf-16-le", "surrogatepass")


@dataclass
class Doc:
    """What a made file says; ``runs`` and ``paragraphs`` are (start, end, properties) in UTF-16 units of the text."""

    pieces: list[Piece]
    lengths: Sequence[int] = ()
    runs: list[tuple[int, int, list[Sprm]]] = field(default_factory=list)
    paragraphs: list[tuple[int, int, list[Sprm]]] = field(default_factory=list)
    lists: bytes = b""
    uses: bytes = b""
    levels: bytes = b""
    styles: bytes = b""
    typefaces: bytes = b""
    properties: list[bytes] = field(default_factory=list)
    flags: int = 0x0200
    magic: int = 0xA5EC
    version: int = 0xC1
    shuffled: bool = False
    extra: dict[str, bytes] = field(default_factory=dict)

    def bytes(self) -> bytes:
        return doc_bytes(self)


def grpprl(sprms: Sequence[Sprm]) -> bytes:
    return b"".join(pack("<H", code) + operand for code, operand in sprms)


def doc_of(text: str, **more: object) -> Doc:
    """A file of one wide piece."""
    return Doc([Piece(text)], **more)  # type: ignore[arg-type]


def table(*rows: Sequence[str], edges: Sequence[Sequence[int]] = ()) -> tuple[str, list[tuple[int, int, list[Sprm]]]]:
    """A table's text from place 0, and its paragraphs' properties."""
    text, said = "", []
    for number, row in enumerate(rows):
        for cell in row:
            said.append((len(text), len(text) + len(cell) + 1, [IN_TABLE]))
            text += cell + "\x07"
        own = [IN_TABLE, ROW_END, *([row_edges(edges[number])] if edges else [])]
        said.append((len(text), len(text) + 1, own))
        text += "\x07"
    return text, said


def row_edges(edges: Sequence[int], merged: Sequence[int] = ()) -> Sprm:
    """Where the cells of a row begin, the end of the last one behind; ``merged`` go on from above."""
    cells = b"".join(pack("<H", 0x20 if n in merged else 0) + bytes(18) for n in range(len(edges) - 1))
    body = bytes([len(edges) - 1]) + b"".join(pack("<h", e) for e in edges) + cells
    return 0xD608, pack("<H", len(body) + 1) + body


def level(pattern: str, form: int = 0, start: int = 1) -> bytes:
    """A level of a list: ``pattern`` holds the characters 0–8 where numbers stand."""
    head = pack("<IBB", start, form, 0) + bytes(9) + bytes(1) + bytes(8) + bytes(4)
    return head + pack("<H", len(pattern)) + pattern.encode("utf-16-le")


def one_list(levels: Sequence[bytes], ident: int = 7) -> dict[str, bytes]:
    """The tables of one list with nine levels and one use of it."""
    nine = [*levels, *[level("")] * (9 - len(levels))]
    line = pack("<II", ident, 0) + bytes(18) + bytes(2)
    use = pack("<I", 1) + pack("<I", ident) + bytes(12) + b"\xff\xff\xff\xff"
    return {"lists": pack("<H", 1) + line, "levels": b"".join(nine), "uses": use}


def named_typefaces(*names: str) -> bytes:
    """The table of typefaces with these names, in this order."""
    records = [bytes(39) + name.encode("utf-16-le") + bytes(2) for name in names]
    return pack("<HH", len(records), 0) + b"".join(bytes([len(each)]) + each for each in records)


# --- the file ---------------------------------------------------------------------------------------------------------


def doc_bytes(doc: Doc) -> bytes:
    body = b"".join(p.raw for p in doc.pieces)
    places, at = [], TEXT_AT
    for piece in doc.pieces:
        places.append(at)
        at += len(piece.raw)
    if doc.shuffled:  # the pieces lie in the file from last to first
        body, at = b"".join(p.raw for p in reversed(doc.pieces)), TEXT_AT + len(body)
        places = []
        for piece in doc.pieces:
            at -= len(piece.raw)
            places.append(at)
    pages_at = -(-(TEXT_AT + len(body)) // 512)
    run_pages = _pages(_placed(doc, places, doc.runs), _run_page)
    paragraph_pages = _pages(_placed(doc, places, doc.paragraphs), _paragraph_page)
    tables = _Tables()
    tables.put(1, doc.styles)
    tables.put(12, _page_table(run_pages, pages_at))
    tables.put(13, _page_table(paragraph_pages, pages_at + len(run_pages)))
    tables.put(15, doc.typefaces)
    tables.put(33, _clx(doc, places))
    tables.put(73, doc.lists, doc.levels)
    tables.put(74, doc.uses)
    word = _head(doc, tables).ljust(TEXT_AT, b"\0") + body
    word = word.ljust(pages_at * 512, b"\0") + b"".join(page for _, _, page in (*run_pages, *paragraph_pages))
    name = "1Table" if doc.flags & 0x0200 else "0Table"
    return compound({"WordDocument": word, name: bytes(tables.data), **doc.extra})


class _Tables:
    def __init__(self) -> None:
        self.data, self.places = bytearray(b"\0" * 16), {}

    def put(self, index: int, data: bytes, behind: bytes = b"") -> None:
        if data:
            self.places[index] = (len(self.data), len(data))
            self.data += data + behind


def _head(doc: Doc, tables: _Tables) -> bytes:
    head = bytearray(1024)
    head[0:4] = pack("<HH", doc.magic, doc.version)
    head[10:12] = pack("<H", doc.flags)
    lengths = list(doc.lengths or (sum(p.units for p in doc.pieces),))
    for n, length in enumerate(lengths):
        head[76 + 4 * n : 80 + 4 * n] = pack("<I", length)
    for index, (at, size) in tables.places.items():
        head[154 + 8 * index : 162 + 8 * index] = pack("<II", at, size)
    return bytes(head)


def _clx(doc: Doc, places: Sequence[int]) -> bytes:
    ends = [0]
    for piece in doc.pieces:
        ends.append(ends[-1] + piece.units)
    lines = [
        pack("<HIH", 0, (place * 2) | 1 << 30 if piece.narrow else place, piece.prm)
        for piece, place in zip(doc.pieces, places, strict=True)
    ]
    plc = b"".join(pack("<I", cp) for cp in ends) + b"".join(lines)
    own = b"".join(b"\1" + pack("<H", len(each)) + each for each in doc.properties)
    return own + b"\2" + pack("<I", len(plc)) + plc


def _placed(doc: Doc, places: Sequence[int], said: list) -> list[tuple[int, int, bytes]]:
    """The same stretches by bytes of the file, cut where a piece ends."""
    found, first = [], 0
    for piece, place in zip(doc.pieces, places, strict=True):
        width, last = (1 if piece.narrow else 2), first + piece.units
        for start, end, sprms in said:
            if max(start, first) < min(end, last):
                a, b = (place + (max(start, first) - first) * width, place + (min(end, last) - first) * width)
                found.append((a, b, grpprl(sprms)))
        first = last
    return sorted(found)


def _pages(stretches: list[tuple[int, int, bytes]], page: object, most: int = 4) -> list[tuple[int, int, bytes]]:
    filled: list[tuple[int, int, bytes]] = []
    for start, end, said in stretches:  # what says nothing stands between
        if filled and filled[-1][1] < start:
            filled.append((filled[-1][1], start, b""))
        filled.append((start, end, said))
    groups = [filled[n : n + most] for n in range(0, len(filled), most)]
    return [(g[0][0], g[-1][1], page(g)) for g in groups]  # type: ignore[operator]


def _run_page(group: list[tuple[int, int, bytes]]) -> bytes:
    return _page(group, 1, lambda said: bytes([len(said)]) + said)


def _paragraph_page(group: list[tuple[int, int, bytes]]) -> bytes:
    def own(said: bytes) -> bytes:
        said = b"\0\0" + said  # the style comes first
        return bytes([0, (len(said) + 1) // 2]) + said.ljust(len(said) + len(said) % 2, b"\0")

    return _page(group, 13, own)


def _page(group: list[tuple[int, int, bytes]], width: int, own: object) -> bytes:
    page = bytearray(512)
    page[511] = len(group)
    at = 511
    for n, (start, end, said) in enumerate(group):
        page[4 * n : 4 * n + 8] = pack("<II", start, end)
        kept = own(said)  # type: ignore[operator]
        at = (at - len(kept)) // 2 * 2
        page[at : at + len(kept)] = kept
        page[4 * (len(group) + 1) + width * n] = at // 2
    return bytes(page)


def _page_table(pages: Sequence[tuple[int, int, bytes]], at: int) -> bytes:
    if not pages:
        return b""
    ends = [p[0] for p in pages] + [pages[-1][1]]
    return b"".join(pack("<I", e) for e in ends) + b"".join(pack("<I", at + n) for n in range(len(pages)))


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file of 512-byte sectors; streams below 4096 bytes lie in the small stream."""
    sectors: list[bytes] = []
    chain: list[int] = []

    def put(data: bytes) -> int:
        first, count = len(sectors), max(1, -(-len(data) // 512))
        sectors.extend(data[n * 512 : (n + 1) * 512].ljust(512, b"\0") for n in range(count))
        chain.extend([*range(first + 1, first + count), END])
        return first

    small, small_chain, starts = b"", [], {}
    for name, data in streams.items():
        if len(data) >= 4096:
            starts[name] = put(data)
            continue
        count = max(1, -(-len(data) // 64))
        starts[name] = len(small_chain)
        small_chain += [*range(len(small_chain) + 1, len(small_chain) + count), END]
        small += data.ljust(count * 64, b"\0")
    small_at = put(small) if small else END
    small_table = put(b"".join(pack("<I", n) for n in small_chain).ljust(512, b"\xff")) if small else END
    names = list(streams)
    lines = [_line("Root Entry", 5, 1 if names else FREE, FREE, small_at, len(small))]
    lines += [
        _line(n, 2, FREE, i + 2 if i + 1 < len(names) else FREE, starts[n], len(streams[n]))
        for i, n in enumerate(names)
    ]
    directory = put(b"".join(lines))
    count = -(-(len(sectors) + 4) // 128) + 1
    first = len(sectors)
    chain += [FAT] * count
    fat = b"".join(pack("<I", n) for n in chain).ljust(count * 512, b"\xff")
    sectors += [fat[n * 512 : (n + 1) * 512] for n in range(count)]
    difat = [first + n for n in range(count)] + [FREE] * (109 - count)
    head = SIGNATURE + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += pack("<IIIIIIIII", 0, count, directory, 0, 4096, small_table, 1, END, 0) + pack("<109I", *difat)
    return head + b"".join(sectors)


def _line(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    line = raw.ljust(64, b"\0") + pack("<HBB", len(raw), kind, 1) + pack("<III", FREE, right, child)
    return line + bytes(36) + pack("<IQ", start, size)
