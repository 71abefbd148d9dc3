"""PDF files that mean harm: streams that swell, forms that call themselves, pages and characters without end."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from tests.text.pdf_maker import pages_of, raw, stream

_PAGE = b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_WORD = b"BT /F1 9 Tf 9 9 Td (x) Tj ET"


def _swelling(part: bytes, times: int) -> bytes:
    """A stream of so many times the same bytes, made without holding them."""
    packer = zlib.compressobj(9)
    step = max(1, 1_000_000 // len(part))
    packed = b"".join(packer.compress(part * step) for _ in range(times // step)) + packer.flush()
    return b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)


def _page(content: bytes) -> bytes:
    root, pages = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [4 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
    )
    return raw([root, pages, _FONT, _PAGE, content])


def _form(calls: bytes, content: bytes) -> bytes:
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << %b >> >>"
    return stream(content, head % calls)


def _forms() -> bytes:
    """Ten forms, each of which calls the next ten times."""
    levels = [_form(b"/X %d 0 R" % (5 + n), b"/X Do " * 10) for n in range(9)]
    return pages_of([b"/X Do"], b"/XObject << /X 4 0 R >>", [*levels, _form(b"", _WORD)])


def _itself() -> bytes:
    return pages_of([b"/X Do"], b"/XObject << /X 4 0 R >>", [_form(b"/X 4 0 R", b"/X Do /X Do " + _WORD)])


def _pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (3 + n) for n in range(count))
    pages = b"<< /Type /Pages /Kids [%b] /Count %d /MediaBox [0 0 595 842] >>" % (kids, count)
    return raw([b"<< /Type /Catalog /Pages 2 0 R >>", pages, *[b"<< /Type /Page /Parent 2 0 R >>"] * count])


def _words() -> bytes:
    return _page(
        stream(b"\n".join(b"BT /F1 9 Tf %d %d Td (x) Tj ET" % (n * 37 % 590, n * 53 % 800) for n in range(300_000)))
    )


BOMBS: dict[str, Callable[[], bytes]] = {
    "swelling-stream.pdf": lambda: _page(_swelling(b" ", 1_000_000_000)),
    "swelling-words.pdf": lambda: _page(_swelling(b"BT /F1 1 Tf 10 10 Td (" + b"a" * 1000 + b") Tj ET\n", 10_000)),
    "many-words.pdf": _words,
    "many-lines.pdf": lambda: _page(_swelling(b"1 1 m 2 2 l S\n", 3_000_000)),
    "forms-in-forms.pdf": _forms,
    "form-in-itself.pdf": _itself,
    "many-pages.pdf": lambda: _pages(100_000),
    "deep-dictionary.pdf": lambda: raw([b"<< /Type /Catalog /X " + b"<< /A " * 200_000 + b">> " * 200_000 + b">>"]),
    "many-objects.pdf": lambda: b"%PDF-1.4\n" + b"1 0 obj\n<< >>\nendobj\n" * 2_000_000,
}
