"""Where lines end: nothing is lost, nothing is too wide, punctuation stays where it belongs."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_desktop.reports import fonts
from crm_desktop.reports.wrapping import pieces, shortened, wrap

SIZE = 9
usual = st.sampled_from("杭州长荣，。（）《》“”abcde 12,.-/@&%¥𬭎䶮\n")
texts = st.text(st.one_of(usual, st.characters(exclude_categories=["Cs"])), max_size=80)
widths = st.floats(4, 400)


def without_spaces(text):
    return "".join(text.split())


@given(texts, widths, st.booleans())
@example("统一社会信用代码：91330106MA2H0000XX，请核对。", 30.0, False)
def test_no_character_is_lost_and_none_is_added(text, width, bold):
    text = fonts.printable(text)
    assert without_spaces("".join(wrap(text, width, SIZE, bold))) == without_spaces(text)


@given(texts, widths, st.booleans())
def test_no_line_is_wider_than_allowed_except_a_single_glyph(text, width, bold):
    for line in wrap(fonts.printable(text), width, SIZE, bold):
        assert fonts.width(line, SIZE, bold) <= width + 0.01 or len(line.rstrip(" ")) == 1


@given(texts)
def test_the_pieces_of_a_line_are_the_line(text):
    line = fonts.printable(text).replace("\n", "")
    assert "".join(pieces(line)) == line


@given(texts, widths)
def test_line_breaks_people_typed_stay(text, width):
    text = fonts.printable(text)
    assert len(wrap(text, width, SIZE)) >= text.count("\n") + 1 or not text.replace("\n", "").strip(" ")


@given(texts, st.floats(20, 400))
def test_a_shortened_text_fits_and_says_that_it_is_shortened(text, width):
    text = fonts.printable(text)
    short = shortened(text, width, SIZE)
    line = text.replace("\n", " ")
    assert short == line or (short.endswith("…") and line.startswith(short[:-1].rstrip(" ")))
    assert fonts.width(short, SIZE) <= width + 0.01 or len(short) <= 2


def test_no_line_begins_with_a_full_stop_or_ends_with_an_opening_bracket():
    text = "请（杭州）长荣机电有限公司，尽快确认：数量、价格、交期。谢谢！"
    for width in range(40, 200, 3):
        for line in wrap(text, width, SIZE):
            assert line[0] not in "），：、。！"
            assert line[-1] not in "（"


@pytest.mark.parametrize("word", ["2026-11-22", "¥1,234.00", "quotation", "3.5%"])
def test_words_and_numbers_stay_whole_where_they_fit(word):
    lines = wrap(f"客户要求在{word}之前答复我们", fonts.width(word, SIZE) + 20, SIZE)
    assert any(word in line for line in lines)


def test_a_word_wider_than_the_line_is_cut_where_the_line_is_full():
    lines = wrap("a" * 100, 50, SIZE)
    assert "".join(lines) == "a" * 100
    assert all(fonts.width(line, SIZE) > 40 for line in lines[:-1])


def test_an_empty_text_is_one_empty_line():
    assert wrap("", 100, SIZE) == [""]
