"""Rows of a long list are kept small, and read as if they stood there."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.exchange.long_rows import BLOCK, LONG, LongRows, kept_small

ROWS = [
    (i, [f"客户{i}", i, i / 4, None, i % 2 == 0, date(2024, 3, 5), datetime(2024, 3, 5, 9, i % 60)])
    for i in range(3 * BLOCK + 7)
]
LONG_ROWS = LongRows(list(ROWS))


def test_all_rows_are_there_in_their_order_as_often_as_one_asks():
    assert len(LONG_ROWS) == len(ROWS)
    assert list(LONG_ROWS) == list(LONG_ROWS) == ROWS


@given(st.integers(-len(ROWS), len(ROWS) - 1))
def test_a_row_is_found_by_its_place(at):
    assert LONG_ROWS[at] == ROWS[at]


@given(st.slices(len(ROWS)))
def test_a_part_is_what_it_is_of_a_list(part):
    assert LONG_ROWS[part] == ROWS[part]


def test_behind_the_last_row_there_is_none():
    for at in (len(ROWS), -len(ROWS) - 1):
        try:
            LONG_ROWS[at]
        except IndexError:
            continue
        raise AssertionError(at)


def test_short_lists_stay_as_they_are_and_long_ones_are_never_in_memory_twice():
    short, long = ROWS[: LONG - 1], [ROWS[0]] * LONG
    assert kept_small(short) is short
    packed = kept_small(long)
    assert isinstance(packed, LongRows)
    assert len(packed) == LONG
    assert long == []
