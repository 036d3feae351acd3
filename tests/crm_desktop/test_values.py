"""What people write and what is stored: dates, times, amounts, numbers."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.values.numbers import chinese_number

TODAY = date(2025, 11, 21)
READERS: list[Callable[[Any], Any]] = [getattr(values, name) for name in values.__all__ if name.startswith("read_")]
READERS.remove(values.read_region)  # takes text alone
WRITTEN = st.one_of(
    st.text(max_size=40),
    st.text("0123456789年月日-./:,，、（）() +E万亿元¥点半初廿闰农历正腊一二三十转/", max_size=24),
    st.floats(), st.integers(), st.booleans(), st.none(), st.dates(), st.datetimes(),
)  # fmt: skip


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@given(written=WRITTEN)
def test_whatever_is_written_is_read_or_refused_with_a_sentence(read: Callable[[Any], Any], written: Any) -> None:
    with suppress(UserError):
        assert isinstance(read(written), values.Reading)


@pytest.mark.parametrize(
    "written",
    ["2024-03-05", "2024.3.5", "2024\\3\\5", "民国113年3月5日", "2024/3/5",
     "2024年3月5日", "20240305", 45356, "45356", 45356.0, "２０２４．３．５",
     "二〇二四年三月五日", "2024-3-5（周二）", "2024年3月5号", "5 Mar 2024", "Mar 5, 2024", "2024-03-05 14:30",
     "2024-03-05T00:00:00Z", date(2024, 3, 5), datetime(2024, 3, 5, 9)],
)  # fmt: skip
def test_one_day_is_read_in_every_usual_writing(written: object) -> None:
    assert values.read_date(written)[::2] == ("2024-03-05", False)


@pytest.mark.parametrize(
    ("written", "day"),
    [("2024年3月", "2024-03-01"), ("24/3/5", "2024-03-05"), ("3月5日", "2025-03-05"), ("12-24", "2024-12-24"),
     ("3/5/2024", "2024-03-05"), ("5.3.2024", "2024-03-05"), (2024.3, "2024-03-01"), ("2024年", "2024-01-01"),
     ("2-29", "2024-02-29"), ("2024年第二季度", "2024-04-01"), ("2024年2月底", "2024-02-29"),
     ("2024年3月中旬", "2024-03-15"),
     ("2024.3.5-2024.4.5", "2024-03-05"), ("2024年3月5日至8日", "2024-03-05"), ("去年3月", "2024-03-01")],
)  # fmt: skip
def test_a_guessed_day_is_doubtful_and_says_how_it_was_read(written: object, day: str) -> None:
    assert values.read_date(written, TODAY) == (day, f"{written} → {day}", True)


def test_a_day_without_a_year_can_be_the_next_one() -> None:
    assert values.read_date("3月5日", TODAY, future=True).value == "2026-03-05"


@pytest.mark.parametrize(
    ("written", "order", "day"),
    [("3/5/2024", "dmy", "2024-05-03"), ("24/3/5", "dmy", "2005-03-24"), ("3-5-24", "mdy", "2024-03-05"),
     ("25/3/2024", "mdy", "2024-03-25"), ("2024/3/5", "dmy", "2024-03-05")],
)  # fmt: skip
def test_an_order_that_is_said_settles_what_it_can(written: str, order: str, day: str) -> None:
    assert values.read_date(written, TODAY, order=order).value == day


def test_a_year_that_is_said_makes_a_day_certain() -> None:
    assert values.read_date("3月5日", TODAY, year=2019)[::2] == ("2019-03-05", False)
    assert values.read_datetime("3月5日 14:30", TODAY, year=2019).value == "2019-03-05T14:30:00"


@pytest.mark.parametrize("written", ["2019.2.30", "abc", "2024.3.5-x", "13月1日", 12, True])
def test_what_is_no_date_is_refused(written: object) -> None:
    with pytest.raises(UserError, match="is not a date"):
        values.read_date(written)


@pytest.mark.parametrize("written", ["", "无", "0000-00-00 00:00:00", "1900/1/0", 0])
def test_empty_dates_of_other_programs_are_nothing(written: object) -> None:
    assert values.read_date(written) == (None, None, False)


def test_25_3_2024_can_only_be_day_first() -> None:
    assert values.read_date("25/3/2024") == ("2024-03-25", "25/3/2024 → 2024-03-25", False)


@pytest.mark.parametrize(
    "written",
    ["2024-03-05 14:30", "2024年3月5日下午2点30分", "2024/3/5 2:30 PM", "20240305143000", "2024-03-05T14:30:00.4+08:00",
     45356.604166667, "2024-3-5 下午两点半", datetime(2024, 3, 5, 14, 29, 59, 999_700)],
)  # fmt: skip
def test_one_moment_is_read_in_every_usual_writing(written: object) -> None:
    assert values.read_datetime(written)[::2] == ("2024-03-05T14:30:00", False)


def test_midnight_and_noon_in_words() -> None:
    assert values.read_datetime("2024-3-5 中午12点").value == "2024-03-05T12:00:00"
    assert values.read_datetime("2024-3-5 上午9:05").value == "2024-03-05T09:05:00"
    assert values.read_time(time(8, 30)).value == "08:30"
    assert values.read_time(0.75).value == "18:00"


@pytest.mark.parametrize(
    ("written", "fen"),
    [("12.5万", 12_500_000), ("1.2亿", 12_000_000_000), ("¥1,250.00", 125_000), ("600000元", 60_000_000),
     ("1,250", 125_000),
     ("（1,000.50）", -100_050), ("负五万", -5_000_000), ("3万5千", 3_500_000), ("1亿2000万", 12_000_000_000),
     ("壹拾万元整", 10_000_000), ("￥１２３", 12_300), ("5元3角", 530), ("RMB 500", 50_000), ("0.005", 1),
     (664000.5, 66_400_050),
     (0.285, 29), ("无", None), ("", None)],
)  # fmt: skip
def test_amounts_come_out_in_fen(written: object, fen: int | None) -> None:
    assert values.read_money(written)[::2] == (fen, False)


@pytest.mark.parametrize(
    ("written", "fen"), [("3万5", 3_500_000), ("5-10万", 5_000_000), ("约5万", 5_000_000), ("12,50", 125_000)]
)
def test_an_amount_that_leaves_room_is_doubtful(written: str, fen: int) -> None:
    assert values.read_money(written) == (fen, f"{written} → {fen / 100:,.2f}", True)


def test_the_unit_of_a_column_counts_where_the_cell_names_none() -> None:
    assert values.read_money("12.5", "万元").value == values.read_money("12.5万", "万元").value == 12_500_000


@pytest.mark.parametrize("written", ["$5", "US$ 1,000", "abc", "万", "1.2.3", float("nan"), "1e30"])
def test_what_is_no_amount_of_yuan_is_refused(written: object) -> None:
    with pytest.raises(UserError):
        values.read_money(written)


@given(st.integers(-(10**14), 10**14))
def test_an_amount_shown_reads_back_the_same(fen: int) -> None:
    assert values.read_money(values.show_money(fen)) == (fen, None, False)
    assert values.read_money(values.show_money(fen, short=True)).value == fen


@given(st.integers(0, 99))
def test_chinese_numerals_are_read(number: int) -> None:
    tens, ones = divmod(number, 10)
    digits = "〇一二三四五六七八九"
    text = (("" if tens < 2 else digits[tens]) + "十" if tens else "") + (digits[ones] if ones or not tens else "")
    assert chinese_number(text) == number


@pytest.mark.parametrize(
    ("written", "number", "doubtful"),
    [("30人", 30, False), ("约30", 30, True), ("20-99人", 20, True), ("500人以上", 500, True), ("二十人", 20, False),
     ("3.5", 4, True)],
)  # fmt: skip
def test_a_head_count_is_read_with_its_unit(written: str, number: int, doubtful: bool) -> None:
    assert values.read_integer(written)[::2] == (number, doubtful)


def test_days_nearby_are_shown_as_people_say_them() -> None:
    days = ["2025-11-21", "2025-11-20", "2025-11-18", "2025-11-25", "2023-01-02"]
    shown = [values.show_date(day, TODAY, near=True) for day in days]
    assert shown == ["today", "yesterday", "3 days ago", "11-25 Tue", "2023-01-02"]
    assert values.show_datetime("2025-11-20T09:05:00") == "2025-11-20 09:05"
    assert [values.show_number(n) for n in (1234567, 0.5, None)] == ["1,234,567", "0.5", ""]


@pytest.mark.parametrize(
    ("written", "number", "note"),
    [
        ("zhang001 13800000001", "13800000001", "zhang001"),
        ("wxid_a1b2c3d4 138-0000-0001", "13800000001", "wxid_a1b2c3d4"),
        ("13800000001（微信zhangsan88）", "13800000001", "zhangsan88 微信"),
        ("QQ:12345678/0571-88886666", "0571-88886666", "QQ:12345678"),
        ("Mob13800000001", "13800000001", "Mob"),
        ("tel 0571-88886666 ext801", "0571-88886666-801", None),
        ("13800000002-1234", "13800000002", "转1234"),
    ],
)
def test_names_in_messengers_beside_a_phone_are_no_part_of_it(written, number, note):
    (phone,) = values.read_phones(written).value
    assert (phone["number"], phone.get("note")) == (number, note)


@pytest.mark.parametrize("written", ["(04)2345-6789", "02-2345-6789", "0912-345-678"])
def test_numbers_of_taiwan_get_their_country(written):
    (phone,) = values.read_phones(written).value
    assert phone["number"] == "+886" + "".join(filter(str.isdigit, written))[1:]


@pytest.mark.parametrize("written", ["民國113年3月5日", "113/3/5", "113.03.05"])
def test_years_of_the_republic_are_read(written):
    assert values.read_date(written).value == "2024-03-05"
