"""What a collection of articles names often and the tables do not know: people by their titles, and bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rasid.language.ar.letters import fold
from rasid.model import Article, Problem
from rasid.model.text import Mention, Phrase, Sentence, Token
from rasid.pipeline.article import broken
from rasid.pipeline.kit import Kit

#: A phrase with a mention of these kinds after its head belongs to somebody whom the tables know.
_BELONGS = frozenset({"org", "metonym", "country", "capital", "demonym", "group", "place", "person", "outlet", "role"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title with the name after it: the words, and whether a table knows whose name it is."""

    words: tuple[Token, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Often:
    """Words that the articles have `count` times, of which the tables knew `known`; one place of them.

    Attributes:
        text: as the first article writes them.
        count: how often, spellings that the matching fold joins together.
        known: how often a table knew them: a last name may be known in one article and not in another.
        article, start: where they stand first: the article's id and the offset in its text.
    """

    text: str
    count: int
    known: int
    article: str
    start: int

    @property
    def unknown(self) -> bool:
        """Whether the tables know them in less than half of their places."""
        return 2 * self.known < self.count


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the tables lack, the most frequent first.

    Attributes:
        articles: how many were read.
        titled: how many different strings of title + name they have, `mentions` how many in all.
        considered: how many of the most frequent strings the shares are of.
        unknown: how many of those the tables do not know.
        considered_mentions, unknown_mentions: the same, each string counted as often as it stands.
        people: unknown strings of title + name, of all.
        bodies: strings that name a body and belong to nothing that a table has.
    """

    articles: int
    titled: int
    mentions: int
    considered: int
    unknown: int
    considered_mentions: int
    unknown_mentions: int
    people: tuple[Often, ...]
    bodies: tuple[Often, ...]

    @property
    def share(self) -> float | None:
        """The share unknown among the most frequent strings of title + name, 0 to 1; None where there is none."""
        return self.unknown / self.considered if self.considered else None


@dataclass(slots=True)
class _Count:
    text: str
    article: str
    start: int
    count: int = 0
    known: int = 0

    def often(self) -> Often:
        return Often(self.text, self.count, self.known, self.article, self.start)


@dataclass(slots=True)
class Census:
    """Counts titles with names, and bodies, article by article."""

    kit: Kit
    articles: int = 0
    titles: dict[str, _Count] = field(default_factory=dict)
    bodies: dict[str, _Count] = field(default_factory=dict)
    _openers: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        forms = (form for role in self.kit.knowledge.roles.values() for form in role.forms)
        self._openers = frozenset(fold(form).split()[0].removeprefix("ال") for form in forms)

    def add(self, article: Article) -> Problem | None:
        """Count what an article names; a problem when the program broke on it, which must not end a run over many."""
        try:
            sentences = self.kit.language.sentences(article)
        except Exception as error:  # whatever it is, it is a fault of the program, not of the caller
            return broken(article, error)
        self.articles += 1
        for sentence in sentences:
            for title in titles(sentence, self._openers):
                self._count(self.titles, article, title.words, known=title.known)
            for words in bodies(sentence):
                self._count(self.bodies, article, words, known=False)
        return None

    @staticmethod
    def _count(table: dict[str, _Count], article: Article, words: Sequence[Token], *, known: bool) -> None:
        key = " ".join(t.norm for t in words if t.kind != "punct")
        counted = table.get(key)
        if counted is None:
            span = words[0].span.cover(words[-1].span)
            counted = table[key] = _Count(" ".join(span.of(article.text).split()), article.id, span.start)
        counted.count += 1
        counted.known += known

    def gaps(self, considered: int = 1000) -> Gaps:
        """What was counted, as it stands now.

        Args:
            considered: of how many of the most frequent strings of title + name the share is taken.
        """
        people, unknown_bodies = _ordered(self.titles), _ordered(self.bodies)
        frequent = people[:considered]
        return Gaps(
            articles=self.articles,
            titled=len(people),
            mentions=sum(p.count for p in people),
            considered=len(frequent),
            unknown=sum(p.unknown for p in frequent),
            considered_mentions=sum(p.count for p in frequent),
            unknown_mentions=sum(p.count - p.known for p in frequent),
            people=tuple(p for p in people if p.unknown),
            bodies=tuple(unknown_bodies),
        )


def _ordered(table: dict[str, _Count]) -> list[Often]:
    """The more frequent first; of equally frequent ones in the order of their words, so that runs are alike."""
    return [table[key].often() for key in sorted(table, key=lambda key: (-table[key].count, key))]


def titles(sentence: Sentence, openers: frozenset[str]) -> Iterator[Title]:
    """Each title that a name follows in one phrase («وزير الخارجية القطري …»), from the title to the name's end.

    Of titles in a row the first begins it: «رئيس الوزراء وزير الخارجية …» is one person's. A name of the tables that
    has the title in it («الملك سلمان») counts too.

    Args:
        sentence: as the language layer analysed it.
        openers: the folded words, without the article, with which titles begin.
    """
    for phrase in sentence.phrases:
        begun = -1
        until = -1
        for m in _inside(sentence, phrase):
            if m.first <= until:
                continue
            if m.kind == "person" and _titled(sentence.tokens[m.first : m.last + 1], openers):
                yield Title(sentence.tokens[m.first if begun < 0 else begun : m.last + 1], known=True)
                begun, until = -1, m.last
            elif m.kind == "role":
                begun = m.first if begun < 0 else begun
                until = m.last
            elif m.kind in ("person", "name"):
                until = m.last
                if begun >= 0 and _definite(sentence, begun, m.first):
                    readings = (n for n in sentence.mentions if n.first == m.first and n.last == m.last)
                    yield Title(sentence.tokens[begun : m.last + 1], any(n.kind == "person" for n in readings))
                begun = -1


def _titled(name: Sequence[Token], openers: frozenset[str]) -> bool:
    """Whether a name of the tables has a title in it: its first word opens one, and it or the next is definite."""
    return len(name) > 1 and name[0].bare in openers and (name[0].definite or name[1].definite)


def _definite(sentence: Sentence, first: int, name: int) -> bool:
    """Whether the words of a title are definite without the name: «أمير كرارة» is a name, «فريق برشلونة» a team."""
    return any(t.definite or t.tag == "NAME" for t in sentence.tokens[first:name])


def bodies(sentence: Sentence) -> Iterator[tuple[Token, ...]]:
    """Each name of a body that no table has: found as a name, or a head noun of bodies with what makes it one."""
    found = [m for m in sentence.mentions if m.kind == "body"]
    yield from (sentence.tokens[m.first : m.last + 1] for m in found)
    taken = {i for m in found for i in range(m.first, m.last + 1)}
    for phrase in sentence.phrases:
        if phrase.last > phrase.head and taken.isdisjoint(range(phrase.first, phrase.last + 1)):
            inside = _inside(sentence, phrase)
            words = _words(sentence, phrase)
            named = _named(words) and any(_begins_body(m, phrase.head) for m in inside)
            if named and not any(m.kind in _BELONGS for m in inside):
                yield words


def _begins_body(mention: Mention, head: int) -> bool:
    """«مركز …», «لجنة …»: a head noun of bodies."""
    return mention.kind == "agent" and mention.first == head and mention.detail.split(":")[0] == "body"


def _named(words: Sequence[Token]) -> bool:
    """Whether words can be a name: one of them is definite, an unknown word or a name, and none is a pronoun."""
    owned = any(t.clitic == "suf" for t in words)
    return len(words) > 1 and not owned and any(t.definite or t.tag in ("NAME", "X") for t in words)


def _words(sentence: Sentence, phrase: Phrase) -> tuple[Token, ...]:
    """From the head to the end of the core: what a clause or a preposition adds is no part of a name."""
    last = max(phrase.head, phrase.core_last) if phrase.core_last >= 0 else phrase.last
    return sentence.tokens[phrase.head : last + 1]


def _inside(sentence: Sentence, phrase: Phrase) -> list[Mention]:
    return [m for m in sentence.mentions if phrase.first <= m.first and m.last <= phrase.last]
