"""Whether a text is Arabic: by its letters, and among the languages written in them by their common words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from rasid.ingest.layout import Language, PageLayout

#: Below this share of letters, a text is not in Arabic script.
SCRIPT_SHARE = 0.4
#: Arabic prose has this many of its own signs per word at the very least.
_SIGNS = 0.04
#: So many words are enough to miss those signs.
_ENOUGH = 20
#: One word may be a name or a loan; so many are a language.
_HITS = 2
_SAMPLE_WORDS = 4000
_SAMPLE = 200_000
#: A word that only begins as an Arabic word does is longer than this.
_SHORTEST = 4

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {"LATIN": "Latin", "CYRILLIC": "Cyrillic", "HEBREW": "Hebrew", "GREEK": "Greek", "CJK": "Chinese"}
_NAMES = {"fa": "Persian", "ur": "Urdu", "ckb": "Kurdish", "ps": "Pashto"}


def not_arabic(text: str, layout: PageLayout) -> str | None:
    """Why a text is not taken for Arabic, for people, or None when it is.

    Arabic typed with Persian letters («ی» and «ک») stays Arabic: words decide, not the letters that
    the languages share.
    """
    letters = [char for char in text[:_SAMPLE] if char.isalpha()]
    if not letters:
        return "there are no letters in it"
    ours = sum(is_arabic_letter(char) for char in letters)
    if ours < SCRIPT_SHARE * len(letters):
        return f"{100 * ours // len(letters)}% of its letters are Arabic ({_script(letters)} letters prevail)"
    return _other_language(text, layout)


def is_arabic_letter(char: str) -> bool:
    """Whether a letter belongs to the Arabic script."""
    return "\u0600" <= char <= "\u06ff" or "\u0750" <= char <= "\u077f" or "\ufb50" <= char <= "\ufeff"


def looks_arabic(text: str, layout: PageLayout) -> bool:
    """Whether a text that was decoded on trial is Arabic in earnest: mostly its letters, and its words."""
    letters = [char for char in text if char.isalpha()]
    arabic = sum("\u0620" <= char <= "\u064a" for char in letters)
    others = sum(not (char.isascii() or "\u0600" <= char <= "\u06ff") for char in letters)
    if arabic < 3 or arabic < SCRIPT_SHARE * len(letters) or others > 0.1 * len(letters):
        return False
    words = _words(text, layout)
    return _share(words, "ar", layout) >= (_SIGNS if len(words) >= _ENOUGH else 1 / max(len(words), 1))


def _other_language(text: str, layout: PageLayout) -> str | None:
    """The name of the other language in Arabic letters that a text is in, or None."""
    words = _words(text, layout)
    arabic = _share(words, "ar", layout)
    shares = {code: _share(words, code, layout) for code in layout.languages if code != "ar"}
    best = max(shares, key=lambda code: shares[code], default=None)
    if best is not None and shares[best] > arabic and shares[best] * len(words) >= _HITS:
        return f"its common words and letters are {_NAMES.get(best, best)}"
    if len(words) >= _ENOUGH and arabic < _SIGNS:
        return "it has Arabic letters, but hardly a common Arabic word"
    return None


def _words(text: str, layout: PageLayout) -> list[tuple[str, str]]:
    """The first words of a text, each as it stands and folded."""
    words = _WORD.findall(text[:_SAMPLE])[:_SAMPLE_WORDS]
    folded = {word: layout.fold(word) for word in set(words)}
    return [(word, folded[word]) for word in words]


def _share(words: list[tuple[str, str]], code: str, layout: PageLayout) -> float:
    """How many words of each show the signs of a language: its common words, its letters, its beginnings."""
    signs = layout.languages.get(code)
    if signs is None or not words:
        return 0.0
    return sum(_shows(word, folded, signs) for word, folded in words) / len(words)


def _shows(word: str, folded: str, signs: Language) -> bool:
    """Whether one word shows the signs of a language."""
    if folded in signs.words or not signs.letters.isdisjoint(word):
        return True
    return len(folded) > _SHORTEST and bool(signs.starts) and folded.startswith(signs.starts)


def _script(letters: list[str]) -> str:
    """The name of the script that prevails."""
    names = Counter(unicodedata.name(char, "OTHER").split()[0] for char in letters[:_SAMPLE_WORDS])
    name = names.most_common(1)[0][0]
    return _SCRIPTS.get(name, name.capitalize())
