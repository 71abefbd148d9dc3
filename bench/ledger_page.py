"""The ledger page of a year with 2,000 problems: questions to the database, the server's time beside an empty page
through the same middleware, and what goes over the line: the page and everything it asks for, from a real server."""

from __future__ import annotations

import gzip
import re
import sys
import zlib
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.faults.browser import Hand
from tests.journeys.serving import running

from bench.branch import with_cast
from bench.figures import Figure, in_turn, main, ratio

FEW, MANY, TIMES = 40, 2000, 15
LIMIT = 150_000  # bytes with everything
_LINKED = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="(/static/[^"]+)"')


@dataclass(frozen=True)
class Sent:
    """What one browser is sent for one page: bytes of each address, as they went over the line, and unpacked."""

    line: dict[str, int]
    plain: dict[str, int]


def run() -> list[Figure]:
    """The three figures."""
    with with_cast() as (folder, cast):
        from django.conf import settings  # noqa: PLC0415  after `settle`
        from django.test import Client  # noqa: PLC0415
        from tests.cast import at  # noqa: PLC0415

        settings.ROOT_URLCONF, settings.DEMO = "bench.addresses", True  # its clock stands at the cast's day
        from tests.faults.test_ten_years import lay_year  # noqa: PLC0415

        from bihuan.cycle.actions import open_cycle  # noqa: PLC0415

        cycle = open_cycle(year=2025, by=cast.secretary, at=at(8))
        lay_year(cast, cycle, FEW)
        client = Client()
        client.force_login(cast.secretary.account)
        few = _questions(client)
        _make_room(cycle)
        lay_year(cast, cycle, MANY)
        _long_words(cycle)
        many = _questions(client)
        page, empty = in_turn(TIMES, lambda: _ask(client, "/ledger/"), lambda: _ask(client, "/bench/empty/"))
        with running(folder, "--demo") as system:
            hand = Hand(system.url).walk_in("zhao")
            packed, plain = sent(hand, "/ledger/", "gzip"), sent(hand, "/ledger/", "identity")
    return [
        Figure("ledger page: questions to the database with 40 problems and with 2,000", f"{few} and {many}",
               "the same", kept=few == many, bench="ledger_page"),
        Figure("ledger page, 2,000 problems: server's time against an empty page of the same framework",
               f"{page}; empty {empty}", ratio=ratio(page, empty), bench="ledger_page"),
        _bytes("as the server sends it (gzip)", packed.line), _bytes("uncompressed", plain.line),
    ]  # fmt: skip


def _bytes(how: str, found: dict[str, int]) -> Figure:
    total = sum(found.values())
    page = found["/ledger/"]
    return Figure(
        f"ledger page, 2,000 problems: bytes with everything, {how}",
        f"{total / 1000:.1f} kB (the page {page / 1000:.1f}, {len(found) - 1} files {(total - page) / 1000:.1f})",
        f"{LIMIT // 1000} kB", f"{total / LIMIT:.2f} of the limit", total <= LIMIT, "ledger_page",
    )  # fmt: skip


def _make_room(cycle: object) -> None:
    """The first forty are numbered like the first of the two thousand: they are renamed, the numbers stay unique."""
    from bihuan.ledger.models import Problem  # noqa: PLC0415

    for problem in Problem.objects.of(cycle.org_id):  # type: ignore[attr-defined]
        Problem.objects.of(cycle.org_id).filter(pk=problem.pk).update(no=f"A{problem.no}")  # type: ignore[attr-defined]


def _long_words(cycle: object) -> None:
    """Statements as long as the table shows them."""
    from django.db.models import F, Value  # noqa: PLC0415
    from django.db.models.functions import Concat  # noqa: PLC0415

    from bihuan.ledger.models import Problem  # noqa: PLC0415

    problems = Problem.objects.of(cycle.org_id)  # type: ignore[attr-defined]
    problems.update(statement=Concat(F("no"), Value("样例：" + "这一句话写得和台账里最长的问题一样长，" * 4)))


def _questions(client: object) -> int:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    _ask(client, "/ledger/")
    with CaptureQueriesContext(connection) as asked:
        _ask(client, "/ledger/")
    return len(asked)


def _ask(client: object, path: str) -> None:
    assert client.get(path).status_code == 200, path  # type: ignore[attr-defined]


def sent(hand: Hand, path: str, encoding: str) -> Sent:
    """Ask for the page and for everything it links to, once, saying which encoding is understood."""
    line, plain = {}, {}
    line[path], page = _body(hand, path, encoding)
    plain[path] = len(page)
    for linked in linked_files(page.decode()):
        line[linked], found = _body(hand, linked, encoding)
        plain[linked] = len(found)
    return Sent(line, plain)


def linked_files(page: str) -> list[str]:
    """What a page makes the browser ask for, each address once, in order."""
    return list(dict.fromkeys(_LINKED.findall(page)))


def _body(hand: Hand, path: str, encoding: str) -> tuple[int, bytes]:
    """How many bytes came, and what they say."""
    there = urlsplit(hand.url)
    line = HTTPConnection(there.hostname or "", there.port, timeout=120)
    cookies = "; ".join(f"{name}={value}" for name, value in hand.cookies.items())
    line.request("GET", path, headers={"Accept-Encoding": encoding, "Cookie": cookies})
    answer = line.getresponse()
    body = answer.read()
    line.close()
    assert answer.status == 200, (path, answer.status)
    return len(body), unpacked(body, answer.headers.get("Content-Encoding", ""))


def unpacked(body: bytes, encoding: str) -> bytes:
    """The bytes without the packing that the answer names."""
    packings = {"gzip": gzip.decompress, "deflate": zlib.decompress}
    return packings[encoding](body) if encoding in packings else body


if __name__ == "__main__":
    sys.exit(main(run))
