"""The kit: everything that reading an article needs, built once and only read afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rasid import __version__
from rasid.events.frames import FrameSet, compile_frames
from rasid.events.judge import OPEN, Judge, load_judge
from rasid.events.roles import UNTAUGHT, RoleModel, load_roles
from rasid.language.ar.engine import ArabicEngine
from rasid.language.ar.gazetteer import GazetteerBuilder, Name
from rasid.language.ar.inflect import check_lemma
from rasid.language.ar.letters import fold
from rasid.language.ar.lexicon import Lexicon, action_nouns
from rasid.language.ar.names import load_names
from rasid.language.ar.phrases import Ties
from rasid.language.ar.place_cues import NEEDS_CUE, PlaceCues
from rasid.language.ar.segmenter import load_segmenter
from rasid.language.ar.times import TimeFinder
from rasid.language.ar.tokenize import words_of
from rasid.language.ar.verbs import load_verbs
from rasid.language.ar.words import norms_of
from rasid.model.text import MentionKind, Tag
from rasid.packs.cues import ContextRule, Cues, load_contexts, load_cues
from rasid.packs.errors import PackError
from rasid.packs.frames import FrameEntry, load_frames
from rasid.packs.knowledge import Knowledge, Title, load_knowledge
from rasid.packs.linear import load_linear
from rasid.packs.tables import data_dir
from rasid.packs.times import TimeTables, load_times
from rasid.pipeline.cache import kept
from rasid.resolve.contexts import NO_RULES, Rules, compile_contexts
from rasid.resolve.index import Index, build_index
from rasid.resolve.weighing import PROPOSED, Weighing, load_rivals
from rasid.resolve.when import Dating

_POS_TAG: dict[str, Tag] = {
    "noun": "N", "masdar": "N", "adj": "ADJ", "past": "V", "pres": "V", "name": "NAME", "place": "NAME", "org": "NAME",
    "demonym": "ADJ", "adv": "ADV", "num": "NUM", "time": "N",
}  # fmt: skip


#: Where a cue word stands by the name of a place.
_SIDES = ("before", "after")


@dataclass(frozen=True, slots=True)
class Kit:
    """What `read` is handed: the language engine, the frames and the knowledge."""

    language: ArabicEngine
    frames: FrameSet
    knowledge: Index
    versions: dict[str, str]
    dating: Dating | None = None
    judge: Judge = OPEN
    roles: RoleModel = UNTAUGHT
    weighing: Weighing = PROPOSED
    contexts: Rules = NO_RULES


def frame_files(user: Path | None = None) -> list[tuple[Path, str]]:
    """The event files of the user's folder and of the package, with the names they are shown under.

    The user's come first: of two senses that demand as much, the first read wins.
    """
    found: list[tuple[Path, str]] = []
    if user is not None and (user / "events").is_dir():
        found += [(p, str(p)) for p in sorted((user / "events").glob("*.yml"))]
    inside = Path(str(data_dir())) / "ar" / "events"
    return found + [(p, f"ar/events/{p.name}") for p in sorted(inside.glob("*.yml"))]


def load(packs: Path | None = None) -> Kit:
    """Build the kit from the packs of the program and, read after them, those of a user's folder.

    What was built is kept in the user's cache folder and taken from there while no file has changed
    (``RASID_CACHE``: another folder, or ``off``). Both ways give the same kit.

    Raises:
        PackError: when a file of knowledge is not of its form; the message names file and line.
    """
    collecting = gc.isenabled()
    gc.disable()  # the tables are hundreds of thousands of small objects that all stay
    try:
        return kept(Kit, lambda: pack_files(packs), str(packs or ""), lambda: _read_packs(packs))
    finally:
        if collecting:
            gc.enable()


def _read_packs(packs: Path | None) -> Kit:
    entries = [entry for path, shown in frame_files(packs) for entry in load_frames(path, shown)]
    return build(entries, load_knowledge(packs), load_cues(), load_times(packs), load_contexts(packs))


def pack_files(user: Path | None = None) -> Iterator[Path]:
    """Every file that the kit may be built from: those of the package, and those of a user's folder that are named so.

    Raises:
        OSError: when a folder cannot be listed.
    """
    base = Path(str(data_dir()))
    yield from sorted(path for path in base.rglob("*") if path.is_file())
    if user is None:
        return
    for folder in sorted(path.name for path in (base / "ar").iterdir() if path.is_dir()):
        if (user / folder).is_dir():
            yield from sorted(p for p in (user / folder).iterdir() if p.suffix in (".tsv", ".yml") and p.is_file())


def load_lexicon(packs: Path | None = None) -> Lexicon:
    """The lexicon alone, for training and measuring.

    Raises:
        PackError: when a file of knowledge is not of its form.
    """
    entries = [entry for path, shown in frame_files(packs) for entry in load_frames(path, shown)]
    return _lexicon(entries, load_knowledge(packs), load_cues())


def build(
    entries: Iterable[FrameEntry],
    knowledge: Knowledge,
    cues: Cues,
    times: TimeTables,
    contexts: Iterable[ContextRule] = (),
) -> Kit:
    """Build a kit from loaded packs."""
    entries = list(entries)
    lexicon = _lexicon(entries, knowledge, cues)
    _add_months(lexicon, times)
    gazetteer = _gazetteer(knowledge, lexicon)
    frames = compile_frames(entries, cues, fold)
    gazetteer.weaken(lexicon.is_common_word, lexicon.is_listed_noun)
    weights = Path(str(data_dir())) / "ar" / "weights"
    judge = load_judge(weights / "event_judge.json", weights / "event_company.json")
    roles = load_roles(weights / "roles.json")
    engine = ArabicEngine(
        lexicon,
        gazetteer.build(),
        map(fold, knowledge.honorifics),
        frozenset(frames.compound),
        TimeFinder(times),
        load_verbs(weights / "verbs.json"),
        load_names(weights / "names.json", weights / "name_words.tsv"),
        _ties(knowledge),
        PlaceCues(*(frozenset(fold(w) for w, at in knowledge.place_cues if at in (side, "both")) for side in _SIDES)),
    )
    return Kit(
        engine,
        frames,
        build_index(knowledge, fold),
        {"rasid": __version__},
        _dating(times),
        judge,
        roles,
        _weighing(weights),
        compile_contexts(contexts, fold),
    )


def _add_months(lexicon: Lexicon, tables: TimeTables) -> None:
    """Make names of months that no other table has known to the lexicon, before it splits the first word."""
    for month in tables.months:
        if not month.weak and month.form not in lexicon and len(words_of(month.form)) == 1:
            lexicon.add(month.form, "N").noun = True


def _weighing(folder: Path) -> Weighing:
    """The resolver's models that lie in the folder of weights."""
    names = ("party", "place", "standing", "home", "source", "same_act")
    models = {name: load_linear(folder / f"{name}.json") for name in names}
    return Weighing(**models, rivals=load_rivals(folder / "party_rivals.json"))


def _ties(knowledge: Knowledge) -> Ties:
    core, led = (frozenset(fold(w) for w, place in knowledge.ties if place == kind) for kind in ("core", "led"))
    return Ties(core, led)


def _dating(tables: TimeTables) -> Dating:
    """Roles of words, with the article too; «إلى» as it stands is not the ending ـي with an article."""
    with_article = {fold(f"ال{word}"): role for word, role in tables.joints if role != "relational"}
    return Dating({**with_article, **{fold(word): role for word, role in tables.joints}})


def _gazetteer(  # one loop for each table
    knowledge: Knowledge, lexicon: Lexicon
) -> GazetteerBuilder:
    g = GazetteerBuilder(partial(norms_of, lexicon=lexicon))
    for person in knowledge.people:
        _add(g, person.strong, Name("person", person.id))
        _add(g, person.weak, Name("person", person.id, weak=True))
    for org in knowledge.orgs:
        _add(g, org.strong, Name("org", org.id))
        _add(g, org.weak, Name("org", org.id, weak=True))
    for outlet in knowledge.outlets:
        _add(g, outlet.strong, Name("outlet", outlet.id))
        _add(g, outlet.weak, Name("outlet", outlet.id, weak=True))
    for country in knowledge.countries:
        _add(g, country.names, Name("country", country.iso, detail="m" if country.masculine else "f"))
        _add(g, country.capitals, Name("capital", country.iso, detail="f"))
        for word in country.demonyms:
            g.add(word, Name("demonym", country.iso), either=True)
    for group in knowledge.groups:
        for form in group.forms:
            loose = group.country is None and form not in group.plural_forms
            g.add(form, Name("group", group.id, weak=loose), either=True)
    titles: tuple[tuple[MentionKind, tuple[Title, ...]], ...] = (("role", knowledge.roles), ("agent", knowledge.agents))
    for kind, table in titles:
        for title in table:
            name = Name(kind, title.id, detail=f"{title.kind}:{title.sector or ''}")
            for form in title.forms:
                g.add(form, name, either=not form.startswith("ال") and not _construct(form))
    for metonym in knowledge.metonyms:
        if metonym.kind != "place":
            _add(g, metonym.strong, Name("metonym", metonym.id))
            _add(g, metonym.weak, Name("metonym", metonym.id, weak=True))
    for place in knowledge.places:
        _add(g, place.names, Name("place", place.id, weak=place.needs_cue, detail=NEEDS_CUE if place.needs_cue else ""))
    return g


def _construct(form: str) -> bool:
    """«رئيس الوفد»: a noun before a definite one, which takes no article of its own."""
    return form.split()[1:2] != [] and form.split()[1].startswith("ال")


def _add(gazetteer: GazetteerBuilder, names: Iterable[str], name: Name) -> None:
    for text in names:
        if text:
            gazetteer.add(text, name)


def _lexicon(  # noqa: C901  # one loop for each table
    entries: list[FrameEntry], knowledge: Knowledge, cues: Cues
) -> Lexicon:
    lexicon = Lexicon(load_segmenter(Path(str(data_dir())) / "ar" / "weights" / "segmenter.json"))
    for word, closed in knowledge.function_words:
        if " " not in word:
            lexicon.add(word, closed).unit = True  # type: ignore[arg-type]
    for row in knowledge.stems:
        tag = _POS_TAG.get(row.get("pos"))
        word = row.get("word")
        if row.get("pos") == "pres" and word[:1] == "س" and word[1:2] in ("ي", "ت", "ن", "أ"):
            word = word[1:]  # «سيلتقي» is split, not listed
        if tag is not None and " " not in word:
            gender, number = row.get("gender") or None, row.get("number") or None
            entry = lexicon.add(word, tag, gender, number)  # type: ignore[arg-type]
            entry.perfect = entry.perfect or row.get("pos") == "past"
            entry.noun = entry.noun or row.get("pos") in ("noun", "masdar", "adj", "num", "time")
            entry.listed = entry.listed or row.get("pos") not in ("name", "place", "org", "demonym")
    lexicon.verb_after.update((fold(word), verb) for word, verb in knowledge.verb_after)
    for plural, singular in knowledge.plurals:
        lexicon.add_plural(plural, singular)
    _add_triggers(lexicon, entries)
    spoken, light = ([(v.lemma, v.root, v.form) for v in table] for table in (cues.speech, cues.light))
    for verb in dict.fromkeys((*spoken, *light)):
        lexicon.add_verb(*verb)
    for title in (*knowledge.roles, *knowledge.agents):
        for form in title.forms:
            _add_form(lexicon, form)
    for country in knowledge.countries:
        for word in country.demonyms:
            _add_form(lexicon, word, "ADJ")
        for name in (*country.names, *country.capitals):
            _add_form(lexicon, name, "NAME")
    for group in knowledge.groups:
        for form in group.forms:
            _add_form(lexicon, form, "ADJ")
    called = (*knowledge.roles, *knowledge.agents)
    titles = frozenset(form.split()[0].removeprefix("ال") for title in called for form in title.forms)
    for person in knowledge.people:
        for name in (*person.strong, *person.weak):
            if not _titled(name, (*person.strong, *person.weak), titles):
                _add_form(lexicon, name, "NAME")
    lexicon.add_names(word for word, _ in knowledge.name_parts)
    for named in (*knowledge.orgs, *knowledge.outlets, *knowledge.metonyms):
        for name in (*named.strong, *named.weak):
            _add_unknown(lexicon, name)
    for place in knowledge.places:
        for name in place.names:
            _add_unknown(lexicon, name)
            if not place.needs_cue:
                _add_beside_verb(lexicon, name)
    lexicon.finish()
    return lexicon


def _add_triggers(lexicon: Lexicon, entries: Iterable[FrameEntry]) -> None:
    for entry in entries:
        if entry.kind == "verb":
            if fault := check_lemma(entry.word, entry.root, entry.form):
                raise PackError(entry.ref.file, entry.ref.line, fault)
            verb = any(s.verb for s in entry.senses)
            lexicon.add_verb(
                entry.word,
                entry.root,
                entry.form,
                verb=verb,
                participle=any(s.participle for s in entry.senses),
            )
            for noun in action_nouns(entry.word, entry.root, entry.form, entry.nouns):
                lexicon.add_action_noun(noun, entry.lexeme)
        elif entry.kind == "noun":
            lexicon.add_action_noun(entry.word, entry.lexeme)
            for plural in entry.plurals:
                lexicon.add_action_noun(plural, entry.lexeme)


def _titled(name: str, others: Sequence[str], titles: frozenset[str]) -> bool:
    """Whether a form is a person's name behind a title («رئيس الحكومة المؤقتة …»), whose words stay nouns."""
    first = name.split()[0].removeprefix("ال")
    return first in titles and any(name.endswith(f" {other}") for other in others)


def _add_form(lexicon: Lexicon, form: str, tag: Tag = "N") -> None:
    for n, word in enumerate(words_of(form)):
        if n and _cliticised(word, lexicon):
            continue
        bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
        if tag == "NAME" and len(word) == 3 and word[0] in "ولبفك" and lexicon.is_function_word(word[1:]):
            continue  # «لاي تشينغ تي» must not take «لأي» from the preposition
        if (tag == "N" and bare in lexicon) or lexicon.is_function_word(bare):
            continue
        lexicon.add(bare, tag)


def _add_unknown(lexicon: Lexicon, name: str) -> None:
    """Words of a name that nothing else knows are name words; known ones keep their classes."""
    for n, word in enumerate(words_of(name)):
        bare = word[2:] if word.startswith("ال") and len(word) > 4 else word
        if bare in lexicon or word in lexicon or (n and _cliticised(word, lexicon)):
            continue
        lexicon.add(bare, "NAME")


def _add_beside_verb(lexicon: Lexicon, name: str) -> None:
    """A place of one word that else is only a form of a verb («سرت») is a name too: the context chooses."""
    entry = lexicon.get(fold(name))
    if entry is not None and entry.tags == {"V"}:
        lexicon.add(name, "NAME")


def _cliticised(word: str, lexicon: Lexicon) -> bool:
    """Whether a later word of a name is a known word behind a clitic («لقطر», «وحماية», «للتحقيق»)."""
    if word.startswith("لل"):
        return word[2:] in lexicon
    rest = word[1:].removeprefix("ال") if word[:1] in "ولب" else ""
    return len(rest) > 2 and rest in lexicon
