"""Names of the tables found in a sentence: the longest ones, with all their readings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from rasid.language.ar.letters import fold
from rasid.language.ar.tokenize import words_of
from rasid.model import Span
from rasid.model.text import Mention, MentionKind, Token

#: When one run of words is a name of several kinds, the earlier kind is the first reading.
_ORDER: tuple[MentionKind, ...] = (
    "person", "org", "country", "metonym", "outlet", "demonym", "role", "agent", "group", "capital", "place",
)  # fmt: skip


#: Marks that may part the words of a name; names are kept without them.
_HYPHENS = frozenset("-‐‑")
_WEAKENED: frozenset[MentionKind] = frozenset({"person", "org", "outlet", "place"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name to look for, and what it means."""

    kind: MentionKind
    id: str
    weak: bool = False
    detail: str = ""


class GazetteerBuilder:
    """Takes the names of the tables, one by one."""

    def __init__(self, pieces: Callable[[str], tuple[str, ...]]) -> None:
        """Args: pieces: the folded tokens of one written word, split as the engine splits sentences."""
        self._pieces = cache(pieces)  # many names share their words
        self._root: dict[str, object] = {}

    def add(self, text: str, name: Name, *, either: bool = False) -> None:
        """Look for `text`, word by word, as `name`.

        Args:
            text: the name as written in a table.
            name: what it means.
            either: whether the first word may stand with or without the article.
        """
        written = words_of(text)
        words = [fold(w) for w in written]
        if not words:
            return
        self._insert(words, name)
        keys = [piece for w in written for piece in self._pieces(w)]
        if keys and keys != words and not (len(words) == 1 and len(keys) > 1):
            self._insert(keys, name)
        if either:
            article = text.lstrip().startswith("ال")  # as written: «ألماني» has none
            first = words[0][2:] if article and len(words[0]) > 4 else "ال" + words[0]
            self._insert([first, *words[1:]], name)
            rest = [piece for w in written[1:] for piece in self._pieces(w)]
            if rest != words[1:]:
                self._insert([first, *rest], name)  # «المتحدث باسم»

    def _insert(self, words: Sequence[str], name: Name) -> None:
        node = self._root
        for word in words:
            node = cast("dict[str, object]", node.setdefault(word, {}))
        names = cast("list[Name]", node.setdefault("", []))
        if name not in names:
            names.append(name)

    def weaken(self, is_common: Callable[[str], bool], is_noun: Callable[[str], bool]) -> None:
        """Make one-word names of persons, bodies, outlets and places weak where they are ordinary words too.

        A form of a nationality or group that is an ordinary noun («مواصلة») is forgotten.
        """
        for word, node in self._root.items():
            names = cast("list[Name]", cast("dict[str, object]", node).get("", []))
            for n, name in enumerate(names):
                if name.kind in _WEAKENED and not name.weak and is_common(word):
                    names[n] = Name(name.kind, name.id, weak=True, detail=name.detail)
            names[:] = [n for n in names if n.kind not in ("group", "demonym") or not is_noun(word)]

    def build(self) -> Gazetteer:
        """The gazetteer of the names so far, the likelier readings first; nothing may be added afterwards."""
        below = [self._root]
        while below:
            for word, child in below.pop().items():
                if word:
                    below.append(cast("dict[str, object]", child))
                else:
                    cast("list[Name]", child).sort(key=lambda n: (n.weak, _ORDER.index(n.kind)))
        return Gazetteer(self._root)


class Gazetteer:
    """A trie of folded words; the names that end at a node stand under the empty word."""

    def __init__(self, root: dict[str, object]) -> None:
        self._root = root

    def find(self, tokens: Sequence[Token]) -> tuple[Mention, ...]:
        """All longest names that begin at each token; of one run of words, every reading."""
        found: list[Mention] = []
        for start, token in enumerate(tokens):
            begins = token.norm in self._root or token.tanween  # most words begin no name
            if begins and token.kind == "word" and token.clitic != "suf":
                found += self._at(tokens, start)
        return tuple(found)

    def _at(self, tokens: Sequence[Token], start: int) -> Iterable[Mention]:
        node = self._root
        best: tuple[int, list[Name]] | None = None
        for here in range(start, len(tokens)):
            token = tokens[here]
            if here > start and token.kind == "punct" and token.norm in _HYPHENS:
                continue  # «جان-كلود يونكر»
            following = node.get(token.norm)
            if following is None and token.tanween and token.norm.endswith("ا"):
                following = node.get(token.norm[:-1])  # «فلسطينيا» is matched as «فلسطيني»
            if following is None:
                break
            node = cast("dict[str, object]", following)
            if "" in node and not (here + 1 < len(tokens) and tokens[here + 1].clitic == "suf" and here > start):
                best = (here, cast("list[Name]", node[""]))
        if best is None:
            return ()
        last, names = best
        span = Span(tokens[start].span.start, tokens[last].span.end)
        return [Mention(n.kind, start, last, span, n.id, n.weak, n.detail) for n in names]
