"""The first pages of a PDF as pictures: drawn apart, capped in every way, a sentence where it cannot be, served harmlessly."""

from __future__ import annotations

import struct
import sys
import time
import zlib
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from bihuan.core import vault
from bihuan.ledger import pdf_pages, previews
from tests.cast import Cast
from tests.ledger.make import PNG
from tests.ledger.test_previews import brought, page

BOX = (200, 300)  # points
PASSWORD = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >>"


def pdf(
    *sizes: tuple[int, int], drawn: bytes = b"0.9 0 0 rg 20 20 100 100 re f", extra: bytes = b"", trailer: str = ""
) -> bytes:
    """A PDF of pages of these sizes in points, each with a red square in its lower left part; `extra`: one more object."""
    first = 3 + len(sizes)
    kids = " ".join(f"{n} 0 R" for n in range(3, first))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sizes)} >>".encode(),
        *(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {w} {h}] /Contents {first} 0 R >>".encode() for w, h in sizes),
        b"<< /Length %d >>\nstream\n" % len(drawn) + drawn + b"\nendstream",
        *([extra] if extra else []),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in places)
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + table.encode() + end.encode()


def locked() -> bytes:
    return pdf(BOX, extra=PASSWORD, trailer="/Encrypt 5 0 R /ID [<41><41>]")


def kept(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "file"
    path.write_bytes(data)
    return path


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and the rows (each with its filter byte) of a PNG that we wrote."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, colour = struct.unpack(">IIBB", png[16:26])
    assert (depth, colour) == (8, 2)
    start = png.index(b"IDAT")
    (size,) = struct.unpack(">I", png[start - 4 : start])
    body = png[start + 4 : start + 4 + size]
    assert struct.unpack(">I", png[start + 4 + size : start + 8 + size])[0] == zlib.crc32(b"IDAT" + body)
    return width, height, zlib.decompress(body)


def colour(png: bytes, right: float, down: float) -> tuple[int, ...]:
    """The colour at a place given as shares of width and height."""
    width, height, rows = pixels(png)
    at = int(height * down) * (width * 3 + 1) + 1 + int(width * right) * 3
    return tuple(rows[at : at + 3])


def test_a_page_is_drawn_as_it_is(tmp_path: Path) -> None:
    path = kept(tmp_path, pdf(BOX))
    drawn = pdf_pages.draw(path, 1)
    width, height, _ = pixels(drawn)
    assert (width, height) == (pdf_pages.WIDEST, pdf_pages.WIDEST * 3 // 2)
    red, green, blue = colour(drawn, 0.3, 0.8)
    assert red > 200
    assert green < 30
    assert blue < 30
    assert colour(drawn, 0.3, 0.2) == (255, 255, 255)


@pytest.mark.parametrize("size", [(14_000, 14_000), (3, 14_000), (14_000, 3), (200, 300)])
def test_however_large_a_page_says_it_is_the_picture_is_small(tmp_path: Path, size: tuple[int, int]) -> None:
    width, height, _ = pixels(pdf_pages.draw(kept(tmp_path, pdf(size)), 1))
    assert width <= pdf_pages.WIDEST + 1
    assert height <= 4 * pdf_pages.WIDEST + 1
    assert width * height <= pdf_pages.MOST_PIXELS * 1.01


def test_only_the_first_pages_are_shown(tmp_path: Path) -> None:
    data = pdf(*[BOX] * 12)
    seen = previews.preview(kept(tmp_path, data), pdf_pages.PDF, len(data))
    assert seen.pages == (1, 2, 3, 4, 5)
    assert seen.sentence == "一共12页，这里是前5页，全文请存下来看。"
    for number in (0, 6):
        with pytest.raises(pdf_pages.CannotShow):
            pdf_pages.draw(tmp_path / "file", number)


def test_what_cannot_be_shown_is_a_sentence(tmp_path: Path) -> None:
    def sentence(data: bytes, size: int | None = None) -> str:
        seen = previews.preview(kept(tmp_path, data), pdf_pages.PDF, size or len(data))
        assert seen.pages == ()
        return seen.sentence

    assert sentence(locked()).startswith("这份 PDF 设了密码")
    for bad in (b"%PDF-1.4 x", pdf(BOX)[:60], b"%PDF-1.7\n" + bytes(5000), pdf()):
        assert sentence(bad).startswith("这份 PDF 坏了或不完整"), bad
    assert sentence(pdf(BOX), pdf_pages.MOST_BYTES + 1) == pdf_pages.LARGE


def test_a_page_that_draws_for_ever_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "SECONDS", 1)
    drawn = b"0 0 0 RG " + b"0 0 m 200 300 l 200 0 l 0 300 l 100 150 l b* " * 60_000
    path, begun = kept(tmp_path, pdf(BOX, drawn=drawn)), time.monotonic()
    with pytest.raises(pdf_pages.CannotShow, match="画不出来"):
        pdf_pages.draw(path, 1)
    assert time.monotonic() - begun < 5


def test_a_child_that_dies_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dying = tmp_path / "dying.py"
    dying.write_text("import os\nos.abort()\n", encoding="utf-8")
    monkeypatch.setattr(pdf_pages, "_CHILD", dying)
    path = kept(tmp_path, pdf(BOX))
    with pytest.raises(pdf_pages.CannotShow, match="坏了"):
        pdf_pages.count(path, 100)
    with pytest.raises(pdf_pages.CannotShow, match="画不出来"):
        pdf_pages.draw(path, 1)


def test_no_more_than_two_draw_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, "SECONDS", 0.1)
    assert pdf_pages._AT_ONCE.acquire(blocking=False)
    assert pdf_pages._AT_ONCE.acquire(blocking=False)
    try:
        with pytest.raises(pdf_pages.CannotShow, match="看 PDF 的人多"):
            pdf_pages.count(kept(tmp_path, pdf(BOX)), 100)
    finally:
        pdf_pages._AT_ONCE.release()
        pdf_pages._AT_ONCE.release()


@pytest.mark.skipif(sys.platform == "win32", reason="there the system does not hold a program to its memory")
def test_the_child_is_held_to_its_memory() -> None:
    import subprocess

    greedy = "import sys; sys.path.insert(0, sys.argv[1]); import pdf_child; pdf_child._narrow(); bytearray(2 << 30)"
    child = Path(pdf_pages.__file__).with_name("pdf_child.py")
    done = subprocess.run([sys.executable, "-c", greedy, str(child.parent)], capture_output=True, check=False)
    assert b"MemoryError" in done.stderr


# --- the pages of the house ------------------------------------------------------------------------------------------
def test_the_page_shows_them_and_serves_them_so_that_nothing_runs(cast: Cast) -> None:
    piece = brought(cast, "登记表.pdf", pdf(BOX, BOX))
    html = page(cast.probationer, piece).content.decode()
    address = reverse("ledger:evidence_page", args=[piece.pk])
    assert [f'src="{address}?n={n}"' in html for n in (1, 2, 3)] == [True, True, False]
    client = Client()
    client.force_login(cast.probationer.account)
    answer = client.get(address, {"n": "2"})
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert pixels(answer.content)[0] == pdf_pages.WIDEST
    assert client.get(address, {"n": "x"}).status_code == 302
    assert client.get(address, {"n": "9"}).status_code == 403
    file = client.get(reverse("ledger:evidence_file", args=[piece.pk]))
    assert file["Content-Disposition"].startswith("attachment")  # the PDF itself is only ever handed out


def test_it_is_there_for_whoever_sees_the_problem_and_for_pdfs_only(cast: Cast) -> None:
    piece = brought(cast, "登记表.pdf", pdf(BOX))
    client = Client()
    client.force_login(cast.outsider.account)
    assert client.get(reverse("ledger:evidence_page", args=[piece.pk])).status_code == 404
    picture = brought(cast, "公示栏.png", PNG)
    client.force_login(cast.member.account)
    assert client.get(reverse("ledger:evidence_page", args=[picture.pk])).url == reverse(
        "ledger:evidence", args=[picture.pk]
    )
    assert piece.blob is not None
    vault.path_of(piece.blob.sha256).unlink()
    assert client.get(reverse("ledger:evidence_page", args=[piece.pk])).status_code == 302
