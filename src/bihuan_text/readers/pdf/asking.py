"""A PDF given to the program beside that looks into it (``child``), and what it says, page by page.

The program gets the bytes on its standard input, leaves no file, and is ended when it takes too long, whatever happens.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from bihuan_text.readers.limits import MAX_CHARACTERS, MAX_PAGES, PDF_SECONDS
from bihuan_text.readers.sniff import damaged
from bihuan_text.refusal import Unreadable

if TYPE_CHECKING:
    from typing import IO

Run: TypeAlias = tuple[str, float, float, float, float]
"""Words, where they begin, the line they stand on, where they end (points, y upwards), and their size in points."""
Rule: TypeAlias = tuple[float, float, float, float]
"""A line drawn: left, bottom, right, top."""

_CHILD = Path(__file__).with_name("child.py")
_LIBRARIES = {"win32": "pdfium.dll", "darwin": "libpdfium.dylib"}
_AT_ONCE = threading.BoundedSemaphore(2)  # of a web server's many threads
_LINE = 32 * 1024 * 1024
_ABSENT = "这台机器没有装好读取 PDF 的部件，请提交它的 .docx 或 .txt 版本。"
_HEAVY = "这份 PDF 过于复杂，为安全起见没有读完，请提交它的 .docx 或 .txt 版本。"
_CANNOT = {
    "locked": "这份 PDF 设了打开密码，请去掉密码，或提交它的 .docx 版本再试。",
    "pages": f"这份 PDF 超过 {MAX_PAGES} 页，不像一份材料，请只提交这份材料本身。",
    "characters": f"这份 PDF 的字太多（超过 {MAX_CHARACTERS // 10000} 万字，或挤在一页里），不像一份材料，请只提交这份材料本身。",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page; ``box`` is the page itself. ``unseen``: most of its words are not drawn, as under a scan."""

    box: Rule
    runs: list[Run]
    rules: list[Rule]
    picture: bool = False
    unseen: bool = False
    broken: bool = False


def pages(data: bytes) -> Iterator[Page]:
    """The pages of a file in turn; raises ``Unreadable`` where it cannot be read to its end."""
    if not _AT_ONCE.acquire(timeout=PDF_SECONDS):
        raise Unreadable("现在读 PDF 的人多，请过一会儿再试。")
    try:
        with _program() as (given, told):
            with suppress(OSError):  # it may be gone already; what it said tells why
                given.write(data)
                given.close()
            yield from _told(told)
    finally:
        _AT_ONCE.release()


def _told(out: IO[bytes]) -> Iterator[Page]:
    """The pages said; raises ``Unreadable`` where the program stopped before the end."""
    while line := out.readline(_LINE):
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:
            break
        if "end" in said:
            return
        if "cannot" in said:
            raise Unreadable(_CANNOT[said["cannot"]]) if said["cannot"] in _CANNOT else damaged()
        yield Page(
            said["page"], said["runs"], said["rules"], bool(said["picture"]), bool(said["unseen"]), "broken" in said
        )
    raise Unreadable(_HEAVY)


@contextmanager
def _program() -> Generator[tuple[IO[bytes], IO[bytes]]]:
    """The program's input and output; it is ended once its time is over, and when nobody listens any more."""
    command = [sys.executable, "-I", "-S", str(_CHILD), _library(), str(MAX_CHARACTERS), str(MAX_PAGES)]
    try:
        child = subprocess.Popen(  # noqa: S603  (our own program, no shell)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            creationflags=0x08000000 if sys.platform == "win32" else 0,  # no window
        )  # fmt: skip
    except OSError as error:
        raise Unreadable(_ABSENT) from error
    clock = threading.Timer(PDF_SECONDS, child.kill)
    clock.daemon = True
    clock.start()
    given, told = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)
    try:
        yield given, told
    finally:
        clock.cancel()
        child.kill()
        for pipe in (given, told):
            with suppress(OSError):
                pipe.close()
        child.wait()


@lru_cache(maxsize=1)
def _library() -> str:
    """PDFium as its package brings it; found without loading the package, which takes longer than reading a paper."""
    found = find_spec("pypdfium2_raw")
    for folder in found.submodule_search_locations or () if found else ():
        path = Path(folder) / _LIBRARIES.get(sys.platform, "libpdfium.so")
        if path.is_file():
            return str(path)
    raise Unreadable(_ABSENT)
