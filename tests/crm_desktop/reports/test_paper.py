"""The paper itself: pages, headings, bookmarks, fonts, what copying gives, and files that are whole or not there."""

import os
import re
import sys
from datetime import datetime
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop import i18n
from crm_desktop.errors import UserError
from crm_desktop.reports import fonts, page
from crm_desktop.reports.blocks import Figure, change
from crm_desktop.reports.page import Column, Document, replace_file
from crm_desktop.reports.table import GAP, fitted

NOON = datetime(2026, 11, 21, 12, 0)
COLUMNS = [Column("Name"), Column("Number", right=True)]


@pytest.fixture
def drawn(paper_of):
    """Writes a document with a function and reads it."""

    def draw(write, title="客户月报", landscape=False, **named):
        target = BytesIO()
        document = Document(target, title, "华东商贸", "2026-10", NOON, landscape=landscape, **named)
        write(document)
        pages = document.save()
        paper = paper_of(target.getvalue())
        assert len(paper.pages) == pages
        return paper

    return draw


def rows(count):
    return [(f"客户{n}", f"{n}") for n in range(count)]


def test_every_page_says_office_title_period_and_which_page_of_how_many_it_is(drawn):
    paper = drawn(lambda d: d.table(COLUMNS, rows(200), ""), author="王芳")
    assert len(paper.pages) > 3
    for number, text in enumerate(paper.pages, 1):
        assert "华东商贸 客户月报 · 2026-10" in text
        assert f"Printed 2026-11-21 12:00 by 王芳 Page {number} of {len(paper.pages)}" in text


def test_the_paper_is_a4_upright_or_lying(drawn):
    assert drawn(lambda d: None).size == pytest.approx((595.28, 841.89), abs=0.01)
    assert drawn(lambda d: None, landscape=True).size == pytest.approx((841.89, 595.28), abs=0.01)


def test_the_headings_of_a_table_are_repeated_on_every_page_and_no_row_is_lost(drawn):
    paper = drawn(lambda d: d.table(COLUMNS, rows(300), "", total=("Total", "44,850")))
    assert all("Name Number" in text for text in paper.pages)
    assert re.findall(r"^客户(\d+)\s(\d+)$", paper.text, re.M) == [(str(n), str(n)) for n in range(300)]
    assert paper.text.count("Total 44,850") == 1


def test_the_total_stands_with_the_last_row(drawn):
    for count in range(26, 46):
        paper = drawn(lambda d, count=count: d.table(COLUMNS, rows(count), "", total=("Total", "1")))
        assert f"客户{count - 1}{count - 1}Total1" in paper.bare


def test_a_table_without_rows_says_its_sentence(drawn):
    assert "Nobody is here." in drawn(lambda d: d.table(COLUMNS, [], "Nobody is here.")).text


def test_long_cells_are_wrapped_and_nothing_leaves_the_margins(drawn):
    said = "，".join(f"第{n}点客户说得很清楚 and in English too" for n in range(30))
    table = [("杭州长荣机电有限公司", said, "2026-10-01", "王芳"), ("x" * 200, "", "2026-10-02", "李强")]
    columns = [Column("Customer"), Column("Said"), Column("Date", right=True), Column("Owner")]
    paper = drawn(lambda d: d.table(columns, table, ""))
    assert re.sub(r"\s", "", said) in re.sub(r"[\s]|杭州长荣机电有限公司|2026-10-01|王芳", "", paper.text)
    assert paper.bare.count("x") == 200
    for left, bottom, right, top in paper.tops(0):
        assert left >= page.MARGIN - 1
        assert right <= page.A4[0] - page.MARGIN + 1
        assert bottom > 25
        assert top < page.A4[1] - 25


def test_a_row_taller_than_a_page_is_continued(drawn):
    paper = drawn(lambda d: d.table(COLUMNS, [("话" * 9000, "7")], ""))
    assert len(paper.pages) > 3
    assert paper.bare.count("话") == 9000


@given(
    st.lists(st.lists(st.text("杭州长荣abc 12\n", max_size=60), min_size=4, max_size=4), min_size=1, max_size=6),
    st.lists(st.booleans(), min_size=4, max_size=4),
)
def test_columns_share_the_width_and_none_vanishes(table, right):
    columns = [Column(f"Heading {n}", right=side) for n, side in enumerate(right)]
    widths = fitted(columns, table, 493)
    assert sum(widths) + GAP * 3 == pytest.approx(493, abs=0.5)
    assert min(widths) > 9


def test_a_short_word_is_not_broken_beside_a_long_text():
    columns = [Column("Owner"), Column("Industry"), Column("Said")]
    widths = fitted(columns, [("王芳", "Food manufacturing", "客户说" * 100)], 300)
    assert widths[0] >= fonts.width("Owner", 8, True)
    assert widths[1] >= fonts.width("manufacturing", 9)
    assert widths[2] > widths[1]


def test_the_outline_leads_to_the_page_of_each_section(drawn):
    def write(document):
        for name in ("一", "二", "三"):
            document.section(f"第{name}章")
            document.section(f"{name}之一", 1)
            document.table(COLUMNS, rows(60), "")

    paper = drawn(write)
    assert paper.outline == [(0, "第一章"), (1, "一之一"), (0, "第二章"), (1, "二之一"), (0, "第三章"), (1, "三之一")]
    for (_level, title), number in zip(paper.outline, paper.marked_pages, strict=True):
        assert title in paper.pages[number]


def test_bookmarks_of_small_sections_alone_stand_beside_each_other(drawn):
    def write(document):
        for name in ("电话", "微信"):
            document.section(name, 1)
            document.paragraph(name)

    assert drawn(write).outline == [(0, "电话"), (0, "微信")]


def test_a_title_never_stands_alone_at_the_end_of_a_page(drawn):
    for count in range(26, 46):

        def write(document, count=count):
            document.table(COLUMNS, rows(count), "")
            document.section("Complaints")
            document.section("Received", 1)
            document.table([Column("Code"), Column("Day", right=True)], [("TS-1", "5")], "")

        paper = drawn(write)
        found = next(text for text in paper.pages if "Complaints" in text)
        assert "ComplaintsReceivedCodeDayTS-15" in "".join(found.split())


def test_blocks_kept_together_stand_on_one_page_and_are_written_once(drawn):
    block = [("甲", str(n)) for n in range(15)]

    def write(document):
        document.table(COLUMNS, rows(30), "")
        document.keep_together(lambda: document.table([Column("A"), Column("B")], block, ""))

    paper = drawn(write)
    assert [text.count("甲") for text in paper.pages] == [0, 15]


def test_characters_beyond_the_basic_plane_are_copied_as_they_are(drawn):
    rare = "𬭎䶮𠮷㐂犇"
    paper = drawn(lambda d: d.paragraph(f"客户{rare}有限公司"), title=rare)
    assert f"客户{rare}有限公司" in paper.text
    assert paper.title == rare


@pytest.mark.parametrize("text", ["a\u200bb", "a\ufeffb", "a\u202eb", "a\x07b", "a\ud800b"])
def test_what_has_no_shape_is_not_printed(drawn, text):
    assert "ab" in drawn(lambda d: d.paragraph(text)).lines


def test_only_our_fonts_are_in_the_file_and_they_are_embedded(drawn):
    paper = drawn(lambda d: (d.section("投诉"), d.paragraph("𬭎 ¥100 ✓ ▲ ▼ ◆")))
    assert paper.content.count(b"/FontFile2") == paper.content.count(b"/Type /FontDescriptor") >= 2
    names = set(re.findall(rb"/BaseFont /[A-Z]+\+?([\w-]+)", paper.content))
    assert names == {b"NotoSansSC-Regular", b"NotoSansSC-Bold"}


@pytest.mark.parametrize("sign", "✓▲▼◆●◐○→–…¥·“”℃")
def test_the_font_has_the_signs_we_print(sign):
    fonts.warm()
    assert all(ord(sign) in fonts._glyphs[name] for name in fonts._FILES)


def test_key_figures_say_what_they_were_and_how_far_that_is(drawn):
    figures = [Figure("Contacts", 1284, 1000, None), Figure("Days", 0, 4.5, shown="–", known=False)]
    lines = drawn(lambda d: d.figures(figures)).lines
    assert lines[2:10] == ["Contacts", "1,284", "Last month: 1,000 ▲ 28%", "Last year: –",
                           "Days", "–", "Last month: 4.5", "Last year: –"]  # fmt: skip


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [(112, 100, "▲ 12%"), (50, 100, "▼ 50%"), (7, 7, "= 0%"), (3, 0, "▲"), (1001, 1000, "▲ <1%"), (0, 4, "▼ 100%")],
)
def test_a_change_is_said_in_percent(now, before, said):
    assert change(now, before) == said


def test_labels_and_values_stand_side_by_side_and_long_ones_take_the_whole_width(drawn):
    note = "一二三四五六七八九十" * 20
    paper = drawn(lambda d: d.pairs([("Phone", "0571-8888 6666"), ("WeChat", "abc"), ("Remarks", note)]))
    assert "Phone 0571-8888 6666 WeChat abc" in paper.text.replace("\n", " ")
    assert note in paper.bare


def test_pages_are_in_the_language_of_the_program(drawn):
    i18n.set_language("zh_CN")
    paper = drawn(lambda d: None)
    assert i18n._("Page {page} of {pages}").format(page=1, pages=1) in paper.text
    assert b"zh-CN" in paper.content


def test_a_paper_with_nothing_but_titles_is_still_printed(drawn):
    assert "Alone" in drawn(lambda d: d.section("Alone")).lines


def test_a_file_is_replaced_as_a_whole(tmp_path):
    target = tmp_path / "客户卡 杭州长荣机电.pdf"
    replace_file(target, b"old")
    replace_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_full_disk_leaves_the_old_file_and_says_why(tmp_path, monkeypatch):
    target = tmp_path / "m.pdf"
    target.write_bytes(b"old")

    def full(_number):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(page.os, "fsync", full)
    with pytest.raises(UserError, match=r"m\.pdf could not be saved: No space left on device"):
        replace_file(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["m.pdf"]


def test_a_file_that_is_open_elsewhere_is_told_by_name(tmp_path, monkeypatch):
    def held(_draft, _target):
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr("pathlib.Path.replace", held)
    with pytest.raises(UserError, match=r"m\.pdf is open in another program"):
        replace_file(tmp_path / "m.pdf", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_told_by_name(tmp_path):
    with pytest.raises(UserError, match="nowhere"):
        replace_file(tmp_path / "nowhere" / "m.pdf", b"new")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_closed_folder_is_told_by_name(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(UserError, match="Choose another folder"):
            replace_file(tmp_path / "m.pdf", b"new")
    finally:
        tmp_path.chmod(0o700)


def test_a_folder_in_the_place_of_the_file_is_told_in_words(tmp_path):
    (tmp_path / "m.pdf").mkdir()
    with pytest.raises(UserError, match=r"m\.pdf"):
        replace_file(tmp_path / "m.pdf", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["m.pdf"]


def test_numbers_and_dates_stay_whole_where_not_even_the_words_of_a_wide_table_fit():
    texts = [Column(f"Specification{n}") for n in range(8)]
    columns = [Column("No.", whole=True), *texts, Column("Compensation amount", right=True)]
    row = ["TS-2026-0016", *["Misunderstanding"] * 8, "¥1,200.00"]
    found = fitted(columns, [row], 700)
    alone = fitted([Column("No.", whole=True), Column("x" * 300)], [["TS-2026-0016", ""]], 700)
    assert found[0] >= alone[0] - 0.2
    assert sum(found) + GAP * 9 <= 700.1
