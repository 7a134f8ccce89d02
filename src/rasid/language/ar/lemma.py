"""The dictionary form of a token: the singular without clitics and article, the perfect of he for verbs.

Forms of the verbs of the packs have their lemma in the lexicon. For all other words the regular endings are taken
off, and of the spellings that this may give the one that the lexicon or the news knows best is taken. Broken plurals
stay as they are. Accuracy: docs/models/segmenter.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from rasid.language.ar.letters import fold
from rasid.language.ar.lexicon import Lexicon
from rasid.model.text import Token

_PRONOUNS = {
    form: lemma
    for lemma, forms in {
        "هذا": "هذه هذان هذين هاتان هاتين هولاء",
        "ذلك": "تلك اوليك",
        "الذي": "التي الذين اللذان اللذين اللتان اللتين اللواتي اللاتي",
        "هو": "هي هم هما هن ه ها انا نحن انت انتم ي نا ني ك كم",
        "اول": "اولي",
        "اخر": "اخري",
        "كان": "كانت كانوا كانا كنا كنت يكون تكون يكن تكن يكونوا",
        "ليس": "ليست ليسوا لسنا",
        "زال": "يزال تزال زالت يزالون",
        "يوم": "اليوم",
    }.items()
    for form in forms.split()
}
#: Endings of which a feminine noun keeps its ت: before a pronoun, in the plural, in the dual.
_FEMININE = ("ت", "ات", "تان", "تين")
_OPEN = frozenset({"N", "ADJ", "X", "NUM", "QUANT", "ADV", "NAME"})


def lemma_of(token: Token, lexicon: Lexicon) -> str:
    """The folded dictionary form of a token; of marks, figures and particles what stands there, folded."""
    if token.kind != "word" or token.norm in _PRONOUNS:
        return _PRONOUNS.get(token.norm, token.norm)
    if token.tag == "V" or (token.tag == "PART" and token.verbs):
        lemmas = [v.lemma for v in token.verbs]
        return fold(_best(lemmas, lexicon, lemmas[0])) if lemmas else _verb(token.bare, lexicon)
    if token.clitic is not None or not (token.tag in _OPEN or (token.tag == "PREP" and token.bare.endswith("ا"))):
        return token.norm
    word = token.bare
    accusative = token.tanween or (token.tag in ("ADV", "PREP") and lexicon.level(word[:-1]) > 0)
    if accusative and word.endswith("ا") and len(word) > 3:
        word = word[:-1]
    if token.tag == "NAME":
        return word
    return _nominal(word, lexicon, adjective=token.tag == "ADJ")


def _nominal(word: str, lexicon: Lexicon, *, adjective: bool) -> str:
    """A noun or adjective without its regular plural, dual and, of adjectives, feminine."""
    if singular := lexicon.singular(word):
        return singular
    if word.endswith("ات") and len(word) > 4:
        feminine, masculine = lexicon.level(word[:-2] + "ة"), lexicon.level(word[:-2])
        if feminine and feminine >= masculine - 5:  # «نفقات» is of نفقة, though نفق is commoner
            return _masculine(word[:-2] + "ة", lexicon, adjective)
        return _masculine(word[:-2] if masculine else word, lexicon, adjective)
    if word.endswith(("ون", "ين", "ان")) and len(word) > 4 and not _listed(word, lexicon):
        stem = word[:-2]
        options = (stem[:-1] + "ة", stem) if stem.endswith("ت") else (stem,)
        return _masculine(_best(options, lexicon, word), lexicon, adjective)
    return _masculine(word, lexicon, adjective)


def _masculine(word: str, lexicon: Lexicon, adjective: bool) -> str:
    word = fold(word)
    if adjective and word.endswith("ه") and len(word) > 3 and (word[:-1] in lexicon or word.endswith("يه")):
        return word[:-1]
    return word


def _listed(word: str, lexicon: Lexicon) -> bool:
    entry = lexicon.get(word)
    return entry is not None and entry.noun and entry.number not in ("p", "d")


def _verb(word: str, lexicon: Lexicon) -> str:
    """The perfect of he of a verb that the packs do not have: the commonest spelling that it may have."""
    if word[0] in "يتنا" and len(word) > 3 and lexicon.level(word[1:]) + lexicon.level("ي" + word[1:]) > 0:
        rest = word[1:]
        for ending in ("ون", "ان", "وا", "ين", "ن"):
            if rest.endswith(ending) and len(rest) > len(ending) + 2:
                rest = rest[: -len(ending)]
                break
        if word[0] in "يتن" and lexicon.level("ي" + rest) > 0:
            hollow = rest[:-2] + "ا" + rest[-1] if rest[-2:-1] in ("و", "ي") else rest
            final = rest[:-1] + "ا" if rest.endswith("و") else rest
            return fold(_best((rest, "ا" + rest, hollow, "ا" + hollow, final), lexicon, rest))
    for ending in ("تا", "وا", "ت", "ا", "نا"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            return fold(_best((stem, stem + "ي", word), lexicon, stem))
    return word


def _best(words: Iterable[str], lexicon: Lexicon, otherwise: str) -> str:
    """The commonest of some spellings; `otherwise` when news has none of them."""
    level, best = max(((lexicon.level(word), word) for word in words), key=lambda pair: pair[0])
    return best if level > 0 else otherwise


def spelled_lemma(token: Token, lexicon: Lexicon) -> str:
    """The lemma for people to read: in the letters of the text where that is the form written there, else unfolded.

    «هدنة» rather than «هدنه». What the fold hides and no spelling at hand shows stays folded.
    """
    lemma = lemma_of(token, lexicon)
    written = token.written or token.text
    spellings = [v.lemma for v in token.verbs]
    for word in (written, written.removeprefix("ال"), written.removeprefix("ل")):
        spellings += [word, *(word[:-n] for n in (1, 2, 3) if len(word) > n + 1)]
        spellings += [f"{word.removesuffix(ending)}ة" for ending in _FEMININE if word.endswith(ending)]
    same = next((spelt for spelt in spellings if fold(spelt) == lemma), None)
    return same if same is not None else lemma
