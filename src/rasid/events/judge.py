"""How sure Rasid is that a trigger states an act.

A small linear model over what the frame step saw, then small trees over how the act stands among the others of its
article (`rasid.events.company`). Both are learned by ``training/event_judge.py`` from articles coded by hand; see
docs/models/event_judge.md. A frame decides *what* an act is; the judge only says how likely a coder would count it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rasid.events.clauses import SentenceView
from rasid.events.company import NAMES, Proposal, measures
from rasid.model.event import Event
from rasid.model.text import Sentence
from rasid.packs.trees import Trees, log_odds, probability, read_trees


@dataclass(frozen=True, slots=True)
class Certainty:
    """How likely an event is one, 0 to 1, and what the others of its article added to that, in log-odds."""

    value: float
    company: float


@dataclass(frozen=True, slots=True)
class Judge:
    """A logistic model: weight by feature, and the thresholds under which no record is made.

    `threshold` holds for events whose frame fits, `loose_threshold` for those whose frame fits only in part;
    `by_type` changes the first for some types, `lone` for those types in a sentence out of its article. `company` are
    the trees that see an event among the others of its article; without them the logistic model alone decides.
    """

    weights: dict[str, float]
    bias: float
    threshold: float
    loose_threshold: float = 0.0
    by_type: Mapping[str, float] = field(default_factory=dict)
    lone: Mapping[str, float] = field(default_factory=dict)
    company: Trees | None = None

    def passes(self, proposed: Proposal, certainty: float) -> bool:
        """Whether an event of this certainty becomes a record."""
        if _lone(proposed) and proposed.event in self.lone:
            return certainty >= self.lone[proposed.event]
        if proposed.loose:
            return certainty >= self.loose_threshold
        return certainty >= self.by_type.get(proposed.event, self.threshold)

    def alone(self, features: Iterable[str]) -> float:
        """The probability, 0 to 1, that an event with these features is one, whatever else its article tells."""
        weights = self.weights.get
        return probability(self.bias + sum([w for f in features if (w := weights(f)) is not None]))

    def certainties(self, features: Sequence[Sequence[str]], proposals: Sequence[Proposal]) -> list[Certainty]:
        """How likely each of the proposals of an article is an event."""
        chances = [self.alone(seen) for seen in features]
        if self.company is None:
            return [Certainty(chance, 0.0) for chance in chances]
        found = []
        for p, chance, seen in zip(proposals, chances, measures(proposals, chances), strict=True):
            score = self.company.score(seen)
            if _lone(p) and seen[_LIKELIER] > 0:
                # the public gold tells whether a sentence has an act of a type, not whether it has a second one
                score = max(score, log_odds(chance))
            found.append(Certainty(probability(score), score - log_odds(chance)))
        return found

    def reasons(self, features: Iterable[str], certainty: Certainty) -> str:
        """What weighed most for and against an event with these features, in words; "" where nothing was weighed."""
        weighed = [(self.weights[f], f) for f in features if self.weights.get(f)]
        if weighed and abs(certainty.company) >= _TOLD:
            weighed.append((certainty.company, "company=True"))
        parts = []
        for label, side in (("for it", sorted(weighed, reverse=True)), ("against it", sorted(weighed))):
            told: dict[str, float] = {}  # several features may say the same of an event
            for weight, feature in side:
                if (weight > 0) != (label == "for it"):
                    break
                words = worded(feature)
                told[words] = told.get(words, 0.0) + weight
            most = sorted(told.items(), key=lambda item: -abs(item[1]))[:_SHOWN]
            if most:
                parts.append(f"{label} {', '.join(f'{words} ({weight:+.1f})' for words, weight in most)}")
        return "; ".join(parts)


#: How many grounds of each side are told, and from which log-odds on what the trees add is one.
_SHOWN = 3
_TOLD = 0.1


#: The judge of a kit without weights: every event is kept, and its certainty says that nothing judged it.
OPEN = Judge({}, 0.0, 0.0)


def load_judge(path: Path, trees: Path) -> Judge:
    """Read the weights and the trees; the open judge when there are no weights.

    Raises:
        ValueError: when the trees were learned over other measures than the program takes.
    """
    if not path.is_file():
        return OPEN
    raw = json.loads(path.read_text("utf-8"))
    weights = {str(k): float(v) for k, v in raw["weights"].items()}
    by_type, lone = ({str(k): float(v) for k, v in raw.get(name, {}).items()} for name in ("by_type", "lone"))
    company = read_trees(json.loads(trees.read_text("utf-8")), NAMES, str(trees)) if trees.is_file() else None
    least = float(raw["threshold"]), float(raw["loose_threshold"])
    return Judge(weights, float(raw["bias"]), *least, by_type, lone, company)


#: A lone sentence up to this many tokens is a headline, which states its act; a longer one was taken from an article.
HEADLINE = 14


#: Where the measures say how many of the type of an event look likelier.
_LIKELIER = NAMES.index("likelier of its type")


def _lone(proposed: Proposal) -> bool:
    """Whether an event stands in a sentence taken out of its article, as `out_of_context` tells it."""
    return proposed.sentences == 1 and proposed.length > HEADLINE


def out_of_context(sentences: Sequence[Sentence]) -> bool:
    """Whether the text is one sentence taken out of its article."""
    return len(sentences) == 1 and len(sentences[0].tokens) > HEADLINE


def features(view: SentenceView, event: Event, *, alone: bool = False) -> tuple[str, ...]:
    """What the judge sees of an event: how it was found, what stands around it, whether its roles are filled.

    `alone` says that the text is a sentence out of its article (`out_of_context`): a mention there more often only
    refers to an act known from elsewhere, and the public gold, which consists of such sentences, counts far fewer.
    """
    tokens, start = view.tokens, event.trigger[0]
    anchor = tokens[event.anchor]
    by = event.reasons[0] if event.reasons else "?"
    by = {"": "", "no": "loose ", "a ": "bare "}[event.loose[:2]] + by
    before = tokens[start - 1] if start else None
    before2 = tokens[start - 2] if start > 1 else None
    after = tokens[event.trigger[1] + 1] if event.trigger[1] + 1 < len(tokens) else None
    phrase = view.phrase_at(event.anchor)
    inner = phrase is not None and phrase.first < event.anchor
    head = tokens[phrase.first].bare if phrase is not None and inner else "-"
    governor = tokens[phrase.first - 1] if phrase is not None and phrase.first else before
    subject = next((r[8:] for r in event.reasons if r.startswith("subject ")), "none")
    kind = f"{event.event}|{by}"
    parts = [
        f"frame={event.frame.id}",
        f"frame={event.frame.id}|{by}",
        f"kind={kind}",
        f"kind={kind}|actor={bool(event.actor)}",
        f"kind={kind}|recipient={bool(event.recipient)}",
        f"by={by}|subject={subject}",
        f"status={event.status}|{by}",
        f"part={view.sentence.part}|{by}",
        f"quote={event.quote}|{by}",
        f"claims={len(event.claims)}|{by}",
        f"before={before.norm if before else '^'}|{by}",
        f"beforetag={before.tag if before else '^'}|{by}",
        f"before2={before2.norm if before2 else '^'}|{by}",
        f"aftertag={after.tag if after else '$'}|{by}",
        f"after={after.norm if after else '$'}|{by}",
        f"head={head}",
        f"inner={inner}|{by}",
        f"governor={governor.norm if governor else '^'}|{by}",
        f"definite={anchor.definite}|{by}",
        f"issue={event.issue is not None}|{kind}",
        f"time={bool(event.times)}|{by}",
        f"depth={min(start // 8, 4)}|{by}",
        f"length={min(len(tokens) // 12, 5)}",
        f"tense={_tense(view, start)}|{event.event}",
        f"person={_person(view, start)}",
    ]
    if event.event in _WITH_WORDS:
        near = tokens[max(0, start - _WINDOW) : event.trigger[1] + 1 + _WINDOW]
        parts += sorted({f"near={t.bare}|{event.event}" for t in near if t.kind == "word" and t.clitic is None})
        parts.append(f"alone={alone}|{event.event}")
        parts.append(f"alone={alone}|{event.event}|{by}")
        parts.append(f"numbers={any(t.tag == 'NUM' for t in near)}|{event.event}")
        parts.append(f"dated={any(m.kind == 'time' for m in view.sentence.mentions)}|{event.event}")
        parts.append(f"placed={any(m.kind in ('place', 'capital') for m in view.sentence.mentions)}|{event.event}")
    return tuple(parts)


#: Types with enough judged sentences (the public gold) to learn from the words around the trigger.
_WITH_WORDS = frozenset({"ASSAULT", "PROTEST"})
_WINDOW = 12


#: What the features say, in words: {} is the value. Pairs are for what holds and what does not.
_WORDS: dict[str, str | tuple[str, str]] = {
    "frame": "the entry {}",
    "kind": "{}",
    "by": "found by {}",
    "status": "status {}",
    "part": "in the {}",
    "quote": ("inside quotation marks", "outside quotation marks"),
    "claims": "{} speakers",
    "before": "«{}» before it",
    "before2": "«{}» two words before it",
    "beforetag": "{} before it",
    "after": "«{}» after it",
    "aftertag": "{} after it",
    "head": "«{}» at the head of its phrase",
    "inner": ("inside a phrase", "at the head of its phrase"),
    "governor": "«{}» before its phrase",
    "definite": ("with an article", "without an article"),
    "issue": ("with an issue", "without an issue"),
    "time": ("with a time", "without a time"),
    "depth": "its place in the sentence",
    "length": "the length of the sentence",
    "tense": "tense {}",
    "person": "person {}",
    "near": "«{}» near it",
    "alone": ("a lone sentence", "a sentence of an article"),
    "numbers": ("a number near it", "no number near it"),
    "dated": ("a time in the sentence", "no time in the sentence"),
    "placed": ("a place in the sentence", "no place in the sentence"),
    "company": ("the other acts of the article", ""),
}
#: Values that are no words of the text, as they are told.
_VALUES = {
    "^": "the beginning", "$": "the end", "-": "no noun phrase", "V": "a verb", "N": "a noun", "ADJ": "an adjective",
    "NAME": "a name", "PREP": "a preposition", "CONJ": "and", "SUB": "that", "REL": "a relative pronoun",
    "SCONJ": "a conjunction", "NEG": "a negation", "PART": "a particle", "PRON": "a pronoun", "DEM": "a demonstrative",
    "QUANT": "a quantity", "NUM": "a number", "ADV": "an adverb", "PUNCT": "a mark", "X": "an unknown word",
}  # fmt: skip


def worded(feature: str) -> str:
    """A feature in words, as `rasid explain` tells it («kind=AID|verb|actor=True» is «AID by verb with actor»)."""
    name, _, rest = feature.partition("=")
    value, *more = rest.split("|")
    words = _WORDS.get(name)
    if words is None:
        return feature
    if isinstance(words, tuple):
        return words[value != "True"]
    if name == "kind":
        value += "".join(f" by {part}" for part in more[:1])
        sides = (part.partition("=") for part in more[1:])
        value += "".join(f" {'with' if holds == 'True' else 'without'} {side}" for side, _, holds in sides)
    if name in ("tense", "person") and value == "-":
        return "no finite verb"
    return words.replace("«{}»", "{}").format(_VALUES[value]) if value in _VALUES else words.format(value)


def _tense(view: SentenceView, token: int) -> str:
    verbs = view.tokens[token].verbs
    return verbs[0].tense if verbs and view.tokens[token].tag == "V" else "-"


def _person(view: SentenceView, token: int) -> str:
    verbs = view.tokens[token].verbs
    return str(verbs[0].person) + verbs[0].number if verbs and view.tokens[token].tag == "V" else "-"
