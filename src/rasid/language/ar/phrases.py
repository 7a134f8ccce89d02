"""Mentions and noun phrases of a sentence, by rules over word classes and known names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rasid.language.ar.letters import letters_of
from rasid.model import Span
from rasid.model.text import ACTING, BELONGING, PROPER, Mention, Phrase, Token

_NOMINAL = frozenset({"N", "ADJ", "NAME", "X"})
_NAME_PARTICLES = frozenset(
    {"بن", "ال", "ابو", "ابي", "ام", "عبد", "ابن", "بنت", "دي", "فان", "دو", "ولد", "دا", "فون", "لو", "بو"}
)
_PARTITIVE = frozenset({"من"})
#: Between a title and where or whom it is for («السفير لدى لبنان»).
_SEATED = frozenset({"الي", "لدي", "ل"})


def unknown_names(
    tokens: Sequence[Token], mentions: Sequence[Mention], honorifics: frozenset[str]
) -> Iterator[Mention]:
    """Runs of name words that no table knows: two or more, or one after a title."""
    covered = {
        i
        for m in mentions
        for i in range(m.first, m.last + 1)
        if m.kind in ("person", "org", "country", "place", "time", "outlet", "capital", "metonym")
    }
    roles = {i for m in mentions if m.kind == "role" for i in range(m.first, m.last + 1)}
    adjectives = {m.first for m in mentions if m.kind in BELONGING and not tokens[m.first].definite}
    after_title = {m.last + 1 for m in mentions if m.kind == "role"} | {
        m.last + 1 for m in mentions if m.kind == "demonym" and tokens[m.first].definite
    }
    i = 0
    while i < len(tokens):
        start = i
        if i in adjectives and i - 1 in roles:  # «مسؤول أمني إسرائيلي كبير»
            i += 1
            continue
        while i < len(tokens) and i not in covered and _name_like(tokens, i, start, after_title):
            i += 1
        length = i - start
        strong = sum("NAME" in t.tags for t in tokens[start:i])
        titled = start in after_title or (start > 0 and tokens[start - 1].norm in honorifics)
        if length and strong and (length >= 2 or titled) and (strong >= 2 or titled or length <= 3):
            span = Span(tokens[start].span.start, tokens[i - 1].span.end)
            yield Mention("name", start, i - 1, span, " ".join(t.norm for t in tokens[start:i]))
        i = max(i, start + 1)


_CLOSED_TAGS = frozenset({"PREP", "CONJ", "SUB", "REL", "SCONJ", "NEG", "PART", "PRON", "DEM", "ADV", "V"})


def _name_like(tokens: Sequence[Token], i: int, start: int, after_title: set[int]) -> bool:
    token = tokens[i]
    if token.kind != "word" or token.clitic is not None:
        return False
    if i > start and tokens[i - 1].norm in _NAME_PARTICLES and token.tag not in ("PREP", "CONJ", "SUB"):
        return True
    if token.tag in _CLOSED_TAGS:
        return False
    if token.norm in _NAME_PARTICLES:
        return i + 1 < len(tokens) and tokens[i + 1].kind == "word"
    if token.definite:
        return i > start and "NAME" in tokens[i - 1].tags and ("NAME" in token.tags or token.tags <= {"X"})
    if "NAME" in token.tags:
        return i > start or not ({"N", "V", "ADJ"} & token.tags) or start in after_title
    return token.tags <= {"X"} and (i > start or i in after_title)


def primary(mentions: Sequence[Mention]) -> dict[int, Mention]:
    """The first reading of the longest mention at each place, from left to right, without overlaps."""
    mentions = [_with_rest(m, mentions) if m.kind == "person" else m for m in mentions]
    chosen: dict[int, Mention] = {}
    best: dict[int, Mention] = {}
    for mention in mentions:
        held = best.get(mention.first)
        if held is None or mention.last > held.last or (mention.last == held.last and held.weak and not mention.weak):
            best[mention.first] = mention
    until = -1
    for first in sorted(best):
        if first > until:
            chosen[first] = best[first]
            until = best[first].last
    return chosen


def _with_rest(mention: Mention, mentions: Sequence[Mention]) -> Mention:
    """A name and a longer one of the same person that begins within it («الشيخ محمد بن … آل ثاني») are one."""
    for m in mentions:
        if m.id == mention.id and m.kind == "person" and mention.first < m.first <= mention.last < m.last:
            return replace(mention, last=m.last, span=mention.span.cover(m.span))
    return mention


@dataclass(frozen=True, slots=True)
class Ties:
    """Folded words that tie a phrase to another one: `core` before a preposition («التابعة لـ»), `led` («برئاسة»)."""

    core: frozenset[str] = frozenset()
    led: frozenset[str] = frozenset()


#: Nothing ties two phrases.
NO_TIES = Ties()


def phrases_of(tokens: Sequence[Token], mentions: Sequence[Mention], ties: Ties = NO_TIES) -> tuple[Phrase, ...]:
    """All noun phrases in order of the text; none overlaps another."""
    parser = _Parser(tokens, primary(mentions), ties)
    found: list[Phrase] = []
    i = 0
    while i < len(tokens):
        phrase = parser.phrase(i)
        if phrase is None:
            i += 1
            continue
        found.append(phrase)
        i = phrase.last + 1
    return tuple(found)


def _same_ending(noun: Token, word: Token) -> bool:
    """«مسلحون مرتبطون»: an unknown word that ends as the plural before it is its adjective."""
    return (
        word.tag == "X" and len(word.bare) > 4 and word.bare[-2:] == noun.bare[-2:] and word.bare[-2:] in ("ون", "ين")
    )


def _keeps_nun(token: Token) -> bool:
    """A sound plural or a dual with its ن stands in no construct («صحفيون», «مسؤولين»)."""
    if len(token.bare) <= 4:
        return False
    return token.bare.endswith("ون") or (token.bare.endswith(("ين", "ان")) and token.number in ("p", "d"))


class _Parser:
    """Reads one noun phrase at a place. Holds the tokens and names; keeps nothing between calls."""

    def __init__(self, tokens: Sequence[Token], names: dict[int, Mention], ties: Ties) -> None:
        self.tokens, self.names, self.n, self.ties = tokens, names, len(tokens), ties

    # -- one phrase ----------------------------------------------------------------------------------

    def phrase(self, start: int) -> Phrase | None:
        """The noun phrase that begins at token `start`, or None."""
        if not self._may_begin(start):
            return None
        begin = self._after_determiners(start)
        core = self._core(begin)
        if core is None:
            if begin > start and self.tokens[begin - 1].tag in ("QUANT", "NUM", "DEM"):
                crowd = self.names.get(begin - 1)  # «الآلاف»
                human = crowd is not None and crowd.kind == "agent"
                return Phrase(start, begin - 1, begin - 1, self._preposition(start), human, begin - 1)
            return None
        head, last = core
        seat = self._seat(head, last)
        last = self._apposition(head, last) if seat < 0 else seat
        core_last = last
        last = self._ties(head, last)
        last = self._holder(head, last)
        return Phrase(
            start,
            last,
            head,
            self._preposition(start),
            seat >= 0 or self._human(head, begin, core_last),
            core_last,
        )

    def _may_begin(self, i: int) -> bool:
        if i >= self.n:
            return False  # a sentence that breaks off after «برئاسة»
        token = self.tokens[i]
        mention = self.names.get(i)
        if mention is not None and mention.kind == "time":
            return False
        if mention is not None and mention.kind in ACTING and token.tag not in ("V", "PREP"):
            return True
        return token.tag in _NOMINAL or token.tag in ("QUANT", "NUM", "DEM")

    def _preposition(self, start: int) -> str:
        if start == 0:
            return ""
        before = self.tokens[start - 1]
        return before.norm if before.tag == "PREP" else ""

    def _after_determiners(self, i: int) -> int:
        while i < self.n:
            token = self.tokens[i]
            if token.tag == "DEM" and not (i + 1 < self.n and self.tokens[i + 1].definite):
                return i + 1
            if token.tag == "DEM" or token.tag in ("QUANT", "NUM"):
                i += 1
                part = i + 1 < self.n and token.tag != "DEM" and self.tokens[i].norm == "من"
                if part and self._may_begin(i + 1):
                    i += 1
                continue
            break
        return i

    def _core(self, start: int) -> tuple[int, int] | None:
        """(head, last) of the words that belong together by idafa, agreement and naming."""
        i, head = start, -1
        open_, after_title = True, False
        while i < self.n:
            mention = self.names.get(i)
            if (
                head >= 0
                and open_
                and i + 2 < self.n
                and (self.tokens[i].norm, self.tokens[i + 1].norm) == ("كل", "من")
            ):
                i += 2  # «قادة كل من فرنسا وألمانيا»
                continue
            if head >= 0 and open_ and self._determines(i, head):
                i += 1
                continue
            step = self._step(i, mention, first=head < 0, open_=open_, after_title=after_title)
            if step is None:
                break
            if head < 0:
                head = i
            last, open_, after_title = step
            i = last + 1
            i, closed = self._suffix_and_brackets(i)
            open_ = open_ and not closed
        return None if head < 0 else (head, i - 1)

    def _determines(self, i: int, head: int) -> bool:
        """«إصدار هذه اللائحة», «مقتل عشرات المدنيين»: a determiner or number within a chain of genitives."""
        following = self.tokens[i + 1] if i + 1 < self.n else None
        mention = self.names.get(i)
        if following is None or self._person_noun(head) or (mention is not None and mention.kind == "time"):
            return False
        if self.tokens[i].tag == "DEM":
            return following.definite
        genitive = following.tag in ("N", "NAME", "X", "ADJ") and following.clitic is None
        return self.tokens[i].tag in ("QUANT", "NUM") and self.tokens[i].kind == "word" and genitive

    def _person_noun(self, i: int) -> bool:
        mention = self.names.get(i)
        return mention is not None and (mention.kind == "role" or self._person(mention))

    def _suffix_and_brackets(self, i: int) -> tuple[int, bool]:
        closed = False
        if i < self.n and self.tokens[i].clitic == "suf":
            i, closed = i + 1, True
        if i < self.n and self.tokens[i].norm == "(":
            for j in range(i + 1, min(i + 8, self.n)):
                if self.tokens[j].norm == ")":
                    return j + 1, True
        return i, closed

    def _step(
        self, i: int, mention: Mention | None, *, first: bool, open_: bool, after_title: bool
    ) -> tuple[int, bool, bool] | None:
        """How far the phrase goes on from token `i`: (last token, open for idafa, a name may follow)."""
        token = self.tokens[i]
        if mention is not None and mention.kind == "time":
            return None
        if token.kind == "punct":
            return self._quoted(i) if open_ and not first else None
        if mention is not None and mention.kind == "country" and token.definite and token.bare.endswith("ه"):
            alone = mention.first == mention.last
            if alone and not first and not open_ and not self._ends_at(i - 1, "org"):
                return i, False, after_title  # «الغارات السعودية»: the country's name is an adjective here
        inside = mention is not None and mention.kind in ("agent", "role") and not first and not open_
        if inside and (self._agrees_in_plural(i) or self._adjectival(i)):
            return i, False, after_title  # «المتمردين الإسلاميين», «المجلس السياسي»
        if mention is not None and mention.kind in ACTING | {"place"} and token.tag != "V":
            return self._mention_step(i, mention, first=first, open_=open_, after_title=after_title)
        if token.clitic is not None or (token.tag not in _NOMINAL and token.kind != "number"):
            return None
        if first or open_:
            counted = not first and self.tokens[i - 1].tag == "NUM"  # «118 فلسطينيا»
            if token.tanween and not first and not counted and not self.tokens[i - 1].tanween:
                return None
            open_ = self._opens(token) and (first or token.tag != "ADJ") and not (first and self._circumstance(i))
            return i, open_, False
        if token.definite and (token.tag == "ADJ" or (mention is not None and mention.kind in ("demonym", "group"))):
            return i, False, after_title or self._titled(i)
        if token.definite and token.tag == "X":
            return i, False, after_title
        return (i, False, False) if not token.definite and self._described(i) else None

    def _described(self, i: int) -> bool:
        """Whether an indefinite word is an adjective of the indefinite noun or adjective before it."""
        before, token = self.tokens[i - 1], self.tokens[i]
        if before.definite or before.clitic or before.tanween != token.tanween:
            return False
        if before.tag == "NAME" and not self._belonging(i - 1):
            return False
        if token.tag == "ADJ" or self._belonging(i) or _same_ending(before, token):
            return True
        agrees = before.tag == "ADJ" and (before.gender, before.number) == (token.gender, token.number)
        act = token.nouns or token.participles
        return agrees and token.tag == "N" and "ADJ" in token.tags and not act  # «مسؤول إسرائيلي كبير»

    def _belonging(self, i: int) -> bool:
        """Whether a token is an adjective of where somebody belongs («مصريا»)."""
        mention = self.names.get(i)
        return mention is not None and mention.kind in BELONGING

    def _quoted(self, i: int) -> tuple[int, bool, bool] | None:
        """A short quoted name inside the phrase: «حركة "حماس"»."""
        if self.tokens[i].norm not in '"«“':
            return None
        for j in range(i + 1, min(i + 6, self.n)):
            if self.tokens[j].norm in '"»”':
                return j, False, False
        return None

    def _second_office(self, i: int) -> bool:
        """«رئيس الوزراء وزير الخارجية القطري» is one man; «أقال الرئيس التونسي وزير الداخلية» has two."""
        return self._ends_at(i - 1, "role")

    def _ends_at(self, last: int, kind: str) -> bool:
        """Whether a mention of this kind, of two words or more, ends at a token."""
        starts = (self.names.get(j) for j in range(max(0, last - 4), last))
        return any(m is not None and m.kind == kind and m.last == last for m in starts)

    def _adjectival(self, i: int) -> bool:
        """Whether a definite word in ـي or ـية follows a definite noun: an adjective, whoever else it may name."""
        one, other, mention = self.tokens[i - 1], self.tokens[i], self.names.get(i)
        if mention is None or mention.last > i:
            return False
        relative = other.bare.endswith(("ي", "يه")) and not letters_of(other.written).endswith("ى")
        agrees = one.tag in ("N", "X") or one.bare[-2:] == other.bare[-2:]
        return one.definite and other.definite and relative and agrees

    def _agrees_in_plural(self, i: int) -> bool:
        """Whether the word agrees with the one before it: both definite sound plurals in the same case."""
        one, other = self.tokens[i - 1], self.tokens[i]
        ending = other.bare[-2:]
        return one.definite and other.definite and ending in ("ون", "ين") and one.bare.endswith(ending)

    def _mention_step(
        self, i: int, mention: Mention, *, first: bool, open_: bool, after_title: bool
    ) -> tuple[int, bool, bool] | None:
        kind = mention.kind
        token, before = self.tokens[i], self.tokens[i - 1]
        if not first and token.tanween and not before.tanween and before.tag != "NUM":
            return None  # «طعن شاب جنديا»: an accusative is no genitive
        if kind in ("person", "name"):
            if first or open_ or after_title:
                return mention.last, False, False
            return None
        if kind == "role":
            if first or open_ or (after_title and not self.tokens[i].definite and self._second_office(i)):
                speaks_for = self.tokens[mention.last].bare in ("اسم", "باسم")  # «المتحدث باسم …»
                closes = self._definite(mention.last) or self.tokens[mention.last].tanween  # «متهما واشنطن»
                return mention.last, speaks_for or not closes, True
            return None
        if first or open_:
            qualifies = kind in ("demonym", "group") and not first  # «دول عربية», and then another phrase
            qualifies = qualifies or (mention.last > i and self.tokens[mention.last].tag == "ADJ")
            closes = qualifies or kind in PROPER or self._definite(mention.last) or self._closed_agent(mention)
            closes = closes or self.tokens[mention.last].tanween
            return mention.last, not closes, after_title or (first and self._person(mention))
        return None

    @staticmethod
    def _person(mention: Mention) -> bool:
        """«القيادي», «شقيقه»: a noun for one person, whose name may follow."""
        return mention.kind == "agent" and mention.detail.startswith("person")

    def _closed_agent(self, mention: Mention) -> bool:
        """«صحفيون», «متطرف»: no genitive of a thing follows a sound plural, nor one person's noun."""
        last = self.tokens[mention.last]
        if _keeps_nun(last):
            return True
        following = self.tokens[mention.last + 1] if mention.last + 1 < self.n else None
        if following is None or mention.kind != "agent" or following.definite or following.tag not in ("N", "X"):
            return False
        single = last.number in (None, "s") and last.gender != "f"
        return (
            mention.detail.startswith("person")
            and mention.last + 1 not in self.names
            and single
            and following.gender == "f"
        )

    def _titled(self, i: int) -> bool:
        return any(m.kind == "role" and m.last < i <= m.last + 3 for m in self.names.values())

    def _definite(self, i: int) -> bool:
        token = self.tokens[i]
        return token.definite or token.tag == "NAME"

    def _circumstance(self, i: int) -> bool:
        """«، متهمة واشنطن بكذا»: a participle after a comma governs an object and no genitive."""
        token, before = self.tokens[i], self.tokens[i - 1] if i else None
        return bool(token.participles) and not token.definite and before is not None and before.norm in ("،", ",")

    def _opens(self, token: Token) -> bool:
        """Whether a genitive may follow: an indefinite noun that is not marked as accusative."""
        return not token.definite and not token.tanween and token.tag in ("N", "X", "ADJ", "NUM")

    def _seat(self, head: int, last: int) -> int:
        """The last token of a capital named after «العاصمة …» («العاصمة القطرية الدوحة»), or -1."""
        following = self.names.get(last + 1)
        if self.tokens[head].bare == "عاصمه" and following is not None and following.kind == "capital":
            return following.last
        return -1

    # -- what may follow the core ---------------------------------------------------------------------

    def _apposition(self, head: int, last: int) -> int:
        """A name after a title and a comma, or a title after a name and a comma."""
        i = last + 1
        if i + 1 >= self.n or self.tokens[i].norm not in "،,":
            return last
        following = self.names.get(i + 1)
        own = [m.kind for m in self.names.values() if head <= m.first <= last]
        if following is None or not own:
            return last
        if own[0] == "role" and following.kind in ("person", "name") and "person" not in own:
            return following.last
        if own[-1] in ("person", "name") and following.kind == "role" and "role" not in own:
            core = self._core(i + 1)
            if core is not None and core[1] + 1 < self.n and self.tokens[core[1] + 1].norm in "،,":
                return core[1]
        return last

    def _ties(self, head: int, last: int) -> int:
        """«التابعة لـ», «المدعومة من», «من حركة …», «برئاسة …» after the core."""
        i = last + 1
        if i >= self.n or any(self.names[j].kind == "time" for j in (i, i + 1) if j in self.names):
            return last  # «المجلس الحاكم منذ 2020»
        token = self.tokens[i]
        if last > head and self.tokens[last].bare in self.ties.core and token.tag == "PREP":
            inner = self.phrase(i + 1)
            return inner.last if inner is not None else last
        if token.bare in self.ties.core and i + 2 < self.n and self.tokens[i + 1].tag == "PREP":
            inner = self.phrase(i + 2)
            return inner.last if inner is not None else last
        if token.norm in self.ties.led or (
            token.norm == "ب" and i + 1 < self.n and f"ب{self.tokens[i + 1].bare}" in self.ties.led
        ):
            inner = self.phrase(i + (1 if token.norm == "ب" else 0) + 1)
            return inner.last if inner is not None else last
        indefinite = not self.tokens[head].definite and not any(
            self.tokens[j].definite or self.tokens[j].clitic == "suf" or self.tokens[j].tag == "NAME"
            for j in range(head, last + 1)
        )
        group = self._group(head) or self._group(last)
        if token.norm in _PARTITIVE and indefinite and group and i + 1 < self.n:
            inner = self.phrase(i + 1)
            return inner.last if inner is not None and (inner.human or self._of_body(inner.last)) else last
        title = self.names.get(head)
        wing = last > head and self.tokens[head].definite and self.tokens[last].tag in ("ADJ", "N")
        wing = wing or (title is not None and title.kind == "role" and title.last == last and self._definite(last))
        if token.norm == "ل" and wing and (owner := self.names.get(i + 1)) is not None and self._owns(owner):
            return owner.last  # «المجلس السياسي لجماعة الحوثي», «… للجماعة», «عضو المكتب السياسي لحركة حماس»
        if token.norm == "في" and indefinite and group and i + 1 < self.n:
            inner = self.phrase(i + 1)  # «مسؤول في حركة حماس», «موظفين في السفارة البريطانية»
            return inner.last if inner is not None and self._body(inner.head) else last
        return last

    def _holder(self, head: int, last: int) -> int:
        """«المبعوث الأممي إلى اليمن هانس …», «رئيس المكتب السياسي لحركة حماس …»: the name after a title's seat."""
        title = self.names.get(head)
        if (
            title is None
            or title.kind != "role"
            or any(m.kind in ("person", "name") and head <= m.first <= last for m in self.names.values())
        ):
            return last
        i, seat = last + 1, last
        if i + 1 < self.n and self.tokens[i].norm in _SEATED:
            place = self.names.get(i + 1)
            if place is not None and place.kind in ("country", "capital", "org", "place"):
                seat = place.last
        named = self.names.get(seat + 1)
        moved = seat > title.last
        return named.last if moved and named is not None and named.kind in ("person", "name") else last

    @staticmethod
    def _owns(mention: Mention) -> bool:
        return mention.kind == "org" or mention.detail.split(":")[0] in ("group", "body")

    def _of_body(self, last: int) -> bool:
        return any(self._owns(m) and m.last == last for m in self.names.values())

    def _body(self, head: int) -> bool:
        mention = self.names.get(head)
        return mention is not None and (mention.kind == "org" or mention.detail.split(":")[0] in ("body", "force"))

    def _group(self, head: int) -> bool:
        mention = self.names.get(head)
        return mention is not None and (
            mention.kind == "role" or mention.detail.split(":")[0] in ("person", "group", "force", "body")
        )

    def _human(self, head: int, begin: int, last: int) -> bool:
        mention = self.names.get(head)
        if mention is not None and mention.kind == "agent" and mention.id == "land":
            return last > head and self.tokens[head + 1].clitic == "suf"  # «بلاده» acts, «البلاد» is where
        if mention is not None and mention.kind in ACTING:
            return True
        if mention is None:  # a last name alone («شتاينماير»)
            token = self.tokens[head]
            return token.tag == "NAME" and "N" not in token.tags and len(token.bare) > 2
        return mention.kind in ("demonym", "group") and not mention.weak
