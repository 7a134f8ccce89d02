"""The compiled kit in the cache folder: the same results, never a stale or a foreign one, never an error."""

from __future__ import annotations

import os
import pickle
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from rasid.export import FORMATS, Options
from rasid.ingest import PageLayout
from rasid.model import Span
from rasid.packs.errors import PackError
from rasid.pipeline import cache
from rasid.pipeline.article import read
from rasid.pipeline.kit import Kit, load, pack_files
from tests.conftest import article_of

TEXT = """اتهم وزير الخارجية المصري إسرائيل الثلاثاء بعرقلة المفاوضات، ودعا إلى وقف إطلاق النار.

التقى الرئيس التركي نظيره الإيراني في أنقرة أمس. وقال متحدث باسم حركة حماس إن الحركة ترفض شروط الاحتلال.
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv(cache.VARIABLE, str(folder))
    return folder


@dataclass
class Maker:
    """Makes a span out of a file that holds two numbers, and counts how often it had to."""

    source: Path
    made: list[Span] = field(default_factory=list)

    def __call__(self) -> Span:
        start, end = self.source.read_text().split()
        self.made.append(Span(int(start), int(end)))
        return self.made[-1]

    def kept(self) -> Span:
        return cache.kept(Span, lambda: [self.source], "", self)


@pytest.fixture
def maker(tmp_path: Path) -> Maker:
    source = tmp_path / "source.txt"
    source.write_text("1 2")
    return Maker(source)


def the_file(place: Path) -> Path:
    (path,) = place.iterdir()
    return path


def coded(kit: Kit, layout: PageLayout, tmp_path: Path) -> bytes:
    path = tmp_path / "records.jsonl"
    with path.open("wb") as out:
        FORMATS["records"].write([read(article_of(TEXT, layout, date(2024, 9, 13)), kit)], out, Options())
    return path.read_bytes()


# ---------------------------------------------------------------- the kit


def test_a_kept_kit_codes_as_a_built_one(
    place: Path, layout: PageLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load()
    assert the_file(place).stat().st_size > 1_000_000
    again = load()
    monkeypatch.setenv(cache.VARIABLE, "off")
    built = coded(load(), layout, tmp_path)
    assert built.count(b'"event"') >= 3
    assert coded(first, layout, tmp_path) == coded(again, layout, tmp_path) == built


def test_a_changed_pack_is_read_at_once(place: Path, tmp_path: Path, layout: PageLayout) -> None:
    table = tmp_path / "mine" / "actors" / "orgs.tsv"
    table.parent.mkdir(parents=True)
    head = "id\tname_ar\tvariants_ar\tweak_ar\tcountry\tsector\tkind\tparent\n"

    def named(code: str) -> str | None:
        before = table.stat() if table.exists() else None
        table.write_text(f"{head}zumurrud\tهيئة الزمرد الدولية\t\t\t{code}\tCVL\t\t\n", "utf-8")
        if before is not None:
            os.utime(table, ns=(before.st_atime_ns, before.st_mtime_ns))  # same size, same time: only contents differ
        return load(table.parents[1]).knowledge.orgs["zumurrud"].country

    assert [named("QAT"), named("OMN"), named("QAT")] == ["QAT", "OMN", "QAT"]


def test_a_broken_pack_is_told_each_time(place: Path, tmp_path: Path) -> None:
    table = tmp_path / "places" / "places.tsv"
    table.parent.mkdir()
    table.write_text("id\tname_ar\nx\n", "utf-8")
    for _ in range(2):
        with pytest.raises(PackError, match="1 cells where the header has 2 columns"):
            load(tmp_path)
    assert not place.exists()


def test_the_kit_depends_on_every_file_of_the_packs() -> None:
    names = {path.name for path in pack_files()}
    assert names >= {"people.tsv", "geonames.tsv", "assault.yml", "modes.yml", "event_judge.json", "words.tsv"}


# ---------------------------------------------------------------- when it is made anew


def test_it_is_made_once_until_a_file_changes(place: Path, maker: Maker) -> None:
    assert [maker.kept(), maker.kept()] == [Span(1, 2)] * 2
    assert len(maker.made) == 1
    maker.source.write_text("1 3")
    assert maker.kept() == Span(1, 3)
    maker.source.write_text("1 2")
    assert maker.kept() == Span(1, 2)
    assert len(maker.made) == 2  # put back: the first is still there


def test_a_change_of_the_program_makes_it_anew(place: Path, maker: Maker, tmp_path: Path) -> None:
    program = tmp_path / "program"
    (program / "rasid").mkdir(parents=True)
    (program / "rasid" / "__init__.py").touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rasid.__file__", str(program / "rasid" / "__init__.py"))
        maker.kept()
        (program / "rasid" / "__init__.py").write_text("# changed")
        maker.kept()
    assert len(maker.made) == 2


def test_a_file_that_changes_while_it_is_read_is_not_kept(place: Path, maker: Maker) -> None:
    def make() -> Span:
        found = maker()
        maker.source.write_text("5 6")
        return found

    assert cache.kept(Span, lambda: [maker.source], "", make) == Span(1, 2)
    assert not place.exists()


# ---------------------------------------------------------------- files that are not trusted


def damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-5] ^= 1
    path.write_bytes(data)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def open_to_others(path: Path) -> None:
    path.chmod(0o644)


def linked(path: Path) -> None:
    path.symlink_to(path.rename(path.with_name("elsewhere")))


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path, 0o600)


@pytest.mark.skipif(sys.platform == "win32", reason="rights, links and pipes of POSIX")
@pytest.mark.parametrize("spoil", [damaged, cut_short, emptied, open_to_others, linked, a_pipe])
def test_a_spoilt_file_is_passed_over_and_replaced(place: Path, maker: Maker, spoil: Callable[[Path], None]) -> None:
    maker.kept()
    path = the_file(place)
    spoil(path)
    assert maker.kept() == Span(1, 2)
    assert len(maker.made) == 2
    assert stat.S_ISREG(path.lstat().st_mode)
    assert maker.kept() == Span(1, 2)
    assert len(maker.made) == 2


class Harm:
    """Unpickled, it would make a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., None], tuple[object, ...]]:
        return os.mkdir, (str(self.path),)


def test_no_file_can_have_anything_run(place: Path, maker: Maker, tmp_path: Path) -> None:
    maker.kept()
    path, harmed = the_file(place), tmp_path / "harmed"
    key = path.stem.removeprefix("kit-")
    cache._write(path, key, Harm(harmed))
    assert b"mkdir" in path.read_bytes()
    assert maker.kept() == Span(1, 2)
    assert not harmed.exists()
    pickle.loads(pickle.dumps(Harm(harmed)))
    assert harmed.exists()  # so it would have been


# ---------------------------------------------------------------- the folder


def test_off_keeps_nothing(maker: Maker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(cache.VARIABLE, "off")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert [maker.kept(), maker.kept()] == [Span(1, 2)] * 2
    assert len(maker.made) == 2
    assert not (tmp_path / "xdg").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the folder that Linux has")
def test_the_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(cache.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.folder() == tmp_path / "rasid"


def test_a_folder_that_cannot_be_written_is_no_error(
    maker: Maker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path / "file" / "cache"))
    assert [maker.kept(), maker.kept()] == [Span(1, 2)] * 2


def test_a_full_disk_is_no_error_and_leaves_nothing(place: Path, maker: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert maker.kept() == Span(1, 2)
    assert list(place.iterdir()) == []


def test_old_files_are_taken_away(place: Path, maker: Maker) -> None:
    for end in range(2, 9):
        maker.source.write_text(f"1 {end}")
        maker.kept()
        os.utime(max(place.iterdir(), key=lambda p: p.stat().st_mtime_ns), (end, end))
    (place / "kit-left.draft").touch()
    os.utime(place / "kit-left.draft", (0, 0))
    (place / "kit-at-work.draft").touch()
    maker.source.write_text("1 20")
    maker.kept()
    assert len(list(place.glob("*.cache"))) == 4
    assert [path.name for path in place.glob("*.draft")] == ["kit-at-work.draft"]


def test_processes_side_by_side(place: Path, tmp_path: Path) -> None:
    """Both write the same file at once; each gets its kit, and a whole file is left."""
    program = "from rasid.pipeline.kit import load; print(len(load().knowledge.people))"
    running = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [process.communicate(timeout=120) for process in running]
    assert [err for _, err in told] == ["", ""]
    assert told[0][0] == told[1][0] == f"{len(load().knowledge.people)}\n"
    assert the_file(place).suffix == ".cache"
