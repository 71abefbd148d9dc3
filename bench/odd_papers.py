"""`bihuan compare` on odd papers: nothing crashes, nothing is silently left out, nothing grows with the square.

Growth is taken in processor seconds of the whole process tree, less what the same command takes for two short papers, so that
neither start-up nor whatever else the machine does hides it.
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from bench.figures import Figure, main, say

SECONDS, MEGABYTES, FOURFOLD = 20.0, 500.0, 7.0
"""The limits of one paper, as for ``bihuan read``; and how much more four times as much may cost (a square would be 16)."""
LETTERS = [chr(0x4E00 + number) for number in range(3000)]
COMPARE = [sys.executable, "-m", "bihuan", "compare"]


class Told(NamedTuple):
    """How a command ended, seconds, processor seconds of its tree, largest process in MB, its JSON, what it complained."""

    code: int
    seconds: float
    processor: float
    megabytes: float
    found: dict[str, Any]
    said: str

    @property
    def clean(self) -> bool:
        """No trace of a fault of our own."""
        return "Traceback" not in self.said and "程序没能处理" not in self.said

    def cost(self) -> str:
        """For the table."""
        return f"{say(self.seconds)}, {self.processor:.1f} s of processor, {self.megabytes:.0f} MB"


_WEIGHED = """
import os, sys
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(pid, 0)
os.write(2, f"\\n{usage.ru_utime + usage.ru_stime} {usage.ru_maxrss}".encode())
sys.exit(os.waitstatus_to_exitcode(status) % 256)
"""
"""Between the bench and the command: a process is charged with the size of the one that begot it, and this one is small."""


def told(*arguments: str | Path) -> Told:
    """Run the command."""
    begun = time.perf_counter()
    command = [sys.executable, "-S", "-c", _WEIGHED, *COMPARE, *map(str, arguments), "--json"]
    done = subprocess.run(command, capture_output=True, check=False)
    taken = time.perf_counter() - begun
    said, _, usage = done.stderr.decode("utf-8").rpartition("\n")
    processor, kilobytes = map(float, usage.split())
    found = json.loads(done.stdout) if done.stdout else {}
    return Told(done.returncode, taken, processor, kilobytes / 1024, found, said)


def answer(found: dict[str, Any]) -> object:
    """What was found, in whatever order the papers stand in the index."""

    def place(side: dict[str, Any]) -> tuple[str, int, int]:
        return side["file"], side["start"], side["end"]

    passages = {tuple(sorted((place(each["a"]), place(each["b"])))) for each in found["passages"]}
    return sorted(found["files"]), passages, sorted(sorted(each["files"]) for each in found["families"])


class Words:
    """Papers of words drawn by chance: nothing is alike but what is put in twice."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311

    def say(self, length: int) -> str:
        """Sentences of so many characters."""
        letters = self.random.choices(LETTERS, k=length)
        for at in range(self.random.randrange(8, 40), length, 24):
            letters[at] = "，。"[at % 2]
        return "".join(letters[:-1]) + "。"


def write(folder: Path, papers: dict[str, str]) -> Path:
    """The papers as files of a new folder."""
    folder.mkdir(parents=True)
    for name, text in papers.items():
        (folder / name).write_text(text, "utf-8")
    return folder


# --- one comparison each ----------------------------------------------------------------------------------------------


def twins(folder: Path, words: Words) -> Figure:
    """One file under two names."""
    text = words.say(5000)
    done = told(write(folder / "p", {"甲.txt": text, "乙.txt": text}))
    lengths = [each["length"] for each in done.found["passages"]]
    kept = done.code == 1 and lengths == [5000] and [each["same"] for each in done.found["families"]] == [True]
    return _figure("the same paper under two names", "one passage, one family, exit 1", done, kept=kept)


def empty(folder: Path, words: Words) -> Figure:
    """An empty paper among others."""
    done = told(write(folder / "p", {"空.txt": "", "标点.txt": "。。\n", "文.txt": words.say(500)}))
    kept = done.code == 0 and len(done.found["files"]) == 3
    return _figure("an empty paper, one of marks only, one of words", "all three named, exit 0", done, kept=kept)


def alone(folder: Path, words: Words) -> Figure:
    """A folder of one paper."""
    done = told(write(folder / "p", {"独.txt": words.say(500)}))
    return _figure(
        "a folder of one paper", "named, exit 0", done, kept=done.code == 0 and len(done.found["files"]) == 1
    )


def nothing(folder: Path, words: Words) -> Figure:
    """Nothing that can be read."""
    written = write(folder / "p", {f"{number}.docx": words.say(50) for number in range(3)})
    done = told(written)
    kept = done.code == 2 and not done.found and all(done.said.count(f"{number}.docx") == 1 for number in range(3))
    return _figure("nothing but unreadable papers", "each named, exit 2", done, kept=kept)


def some_unreadable(folder: Path, words: Words) -> Figure:
    """A thousand papers, three of which cannot be read."""
    written = write(folder / "p", {f"{number:04d}.txt": words.say(1500) for number in range(997)})
    bad = {"a.docx": b"PK\x03\x04 torn", "b.docx": b"", "c.pdf": b"%PDF-1.4\n" + bytes(range(256))}
    for name, data in bad.items():
        (written / name).write_bytes(data)
    done = told(written)
    refused = [Path(each["file"]).name for each in done.found["refused"]]
    at_the_end = [next((name for name in bad if f"{name}：" in row), "") for row in done.said.splitlines()[-3:]]
    kept = done.code == 1 and refused == at_the_end == list(bad) and len(done.found["files"]) == 997
    return _figure("1,000 papers, 3 of them unreadable", "the three named at the end, exit 1", done, kept=kept)


def wrong_list(folder: Path, words: Words) -> Figure:
    """A list in a workbook with paths that lead nowhere."""
    from openpyxl import Workbook  # noqa: PLC0415  (only here)

    write(folder / "p", {"甲.txt": words.say(500)})
    book = Workbook()
    for row in (["单位", "材料"], ["一", "甲.txt"], ["二", "乙.docx"], ["三", "别处/丙.txt"]):
        book.worksheets[0].append(row)
    book.save(folder / "p" / "清单.xlsx")
    done = told(folder / "p" / "清单.xlsx")
    refused = [Path(each["file"]).name for each in done.found["refused"]]
    kept = done.code == 1 and refused == ["乙.docx", "丙.txt"] and len(done.found["files"]) == 1
    return _figure("a list (.xlsx) in which two paths of three are wrong", "both named, exit 1", done, kept=kept)


def long(folder: Path, words: Words) -> Figure:
    """A paper of five million characters, the end of which stands in another one."""
    copied = words.say(300)
    papers = {"长.txt": words.say(4_999_700) + copied, "短.txt": words.say(700) + copied + words.say(700)}
    done = told(write(folder / "p", papers))
    lengths = [each["length"] for each in done.found["passages"]]
    kept = lengths == [300] and done.seconds <= SECONDS and done.megabytes <= MEGABYTES
    limit = f"the copy at its end found, {SECONDS:.0f} s, {MEGABYTES:.0f} MB"
    return _figure("a paper of 5,000,000 characters", limit, done, kept=kept)


def _figure(what: str, limit: str, done: Told, *, kept: bool) -> Figure:
    measured = f"exit {done.code}, {done.cost()}"
    return Figure(f"compare: {what}", measured, limit, kept=kept and done.clean, bench="odd_papers")


# --- growth -----------------------------------------------------------------------------------------------------------


def refrain(folder: Path, words: Words) -> Figure:
    """A paper of one repeated sentence against another one of it with an end of its own."""
    sentence = words.say(30)

    def papers(times: int) -> dict[str, str]:
        return {"甲.txt": sentence * times, "乙.txt": sentence * times + words.say(300)}

    return _grown(
        folder,
        "one sentence of 30 characters again and again, in two papers",
        (20_000, 40_000, 80_000),
        papers,
        _told_of,
    )


def equal(folder: Path, words: Words) -> Figure:
    """The same paper thousands of times."""
    text = words.say(5000)

    def papers(number: int) -> dict[str, str]:
        return {f"{at:05d}.txt": text for at in range(number)}

    def good(done: Told) -> bool:
        (family,) = done.found["families"]
        return family["same"] and len(family["files"]) == len(done.found["files"]) == len(done.found["passages"]) + 1

    return _grown(folder, "so many equal papers of 5,000 characters", (2_500, 5_000, 10_000), papers, good)


def nearly_equal(folder: Path, words: Words) -> Figure:
    """The same paper thousands of times, each with a sentence of its own: told as a family, or as what all of them write."""
    text = words.say(5000)

    def papers(number: int) -> dict[str, str]:
        return {f"{at:05d}.txt": text + words.say(60) for at in range(number)}

    def good(done: Told) -> bool:
        aside = [each for each in done.found["set_aside"] if each["files"] == len(done.found["files"])]
        return sum(each["end"] - each["start"] for each in aside) > 4_900 or bool(done.found["families"])

    return _grown(
        folder, "so many papers that differ in their last sentence only", (2_500, 5_000, 10_000), papers, good
    )


def _told_of(done: Told) -> bool:
    return done.code == 1 and bool(done.found["passages"])


def _grown(
    folder: Path,
    what: str,
    sizes: tuple[int, ...],
    papers: Callable[[int], dict[str, str]],
    good: Callable[[Told], object],
) -> Figure:
    """``good``: whether what was said is what should be said."""
    small = told(write(folder / "small", {"甲.txt": "一" * 50, "乙.txt": "二" * 50})).processor
    done: list[Told] = []
    for size in sizes:
        done.append(told(write(folder / str(size), papers(size))))
        shutil.rmtree(folder / str(size))
    net = [max(0.01, each.processor - small) for each in done]
    growth = net[-1] / net[0]
    measured = "; ".join(f"{size:,}: {each.cost()}" for size, each in zip(sizes, done, strict=True))
    kept = growth <= FOURFOLD and all(each.clean and good(each) for each in done)
    limit = f"four times as much costs at most {FOURFOLD:.0f} times"
    return Figure(f"compare: {what}", measured, limit, f"{growth:.2f}", kept=kept, bench="odd_papers")


# --- an index that suffers --------------------------------------------------------------------------------------------

FILES = ("letters", "keys", "kept", "text", "papers", "parts", "names", "sums", "seal.json")


def torn(folder: Path, words: Words) -> Figure:
    """Each file of an index cut short, emptied, taken away, changed in its first, its middle and its last bytes.

    A change is named by whoever reads the block that it is in; nobody ever says anything but the answer of the whole index.
    """
    shared = words.say(300)
    index, papers = folder / "index", write(folder / "p", {f"{n}.txt": words.say(6000) + shared for n in range(5)})
    whole = answer(told(papers, "--index", index).found)
    tried: list[_Noticed] = []
    for name in FILES:
        file = next(index.glob("seg-*")) / name
        data = file.read_bytes()
        changes = [data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :] for at in (0, len(data) // 2, len(data) - 1)]
        for number, hurt in enumerate((data[:-1], b"", None, *changes)):
            file.unlink() if hurt is None else file.write_bytes(hurt)
            done = told("--index", index)
            named = done.code == 2 and done.clean and f"{file.parent.name}/" in done.said
            tried.append(_Noticed(number > 2, named, named or answer(done.found) == whole))
            file.write_bytes(data)
    shutil.rmtree(next(index.glob("seg-*")))
    same = answer(told(papers, "--index", index).found) == whole
    torn_ones, changed = [each for each in tried if not each.inside], [each for each in tried if each.inside]
    kept = same and all(each.named for each in torn_ones) and all(each.right for each in tried)
    return Figure(
        "compare: a torn file of an index",
        f"{sum(each.named for each in torn_ones)} of {len(torn_ones)} torn ones named; of {len(changed)} changed ones "
        f"{sum(each.named for each in changed)} named and {sum(each.right and not each.named for each in changed)} not read, "
        f"the answer right; taken away, the answer is {_same(same)}",
        "each torn one named, exit 2; each changed one named or not read; without that folder the same answer",
        kept=kept, bench="odd_papers",
    )  # fmt: skip


class _Noticed(NamedTuple):
    """``inside``: bytes were changed, the size was not; whether it was ``named``, and whether nothing wrong was said."""

    inside: bool
    named: bool
    right: bool


def killed(folder: Path, words: Words) -> Figure:
    """`kill -9` at several moments, and once more."""
    papers = write(folder / "p", {f"{n:04d}.txt": words.say(4000) for n in range(3000)})
    for number in range(1000):
        text = (papers / f"{number:04d}.txt").read_text("utf-8")
        (papers / f"{number + 1000:04d}.txt").write_text(text[:300] + words.say(3000), "utf-8")
    whole = told(papers, "--index", folder / "whole")
    good, kept_segments = 0, 0
    for at in range(3):
        index = folder / f"index{at}"
        _kill_after(at, papers, index)
        there = {each.name: each.stat().st_mtime_ns for each in index.glob("seg-*")}
        done = _when_free(papers, index)
        stayed = there.items() <= {each.name: each.stat().st_mtime_ns for each in index.glob("seg-*")}.items()
        good += answer(done.found) == answer(whole.found) and done.clean and stayed
        kept_segments += len(there)
    return Figure(
        "compare: killed with -9 after 0, 1, 2 segments of 3,000 papers, run again",
        f"{good} of 3 with the answer of a whole run; {kept_segments} segments used again", "3 of 3",
        kept=good == 3 and len(whole.found["passages"]) >= 1000, bench="odd_papers",
    )  # fmt: skip


def _kill_after(segments: int, papers: Path, index: Path) -> None:
    """Killed as soon as so many segments stand; with 0 when the first is begun."""
    wanted, many = ("seg-*", segments) if segments else ("new-*", 1)
    with subprocess.Popen([*COMPARE, str(papers), "--index", str(index)], stdout=-3, stderr=-3) as command:
        while command.poll() is None and len([*index.glob(wanted)]) < many:
            time.sleep(0.002)
        command.kill()


def _when_free(papers: Path, index: Path) -> Told:
    """The command again; the helpers of a killed one need a moment to notice."""
    for _ in range(20):
        done = told(papers, "--index", index)
        if "正在被另一个命令使用" not in done.said:
            break
        time.sleep(0.1)
    return done


def full(folder: Path, words: Words) -> Figure:
    """A disk that fills up while the index is written, and the same again with room on it."""
    what, limit = "compare: the disk fills up", "one sentence, exit 2; with room on it the same answer"
    papers = write(folder / "p", {f"{n:04d}.txt": words.say(4000) for n in range(600)})
    disk = folder / "disk"
    disk.mkdir()
    command = " ".join(f"'{each}'" for each in (*COMPARE, papers, "--index", disk / "index", "--json"))
    script = (
        f"mount -t tmpfs -o size=8m none '{disk}' || exit 99; {command} > '{folder}/first' 2> '{folder}/said'; code=$?; "
        f"mount -o remount,size=200m '{disk}'; {command} > '{folder}/second' 2> '{folder}/again'; exit $code"
    )
    try:
        ended = subprocess.run(["unshare", "--mount", "--map-root-user", "sh", "-c", script], check=False).returncode
    except OSError:
        ended = 99
    if ended == 99:
        return Figure(what, "not run: this system lets nobody make a small disk", limit, bench="odd_papers")
    said = (folder / "said").read_text("utf-8")
    same = answer(json.loads((folder / "second").read_bytes() or "{}")) == answer(told(papers).found)
    one = [row for row in said.splitlines() if not row.startswith("正在")]
    kept = ended == 2 and len(one) == 1 and "磁盘" in one[0] and not (folder / "first").read_bytes() and same
    return Figure(
        what,
        f"exit {ended}, {len(one)} sentence; then the answer is {_same(same)}",
        limit,
        kept=kept,
        bench="odd_papers",
    )


def _same(same: bool) -> str:
    return "the same" if same else "ANOTHER"


CASES = (
    twins, empty, alone, nothing, some_unreadable, wrong_list, long, refrain, equal, nearly_equal, torn, killed, full,
)  # fmt: skip


def run() -> list[Figure]:
    """A figure a case."""
    words = Words(time.time_ns() % 1_000_000)
    figures: list[Figure] = []
    for case in CASES:
        with tempfile.TemporaryDirectory(prefix="bihuan-odd-") as folder:
            figures.append(case(Path(folder), words))
    return figures


if __name__ == "__main__":
    sys.exit(main(run))
