"""Make data/words.z (word → cost) and data/sounds.txt (sound → characters) for rule D28, once, by a developer.

    python scripts/make_words.py DICT.TXT PINYIN_DICT.JSON

DICT.TXT is the word list of the package jieba 0.42.1 (MIT, © 2013 Sun Junyi); PINYIN_DICT.JSON the table of the package
pypinyin 0.55.0 (MIT, © 2016 mozillazg, 闲耘). Their licence stands in data/words-licence.txt. Nothing is fetched.
"""

from __future__ import annotations

import json
import math
import re
import sys
import unicodedata
import zlib
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "src" / "bihuan_text" / "data"
HAN = re.compile("[\u4e00-\u9fff]{1,8}")
LEAST, LEAST_IDIOM = 5, 5


def main(words: str, sounds: str) -> None:
    """Write both files."""
    rows = [line.split() for line in Path(words).read_text(encoding="utf-8").splitlines()]
    kept = {w: int(f) for w, f, tag in rows if HAN.fullmatch(w) and int(f) >= (LEAST_IDIOM if tag == "i" else LEAST)}
    idioms = {w for w, f, tag in rows if tag == "i" and len(w) == 4 and w in kept}
    total = sum(kept.values())
    levels: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for word, found in kept.items():
        levels[round(10 * math.log(total / found)), word in idioms].append(word)
    lines = [f"{cost}{'!' if idiom else ''} {' '.join(sorted(row))}" for (cost, idiom), row in sorted(levels.items())]
    (DATA / "words.z").write_bytes(zlib.compress("\n".join(lines).encode(), 9))
    _sounds(sounds, {c for word in kept for c in word if kept[word] >= LEAST})


def _sounds(path: str, letters: set[str]) -> None:
    """Syllables without tones; a character with several readings stands under its usual one, for rare ones mislead."""
    table = json.loads(Path(path).read_text(encoding="utf-8"))
    found: dict[str, set[str]] = defaultdict(set)
    for letter in letters:
        for reading in table.get(str(ord(letter)), "").split(",")[:1]:
            plain = "".join(c for c in unicodedata.normalize("NFD", reading) if not unicodedata.combining(c))
            if plain:
                found[plain].add(letter)
    lines = [f"{sound} {''.join(sorted(row))}" for sound, row in sorted(found.items())]
    head = (
        "# sound (without tone) and the characters that have it; made by scripts/make_words.py, see words-licence.txt\n"
    )
    (DATA / "sounds.txt").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
