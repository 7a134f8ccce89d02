"""Check that what the documents say is so.

Usage: python tools/docs_check.py            prints FILE:LINE: what is wrong; exit code 1 when anything is
       python tools/docs_check.py --write    renews the generated blocks first
       python tools/docs_check.py --paste training < PRINTOUT
                                             puts a printout into the blocks of that name first

Checked: relative links and their anchors; commands, options and make targets in code; named files; every
option of the command line in docs/commands.md; absolute paths of some machine in any file; and the generated
blocks, which stand between ``<!-- KIND: WHAT -->`` and ``<!-- end -->``:

- ``output: rasid …``  what the command prints now
- ``copy: FILE NAME``  the block NAME of another page
- ``judge: weights``   what stands in the weights of the judge
- ``paste: NAME``      a printout that somebody pasted; not checked
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click

from rasid.apps.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "src" / "rasid" / "packs" / "data" / "ar" / "weights" / "event_judge.json"
#: Columns of the terminal that pasted output is made for.
COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a document says that is not so."""

    file: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line}: {self.text}"


# ---------------------------------------------------------------- files

#: Folders and files that are made, not written.
_MADE = re.compile(r"^(\.(?!ci$|gitignore$).*|build|dist|out|__pycache__|.*\.egg-info)$")


def files() -> Iterator[Path]:
    """All files of the project that people write or that are shipped."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if not _MADE.match(name))
        yield from (Path(folder) / name for name in sorted(names) if not _MADE.match(name))


def pages() -> list[Path]:
    """All Markdown pages."""
    return [path for path in files() if path.suffix == ".md"]


def text_of(path: Path) -> str | None:
    """The text of a file; None when it is not text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def line_at(text: str, offset: int) -> int:
    """The number of the line that holds an offset."""
    return text.count("\n", 0, offset) + 1


# ---------------------------------------------------------------- links

_FENCE = re.compile(r"^(```|~~~).*?^\1[^\S\n]*$", re.M | re.S)
_LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.M)


def links(page: Path, text: str) -> Iterator[Fault]:
    """Links to files and headings that are not there."""
    prose = _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for match in _LINK.finditer(prose):
        if re.match(r"[a-z]+:", match[1]):
            continue
        name, _, anchor = match[1].partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists():
            yield Fault(page, line_at(text, match.start()), f"dead link {match[1]}")
        elif anchor and anchor not in anchors(target):
            yield Fault(page, line_at(text, match.start()), f"no heading for the link {match[1]}")


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    prose = _FENCE.sub("", page.read_text("utf-8"))
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in _HEADING.findall(prose)}


# ---------------------------------------------------------------- commands

_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


def code_lines(text: str) -> Iterator[tuple[int, str]]:
    """(line, code) of the spans of code and the lines of fenced code, generated blocks left out."""
    text = _BLOCK.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for fence in _FENCE.finditer(text):
        first = line_at(text, fence.start())
        yield from ((first + n, line) for n, line in enumerate(fence[0].splitlines()) if n > 0)
    prose = _FENCE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    yield from ((line_at(text, match.start()), match[1]) for match in _SPAN.finditer(prose))


def commands(page: Path, text: str) -> Iterator[Fault]:
    """Commands, options and make targets that do not exist."""
    targets = make_targets()
    for line, code in code_lines(text):
        for call in re.split(r"\||&&|;|\$\(", code):
            words = call.split()
            if words[:1] == ["rasid"] and len(words) > 1:
                yield from (Fault(page, line, fault) for fault in call_faults(words[1:]))
            elif words[:1] == ["make"] and len(words) > 1 and words[1] not in targets and "=" not in words[1]:
                yield Fault(page, line, f"no target {words[1]!r} in the Makefile")


def call_faults(words: list[str]) -> Iterator[str]:
    """What is wrong with a call of ``rasid``."""
    if not re.fullmatch(r"[a-z]+", words[0]):
        return
    if words[0] not in COMMANDS:
        yield f"no command 'rasid {words[0]}'"
        return
    command, words = command_of(words)
    known = {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts}
    for word in words:
        option = word.partition("=")[0].rstrip(",.")
        if re.fullmatch(r"--[a-z-]+|-[a-z]", option) and option not in known | {"--help", "-h"}:
            yield f"no option {option} of 'rasid {command.name}'"


def command_of(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command (or the command of a group) that the words call, and the words that are left."""
    command: click.Command = cli
    while isinstance(command, click.Group) and words:
        inner = command.get_command(click.Context(command), words[0])
        if inner is None:
            break
        command, words = inner, words[1:]
    return command, words


@cache
def make_targets() -> frozenset[str]:
    """The targets of the Makefile."""
    return frozenset(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))


def leaves(command: click.Command, names: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """All commands that do something, with their full names."""
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            inner = command.get_command(click.Context(command), name)
            assert inner is not None
            yield from leaves(inner, (*names, name))
    else:
        yield " ".join(names), command


def undocumented() -> Iterator[Fault]:
    """Commands without a section in docs/commands.md, and options that their section does not name."""
    page = ROOT / "docs" / "commands.md"
    text = page.read_text("utf-8")
    for name, command in leaves(cli):
        found = re.search(rf"^## rasid {name}\b.*?(?=^## |\Z)", text, re.M | re.S)
        if found is None:
            yield Fault(page, 1, f"no section '## rasid {name} …'")
            continue
        for parameter in command.params:
            for option in (*parameter.opts, *parameter.secondary_opts):
                if option.startswith("--") and not re.search(rf"`{option}\b", found[0]):
                    yield Fault(page, line_at(text, found.start()), f"{option} of 'rasid {name}' is not described")


# ---------------------------------------------------------------- files that documents name

_PATH = re.compile(
    r"(?<![\w/.-])(?:src/rasid/|packs/data/|docs/|tests/|tools/|quality/|examples/|training/|benchmarks/)"
    r"[\w./*{},<>-]*"
)


def named_files(page: Path, text: str) -> Iterator[Fault]:
    """Files of the project that a page names and that are not there."""
    for match in _PATH.finditer(_BLOCK.sub(lambda block: re.sub(r"[^\n]", " ", block[0]), text)):
        name = match[0].rstrip(".,")
        for path in expanded(name):
            pattern = re.sub(r"<\w+>", "*", path)
            if re.search(r"/\d{4}$", pattern):  # a decision by its number
                pattern += "-*"
            if not any(any(base.glob(pattern)) for base in (ROOT, ROOT / "src" / "rasid")):
                yield Fault(page, line_at(text, match.start()), f"no file {path}")


def expanded(name: str) -> list[str]:
    """A name with its braces taken apart."""
    found = re.match(r"(.*)\{(.*)\}(.*)", name)
    return [f"{found[1]}{part}{found[3]}" for part in found[2].split(",")] if found else [name]


#: A path from the root of some machine, other than those that every machine has.
_ABSOLUTE = re.compile(r"(?<![\w./~<>:)\]*-])/(?!usr\b|dev\b|etc\b|bin\b|path/to\b)[A-Za-z][\w.-]{2,}(?:/[\w.-]+)*")


def absolute_paths() -> Iterator[Fault]:
    """Paths of some machine in files of the project."""
    for path in files():
        text = None if path.name == ".gitignore" else text_of(path)
        for match in _ABSOLUTE.finditer(text or ""):
            yield Fault(path, line_at(text or "", match.start()), f"{match[0]} is a path of one machine")


# ---------------------------------------------------------------- generated blocks

_BLOCK = re.compile(r"^<!-- (output|copy|judge|paste): (.+?) -->\n(.*?)^<!-- end -->$", re.M | re.S)


def output(what: str) -> str:
    """What a command of the project prints, as fenced code."""
    words = shlex.split(what)
    command = [sys.executable, "-c", "from rasid.apps.cli.main import main; main()", *words[1:]]
    environment = {**os.environ, "COLUMNS": str(COLUMNS), "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"'{what}' ends with {done.returncode}: {done.stderr.strip()}")
    lines = [f"$ {what}", *(line.rstrip() for line in done.stdout.rstrip("\n").split("\n"))]
    return "\n".join(("```text", *lines, "```")) + "\n"


def copy(what: str) -> str:
    """A named block of another page."""
    name, _, block = what.partition(" ")
    text = (ROOT / name).read_text("utf-8")
    found = re.search(rf"^<!-- {block}: begin -->\n(.*?)^<!-- {block}: end -->$", text, re.M | re.S)
    if found is None:
        raise ValueError(f"{name} has no block {block!r}")
    return found[1]


def judge(what: str) -> str:
    """Size, thresholds and heaviest weights of the judge."""
    raw = json.loads(WEIGHTS.read_text("utf-8"))
    weights = sorted(raw["weights"].items(), key=lambda item: (-item[1], item[0]))
    kinds = Counter(name.partition("=")[0] for name, _ in weights)
    lines = [
        f"{len(weights)} weights. A record is made from {raw['threshold']:g} on, "
        f"from {raw['loose_threshold']:g} on where the frame fits only in part"
        + "".join(f", {name} from {least:g} on" for name, least in sorted(raw.get("by_type", {}).items()))
        + ".",
        "",
        "| kind of feature | weights |",
        "|---|---|",
        *(f"| `{kind}` | {count} |" for kind, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
        "",
        "| most for an event | | most against | |",
        "|---|---|---|---|",
    ]
    for (up, much), (down, little) in zip(weights[:10], weights[:-11:-1], strict=False):
        lines.append(f"| {_cell(up)} | {much:+.2f} | {_cell(down)} | {little:+.2f} |")
    return "\n".join(lines) + "\n"


def _cell(name: str) -> str:
    return "`" + name.replace("|", "\\|") + "`"


_MAKERS: dict[str, Callable[[str], str]] = {"output": output, "copy": copy, "judge": judge}


def renewed(text: str, pasted: tuple[str, str] | None = None) -> str:
    """A page with its generated blocks as they should be now.

    Args:
        text: the page.
        pasted: name and text of a printout for the ``paste`` blocks of that name.
    """

    def block(match: re.Match[str]) -> str:
        kind, what, inner = match.groups()
        if kind in _MAKERS:
            inner = _MAKERS[kind](what)
        elif pasted and pasted[0] == what:
            inner = f"```text\n{pasted[1].rstrip()}\n```\n"
        return f"<!-- {kind}: {what} -->\n{inner}<!-- end -->"

    return _BLOCK.sub(block, text)


def stale(page: Path, text: str) -> Iterator[Fault]:
    """Generated blocks that are no longer what they should be."""
    for match in _BLOCK.finditer(text):
        try:
            fresh = renewed(match[0])
        except (ValueError, OSError) as error:
            yield Fault(page, line_at(text, match.start()), str(error))
            continue
        if fresh != match[0]:
            said = "is stale; renew it: python tools/docs_check.py --write"
            yield Fault(page, line_at(text, match.start()), f"the block '{match[1]}: {match[2]}' {said}")


# ---------------------------------------------------------------- command line


def faults() -> Iterator[Fault]:
    """Everything that is wrong, page by page."""
    for page in pages():
        text = page.read_text("utf-8")
        for check in (links, commands, named_files, stale):
            yield from check(page, text)
    yield from undocumented()
    yield from absolute_paths()


def main(arguments: Iterable[str] | None = None) -> int:
    """Check, and write before when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="renew the generated blocks")
    parser.add_argument("--paste", metavar="NAME", help="put standard input into the blocks of that name")
    args = parser.parse_args(None if arguments is None else list(arguments))
    if args.write or args.paste:
        pasted = (args.paste, sys.stdin.read()) if args.paste else None
        for page in pages():
            text = page.read_text("utf-8")
            page.write_text(renewed(text, pasted), "utf-8")
    found = list(faults())
    for fault in found:
        click.echo(fault)
    if not found:
        click.echo(f"{len(pages())} pages, nothing wrong")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
