"""What tests share: the kit, built once, and the folder of measuring data beside the project when it is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rasid.ingest import PageLayout
from rasid.ingest.parts import divide
from rasid.model import Article, Reading
from rasid.pipeline.article import read
from rasid.pipeline.cache import VARIABLE
from rasid.pipeline.kit import Kit, load

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The tests and the commands that they start keep the kit in a folder of their own, not in the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def kit() -> Kit:
    return load()


@pytest.fixture(scope="session")
def layout() -> PageLayout:
    return PageLayout.load(None)


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the measuring data is not beside the project")
    return SHARED


def article_of(text: str, layout: PageLayout, published: date | None = None) -> Article:
    page = divide(text, layout)
    given = "given" if published is not None else "page" if page.published is not None else None
    return Article("test", text, page.parts, published or page.published, given, credits=page.credits)


def reading_of(text: str, kit: Kit, layout: PageLayout, published: date | None = None) -> Reading:
    return read(article_of(text, layout, published), kit)
