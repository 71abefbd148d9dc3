"""How likely a stretch of Chinese is, word by word, and which characters sound or look alike.

A small unigram model: the cost of a word is the negative logarithm of its share; a text costs what its cheapest parting
into words costs. It is no judge of style: it only tells whether a stretch makes words at all.
"""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files

from bihuan_text.lists import words

UNKNOWN = 21.0  # a character that is no word by itself
_NEVER = 1e9
_OWN = 9.5  # a word of the field that the list does not have

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严魏姜谢邹苏潘葛范彭鲁韦马方任袁柳史唐薛雷贺罗郝安常于傅齐康余顾孟黄穆萧尹姚邵汪毛戴宋庞熊纪"
    "舒屈项祝董梁杜阮蓝闵贾江郭梅林钟徐邱骆高夏蔡田胡凌霍万柯管卢莫丁邓洪包石崔吉龚程裴陆翁甄曲侯段白刘龙叶司黎谭温庄晏柴瞿阎连习鱼容向易廖耿欧聂曾关游"
    "伍苑喻蒲肖阳尤祁覃苗牛岳仇付巩艾刁丛冷辛佟邬晋栾甘景敖郎臧苟芦蔺柏柯邸娄涂闫薄占商屠桂简詹牟卞殷池鄢鞠褚窦阮裘班仲宫姬邰亓佘缪阚逄匡隋晁靳羿储"
)


@cache
def _loaded() -> tuple[dict[str, float], frozenset[str]]:
    """Word → cost, and the idioms among them."""
    costs: dict[str, float] = {}
    idioms: set[str] = set()
    packed = files("bihuan_text").joinpath("data", "words.z").read_bytes()
    for line in zlib.decompress(packed).decode("utf-8").split("\n"):
        head, *row = line.split(" ")
        costs.update(dict.fromkeys(row, int(head.rstrip("!")) / 10))
        if head.endswith("!"):
            idioms.update(row)
    for line in words("field_words.txt"):
        for word in line.split():
            costs[word] = min(costs.get(word, _OWN), _OWN)
    return costs, frozenset(idioms)


def costs() -> dict[str, float]:
    """Word → cost."""
    return _loaded()[0]


def idioms() -> frozenset[str]:
    """Set phrases of four characters."""
    return _loaded()[1]


@cache
def _letters() -> dict[str, float]:
    """The characters that are words, with their costs: a small table is looked up faster than the whole."""
    return {word: cost for word, cost in costs().items() if len(word) == 1}


@cache
def _reach() -> dict[str, tuple[float, tuple[int, ...]]]:
    """Two characters → what they cost as a word, and the lengths of the longer words that begin with them."""
    found: dict[str, set[int]] = {}
    for word in costs():
        if len(word) > 1:
            found.setdefault(word[:2], set()).add(len(word))
    return {two: (costs().get(two, _NEVER), tuple(sorted(sizes - {2}))) for two, sizes in found.items()}


def parted(text: str) -> tuple[float, list[str]]:
    """The cheapest parting of a run of Chinese into words, and what it costs."""
    letters, known, reach, size = _letters().get, costs().get, _reach().get, len(text)
    best = [0.0] + [_NEVER] * size
    come = [0] * (size + 1)
    for at, letter in enumerate(text):
        so_far = best[at]
        cost = so_far + letters(letter, UNKNOWN)
        if cost < best[at + 1]:
            best[at + 1], come[at + 1] = cost, at
        begun = reach(text[at : at + 2])
        if begun is None:
            continue
        if so_far + begun[0] < best[at + 2]:
            best[at + 2], come[at + 2] = so_far + begun[0], at
        for length in begun[1]:
            word = known(text[at : at + length])
            # a slice cut short by the end of the run may be another, shorter word: it has been seen already
            if word is not None and at + length <= size and so_far + word < best[at + length]:
                best[at + length], come[at + length] = so_far + word, at
    row: list[str] = []
    while size > 0:
        row.append(text[come[size] : size])
        size = come[size]
    return best[-1], row[::-1]


@cache
def _sounds() -> dict[str, frozenset[str]]:
    """Character → its sounds, with what is often confused in speech made one (zh z, ng n)."""
    found: dict[str, set[str]] = {}
    for line in words("sounds.txt"):
        sound, row = line.split(" ")
        for letter in row:
            found.setdefault(letter, set()).add(_loose(sound))
    return {letter: frozenset(sounds) for letter, sounds in found.items()}


def _loose(sound: str) -> str:
    for hard, soft in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        sound = sound.replace(hard, soft)
    return sound[:-1] if sound.endswith("ng") else sound


@cache
def _shapes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in words("shapes.txt"):
        for letter in line:
            found.setdefault(letter, set()).update(line)
    return {letter: frozenset(row) for letter, row in found.items()}


def sounds_of(letter: str) -> frozenset[str]:
    """Its sounds, loosely."""
    return _sounds().get(letter, frozenset())


def shapes_of(letter: str) -> frozenset[str]:
    """The characters that look like it, itself among them."""
    return _shapes().get(letter, frozenset())


def alike(a: str, b: str) -> bool:
    """Whether two characters sound or look alike, so that one is typed for the other."""
    none: frozenset[str] = frozenset()
    return bool(_sounds().get(a, none) & _sounds().get(b, none)) or b in _shapes().get(a, none)
