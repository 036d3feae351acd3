"""Papers as a reader sees them: pages, text, bookmarks and fonts of a PDF."""

import re
from datetime import date, datetime
from io import BytesIO

import pypdfium2
import pypdfium2.raw
import pytest

from crm_desktop import demo
from crm_desktop.reports import monthly
from crm_desktop.store import file

DAY = date(2026, 11, 21)


class Paper:
    """A finished PDF."""

    def __init__(self, content):
        self.content = content
        document = pypdfium2.PdfDocument(content)
        self.pages = []
        for page in document:
            text = page.get_textpage()
            self.pages.append(text.get_text_range().replace("\r\n", "\n"))
            text.close()
        self.outline = [(mark.level, mark.get_title()) for mark in document.get_toc()]
        self.marked_pages = [mark.get_dest().get_index() for mark in document.get_toc()]
        self.size = document[0].get_size()
        self.title = document.get_metadata_value("Title")
        document.close()

    @property
    def text(self):
        return "\n".join(self.pages)

    @property
    def lines(self):
        return self.text.split("\n")

    @property
    def bare(self):
        """All text without any space or line break, for what may be wrapped."""
        return re.sub(r"\s", "", self.text)

    def tops(self, page):
        """The highest and lowest point of every letter on a page, left and right edge as well."""
        document = pypdfium2.PdfDocument(self.content)
        text = document[page].get_textpage()
        boxes = [text.get_charbox(i) for i in range(text.count_chars())]
        text.close()
        document.close()
        return [box for box in boxes if box[2] > box[0]]


@pytest.fixture
def printed():
    """Draws a report and reads it as people do."""

    def draw(report, data):
        target = BytesIO()
        pages = report.draw(target, data)
        paper = Paper(target.getvalue())
        assert len(paper.pages) == pages
        return paper

    return draw


@pytest.fixture
def paper_of():
    return Paper


@pytest.fixture(scope="module")
def demo_office(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "demo.crm"
    demo.make(path, customers=120, interactions=1200, complaints=60, today=DAY)
    file.close()
    return path


@pytest.fixture
def demo_file(demo_office, monkeypatch):
    """An invented office, open, on a day of its own."""
    monkeypatch.setattr(monthly, "now", lambda: datetime(2026, 11, 21, 17, 30))
    file.open_file(demo_office)
    yield demo_office
    file.close()
