"""Which issues of the table an act is about."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from rasid.dossier.words import Apart, Fold, Phrases, uncovered, words_of
from rasid.model.fact import Fact
from rasid.packs.issues import Issue
from rasid.packs.stances import Condition

#: Words at the end of a text that are looked at.
_TAIL = 4


class IssueIndex:
    """Issues by the words of a phrase. Filled when made, then only asked."""

    def __init__(self, issues: Iterable[Issue], fold: Fold, apart: Apart) -> None:
        self.issues = {issue.id: issue for issue in issues}
        self._words: Phrases[str] = Phrases(fold, apart)
        self._never: Phrases[str] = Phrases(fold, apart)
        self._acts: dict[tuple[str, str | None], str] = {}
        self._known: dict[str, tuple[str, ...]] = {}  # a cache: a phrase names the same issues always
        for issue in self.issues.values():
            for words in issue.words:
                self._words.add(words, issue.id)
            for words in issue.never:
                self._never.add(words, issue.id)
            self._acts |= dict.fromkeys(issue.acts, issue.id)

    def of_phrase(self, phrase: str) -> tuple[str, ...]:
        """Ids of the issues that a phrase names, in order of the phrase."""
        found = self._known.get(phrase)
        if found is None:
            hits = uncovered(self._words.hits(phrase), self._never.hits(phrase))
            found = self._known[phrase] = tuple(dict.fromkeys(hit.value for hit in hits))
        return found

    def of(self, fact: Fact) -> tuple[str, ...]:
        """Ids of the issues of an act: those of its words, and that of its mode."""
        return self.about(fact, fact.issue)

    def about(self, fact: Fact, phrase: str | None) -> tuple[str, ...]:
        """The same, with the phrase of another record that tells the act."""
        return self.named(fact.event, fact.mode, phrase)

    def named(self, event: str, mode: str | None, phrase: str | None) -> tuple[str, ...]:
        """The same of a type, a mode and a phrase."""
        named = self.of_phrase(phrase) if phrase else ()
        by_mode = self._acts.get((event, mode))
        return named if by_mode is None or by_mode in named else (*named, by_mode)


class ConditionIndex:
    """Words of condition («بشرط»), or such as make an act unreal («إلا بعد»)."""

    def __init__(self, conditions: Iterable[Condition], fold: Fold, apart: Apart) -> None:
        make = partial(Phrases[str], fold, apart)
        self._words, self._never = make(), make()
        for condition in conditions:
            for words in condition.words:
                self._words.add(words, "")
            for words in condition.never:
                self._never.add(words, "")

    def stands_in(self, text: str) -> bool:
        """Whether words of condition stand in `text`, the rest of a sentence after its trigger."""
        return any(True for _ in uncovered(self._words.hits(text), self._never.hits(text)))

    def ends(self, text: str) -> bool:
        """Whether `text` ends with such words."""
        tail = " ".join(words_of(text)[-_TAIL:])
        count = len(words_of(tail))
        return any(hit.end == count for hit in uncovered(self._words.hits(tail), self._never.hits(tail)))

    def parted(self, phrase: str) -> tuple[str, str]:
        """A phrase before and after its first word of condition; the second is "" where there is none."""
        found = [hit.first for hit in uncovered(self._words.hits(phrase), self._never.hits(phrase))]
        if not found:
            return phrase, ""
        words = words_of(phrase)
        return " ".join(words[: min(found)]), " ".join(words[min(found) + 1 :])
