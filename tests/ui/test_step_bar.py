"""The steps above a case can be read, however long a language's words are."""

from hypothesis import given
from hypothesis import strategies as st

from ui.parts.step_bar import shares

widths = st.lists(st.integers(1, 200), min_size=1, max_size=9)


def test_steps_are_of_one_width_where_all_words_fit():
    assert shares(700, [60, 90, 100, 40, 50, 60, 70]) == [100] * 7


def test_a_longer_word_takes_from_the_room_of_shorter_ones():
    found = shares(700, [60, 90, 130, 40, 50, 60, 70])
    assert found[2] >= 130
    assert sum(found) == 700


@given(st.integers(100, 2000), widths)
def test_the_bar_is_always_full_and_nothing_is_cut_that_has_room(width, needed):
    found = shares(width, needed)
    assert abs(sum(found) - width) < 1e-6
    if sum(needed) <= width:
        assert all(share >= need for share, need in zip(found, needed, strict=True))


def test_where_it_is_too_narrow_only_the_longest_words_are_cut():
    assert shares(300, [50, 60, 400, 50]) == [50, 60, 140, 50]
