"""How often the subject, object and prepositional objects of verbs come out right on treebanks.

Usage: python -m training.arguments NLP_DIR [--errors N]

NLP_DIR holds padt-old-NC/, which only measures: nothing is trained on it. ``training/folds.py`` measures on PUD, on
which the models are trained, in five folds. Everything is end to end: the raw sentence goes in, and Rasid's own words,
phrases and clauses are compared with the gold tree.

From the trees to what is compared (old PADT is UD version 1):

- *Verbs*: words tagged VERB; the forty ``TARGET`` verbs are those that political acts are most often told with.
- *Subject*: nsubj, nsubjpass. A verb under كان, ظل and the like without a subject of its own has theirs, since UD 2
  makes them auxiliaries. *Object*: dobj, obj, iobj without a preposition that are no clause; expressions of time
  («غادر يوم الأحد»), which old PADT also labels dobj, are none.
- *Prepositional object*: any nominal under the verb with a preposition, as (preposition, word).
- *Head of a phrase*: its first nominal, numerals left out, on both sides. Arabic phrases begin with their head; the
  trees differ only in names and numbers («الوزير سامح فهمي», «تسعة صواريخ»).
- A *frame* is right when the subjects and the objects are both exactly right. A verb that Rasid does not read as one
  has none.
- *Noun phrase*: a head with its genitives, adjectives, numbers and names, without preposition phrases, clauses, and
  what a nominal predicate or verbal noun governs as a verb does. Marks at its ends, brackets behind it
  («الاتحاد (يونا)») and expressions of time are left out on both sides.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rasid.events.clauses import SentenceView
from rasid.language.ar.letters import fold
from rasid.model import Article, Part, Span
from rasid.model.event import Slot
from rasid.model.text import Token
from rasid.pipeline.kit import Kit, load
from training.ud import Sentence, Word, padt


def _lemmas(listed: str) -> frozenset[str]:
    return frozenset(map(fold, re.split(r"\s+", listed.strip())))


#: Forty frequent verbs of political news, as lemmas.
TARGET = _lemmas(
    """
    أعلن أكد دعا طالب رفض بحث التقى عقد قتل قصف أطلق وصل زار هاجم اتهم هدد حذر انتقد اعترف وافق
    قرر اقترح قدم أعرب أدان شن نفذ وقع اعتقل استقبل شارك تعهد ندد استهدف أصدر أجرى فرض رفع شدد كشف
    """
)
_AUXILIARY = frozenset(map(fold, ("كان", "ظل", "بات", "زال", "أصبح")))
_TIME = _lemmas(
    """
    يوم عام سنة شهر أسبوع ساعة أمس غد صباح مساء ليل ليلة ظهر عصر فجر مرة دقيقة حاليا سبت أحد اثنين
    ثلاثاء أربعاء خميس جمعة
    """
)
_NOMINAL = frozenset({"NOUN", "ADJ", "X", "PROPN", "PRON", "DET", "ADV"})
#: Relations that leave the core of a noun phrase.
_OUTSIDE = frozenset({"punct", "cc", "conj", "acl", "acl:relcl", "advcl", "case", "mark", "parataxis", "ccomp", "dep",
                      "advmod", "appos", "nsubj", "nsubjpass", "nsubj:pass", "csubj", "csubjpass", "cop", "dobj", "obj",
                      "iobj", "xcomp", "aux", "auxpass", "expl", "discourse", "obl", "obl:arg"})  # fmt: skip
SEED = 3


@dataclass(frozen=True)
class Tree:
    """A gold sentence: its words by id, their children, and the offsets of each in the text."""

    words: dict[int, Word]
    children: dict[int, list[Word]]
    spans: dict[int, tuple[int, int]]

    def at(self, token: Token) -> int:
        """The gold word that begins where a token does or holds its beginning; -1 when there is none."""
        start = token.span.start
        found = [i for i, (a, b) in self.spans.items() if a <= start < b]
        return found[0] if found else -1

    def cased(self, word: Word) -> str | None:
        """The preposition of a nominal, or None."""
        for child in self.children[word.id]:
            if child.deprel == "case" or (child.upos == "ADP" and child.deprel == "mark"):
                return child.form
        return None

    def trimmed(self, bracket: tuple[int, int]) -> tuple[int, int]:
        """A stretch of words without marks at its ends and without brackets behind it."""
        first, last = bracket
        while first < last and self.words[first].upos == "PUNCT":
            first += 1
        while first < last and self.words[last].upos == "PUNCT":
            closing = self.words[last].form == ")"
            last -= 1
            opening = [i for i in range(first, last + 1) if i in self.words and self.words[i].form == "("]
            if closing and opening:
                last = opening[-1] - 1
        return first, last

    def first(self, word: Word) -> int:
        """The id of the first nominal of a word's phrase."""
        inside = [w for w in self._core(word, set()) if w.upos in _NOMINAL]
        return min((w.id for w in inside), default=word.id)

    def _core(self, word: Word, seen: set[int]) -> Iterator[Word]:
        yield word
        for child in self.children[word.id]:
            if child.deprel not in _OUTSIDE and child.id not in seen and self.cased(child) is None:
                seen.add(child.id)
                yield from self._core(child, seen)


@dataclass(frozen=True)
class Gold:
    """A verb of a treebank, what stands under it, and where Rasid has it (None when it reads no verb there)."""

    tree: Tree
    verb: Word
    subject: frozenset[int]
    objects: frozenset[int]
    preps: frozenset[tuple[str, int]]
    view: SentenceView | None
    token: int
    text: str


def tree_of(sentence: Sentence) -> Tree:
    """The tree with the offsets of its words."""
    spans: dict[int, tuple[int, int]] = {}
    for written in sentence.written:
        start = written.start
        pieces = written.pieces if len(written.pieces) == len(written.words) else (written.text,) * len(written.words)
        for word, piece in zip(written.words, pieces, strict=True):
            spans[word.id] = (start, start + len(piece))
            start += len(piece) if len(written.pieces) == len(written.words) else 0
    children: dict[int, list[Word]] = defaultdict(list)
    for word in sentence.words:
        children[word.head].append(word)
    return Tree({w.id: w for w in sentence.words}, children, spans)


def lemma(word: Word) -> str:
    """The folded lemma without vowel marks."""
    return fold(word.lemma)


def arguments(tree: Tree, verb: Word) -> tuple[list[Word], list[Word]]:
    """Subjects and objects that stand under a verb."""
    subjects, objects = [], []
    for child in tree.children[verb.id]:
        if child.deprel.startswith("nsubj") and child.upos != "VERB":
            subjects.append(child)
        elif child.deprel in ("dobj", "obj", "iobj") and child.upos not in ("VERB", "CONJ", "CCONJ", "SCONJ", "ADP"):
            timely = lemma(child) in _TIME or lemma(child).removeprefix("ال") in _TIME
            if tree.cased(child) is None and not timely:
                objects.append(child)
    return subjects, objects


def verbs_of(sentence: Sentence, kit: Kit, only: frozenset[str] | None = None) -> Iterator[Gold]:
    """The verbs of a sentence (`only` those lemmas) beside what Rasid sees."""
    wanted = [w for w in sentence.words if w.upos == "VERB" and (only is None or lemma(w) in only)]
    if not wanted:
        return
    tree = tree_of(sentence)
    views = views_of(sentence.text, kit)
    for verb in wanted:
        subjects, objects = arguments(tree, verb)
        governor = tree.words.get(verb.head)
        if not subjects and governor is not None and lemma(governor) in _AUXILIARY:
            subjects = arguments(tree, governor)[0]
        preps = {(fold(p), tree.first(w)) for w in tree.children[verb.id] if (p := tree.cased(w)) is not None}
        view, token = _found(views, tree.spans[verb.id])
        yield Gold(
            tree,
            verb,
            frozenset(map(tree.first, subjects)),
            frozenset(map(tree.first, objects)),
            frozenset(preps),
            view,
            token,
            sentence.text,
        )


def views_of(text: str, kit: Kit) -> list[SentenceView]:
    """What Rasid sees of a text."""
    article = Article("", text, (Part("body", Span(0, len(text))),))
    return [SentenceView(s, kit.frames.compound, kit.roles) for s in kit.language.sentences(article)]


def _found(views: Iterable[SentenceView], span: tuple[int, int]) -> tuple[SentenceView | None, int]:
    for view in views:
        for token in view.tokens:
            if token.kind == "word" and span[0] <= token.span.start < span[1]:
                return (view, token.index) if token.tag == "V" else (None, -1)
    return None, -1


def heads(case: Gold, slot: Slot) -> int:
    """The gold word of the first nominal of what fills a role; -1 for a subject that only the verb form names."""
    assert case.view is not None
    if slot.kind == "dropped":
        return -1
    for token in case.view.tokens[slot.first : slot.last + 1]:
        if slot.kind == "pronoun" or (token.kind == "word" and token.tag not in ("NUM", "DEM")):
            return case.tree.at(token)
    return case.tree.at(case.view.tokens[slot.head])


def predicted(case: Gold) -> tuple[frozenset[int], frozenset[int], frozenset[tuple[str, int]]]:
    """Subjects, objects, prepositional objects as Rasid has them, in words of the tree."""
    if case.view is None:
        return frozenset(), frozenset(), frozenset()
    view, verb = case.view, case.token
    args = view.verb(verb)
    subject = args.subject[:1] if args.subject_from in ("after the verb", "before the verb", "pronoun") else []
    objects = [slots[0] for slots in args.objects if slots and slots not in args.stray]
    if args.subject_from == "passive":
        subject, objects = objects[:1], objects[1:]
    after = [s for s in objects if s.first > verb]
    suffix = view.tokens[verb + 1 : verb + 2]
    written = [case.tree.at(t) for t in suffix if t.clitic == "suf" and all(s.first != t.index for s in after)]
    preps = {(p, heads(case, _written(view, verb, p, slots[0]))) for p, slots in args.preps if slots}
    found = frozenset({*(heads(case, s) for s in after), *written})
    return frozenset(heads(case, s) for s in subject), found, frozenset(preps)


def _written(view: SentenceView, verb: int, prep: str, slot: Slot) -> Slot:
    """The pronoun that an antecedent stands for in a relative clause («التي يسيطر عليها»); else the slot itself."""
    if slot.first > verb:
        return slot
    found = (u.pronoun for u in view.units if u.first > verb and u.prep == prep and u.pronoun >= 0)
    at = next(found, None)
    return slot if at is None else view.pronoun(at)


# ---------------------------------------------------------------- figures


HEADER = """\
| verbs of | number | subject and object both right | F1 subject | F1 object | F1 prepositional object |
|---|---|---|---|---|---|"""


def measure(name: str, cases: Iterable[Gold]) -> list[str]:
    """Print one row of figures; return a line for each wrong frame."""
    right, wrong = Counter[str](), []
    for case in cases:
        subject, objects, preps = predicted(case)
        pairs = (("subject", subject, case.subject), ("object", objects, case.objects), ("prep", preps, case.preps))
        for what, got, gold in pairs:
            right[f"{what} both"] += len(got & gold)  # type: ignore[operator]
            right[f"{what} all"] += len(got) + len(gold)
        right["verbs"] += 1
        if subject == case.subject and objects == case.objects:
            right["frame"] += 1
        else:
            wrong.append(_told(case, subject, objects))
    n = right["verbs"]
    f1 = [2 * right[f"{what} both"] / max(1, right[f"{what} all"]) for what in ("subject", "object", "prep")]
    print(f"| {name} | {n} | {right['frame']} = {right['frame'] / n:.3f} | {' | '.join(f'{x:.3f}' for x in f1)} |")
    return wrong


def cases_of(sentences: Iterable[Sentence], kit: Kit, only: frozenset[str] | None = None) -> Iterator[Gold]:
    """The verbs of many sentences."""
    for sentence in sentences:
        yield from verbs_of(sentence, kit, only)


def _told(case: Gold, subject: Iterable[int], objects: Iterable[int]) -> str:
    def words(ids: Iterable[int]) -> list[str]:
        return [case.tree.words[i].form if i in case.tree.words else "?" for i in ids]

    start = case.tree.spans[case.verb.id][0]
    how = case.view.verb(case.token).subject_from if case.view is not None else "no verb"
    return (
        f"{case.verb.form} [{how}] subject {words(case.subject)}, got {words(subject)}; object {words(case.objects)}, "
        f"got {words(objects)}\n    …{case.text[max(0, start - 60) : start + 130]}"
    )


def brackets(sentences: Sequence[Sentence], kit: Kit) -> float:
    """F1 of noun phrases, both ends exact, over phrases of two words or more."""
    both = total = 0
    for sentence in sentences:
        tree = tree_of(sentence)
        views = views_of(sentence.text, kit)
        timed = {tree.at(t) for v in views for t in _of_times(v)}
        gold = {b for b in map(tree.trimmed, _gold_phrases(tree)) if b[0] < b[1] and not timed.intersection(b)}
        got = set()
        for view in views:
            for phrase in view.sentence.phrases:
                last = phrase.core_last if phrase.core_last >= 0 else phrase.last
                bracket = tree.trimmed((tree.at(view.tokens[phrase.first]), tree.at(view.tokens[last])))
                if bracket[0] < bracket[1] and not timed.intersection(bracket):
                    got.add(bracket)
        both, total = both + len(gold & got), total + len(gold) + len(got)
    return 2 * both / max(1, total)


def _of_times(view: SentenceView) -> Iterator[Token]:
    times = (m for m in view.sentence.mentions if m.kind == "time")
    return (token for m in times for token in view.tokens[m.first : m.last + 1])


def _gold_phrases(tree: Tree) -> Iterator[tuple[int, int]]:
    inner: set[int] = set()
    for word in tree.words.values():
        if word.id in inner or word.upos not in ("NOUN", "PROPN", "X", "NUM", "ADJ", "PRON"):
            continue
        seen = {word.id}
        inside = sorted(w.id for w in tree._core(word, seen))
        if word.head and tree.words[word.head].upos in _NOMINAL | {"NUM"} and tree.cased(word) is None:
            governed = word.deprel not in _OUTSIDE
            if governed:
                continue
        if len(inside) > 1 and inside[-1] - inside[0] < 2 * len(inside):
            yield inside[0], inside[-1]


def main() -> None:
    """Print the figures as a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="show so many wrong frames of the forty verbs (dev part)")
    options = parser.parse_args()
    kit = load()
    sets = {
        "PADT-old test": list(padt(options.data / "padt-old-NC" / "test.conllu")),
        "PADT-old dev": list(padt(options.data / "padt-old-NC" / "dev.conllu")),
    }
    print(HEADER)
    wrong: list[str] = []
    for name, sentences in sets.items():
        missed = measure(f"{name}, forty verbs", cases_of(sentences, kit, TARGET))
        measure(f"{name}, all verbs", cases_of(sentences, kit))
        wrong = missed if name == "PADT-old dev" else wrong
    print()
    for name, sentences in sets.items():
        print(f"- noun phrases of {name}: bracket F1 {brackets(sentences, kit):.3f}")
    for line in random.Random(SEED).sample(wrong, min(options.errors, len(wrong))):
        print(line)


if __name__ == "__main__":
    main()
