"""Run as a program of its own, never imported: looks into one PDF with pypdfium2 and prints what it found.

    python -I pdf_child.py FILE            → {"pages": 12} or {"cannot": "password" | "damaged"}
    python -I pdf_child.py FILE 2 1000 …   → the second page as a PNG: so many pixels wide at most, so many in all

A hostile file can at worst end this process: it has no request, no database and no secret, and its caller ends it in time.
"""

from __future__ import annotations

import json
import struct
import sys
import zlib

_PASSWORD = 4  # FPDF_ERR_PASSWORD
MEMORY = 768 * 1024 * 1024


def _narrow() -> None:
    """As little memory as it needs, where the system can hold a program to it (Windows cannot so simply)."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def png(width: int, height: int, stride: int, pixels: bytes) -> bytes:
    """RGB rows as a PNG."""
    rows = b"".join(b"\x00" + pixels[y * stride : y * stride + width * 3] for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, parts))


def _chunk(part: tuple[bytes, bytes]) -> bytes:
    name, body = part
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def main(arguments: list[str]) -> int:
    """What `arguments` ask for, on standard output. 3: it cannot be shown."""
    _narrow()
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(arguments[0])
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        print(json.dumps({"cannot": "password" if code == _PASSWORD else "damaged"}))
        return 3
    if len(arguments) == 1:
        print(json.dumps({"pages": len(document)}))
        return 0
    number, widest, most = map(int, arguments[1:])
    page = document[number - 1]
    wide, high = page.get_size()
    scale = min(widest / max(wide, 1), 4 * widest / max(high, 1), (most / max(wide * high, 1)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, may_draw_forms=False)
    if bitmap.mode != "RGB":
        return 3
    sys.stdout.buffer.write(png(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
