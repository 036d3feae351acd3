"""What people write and what is stored: dates, amounts, phones, birthdays, codes, regions, names."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.i18n import set_language
from crm_desktop.values.numbers import chinese_number

TODAY = date(2025, 11, 21)
READERS: list[Callable[[Any], Any]] = [
    values.read_date, values.read_datetime, values.read_time, values.read_money, values.read_number, values.read_integer,
    values.read_phone, values.read_phones, values.read_yes_no, values.read_email, values.read_url, values.read_credit_code,
    values.read_birthday, values.read_list,
]  # fmt: skip
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
    ["2024-03-05", "2024.3.5", "2024/3/5", "2024年3月5日", "20240305", 45356, "45356", 45356.0, "２０２４．３．５",
     "二〇二四年三月五日", "2024-3-5（周二）", "2024年3月5号", "5 Mar 2024", "Mar 5, 2024", "2024-03-05 14:30",
     "2024-03-05T00:00:00Z", date(2024, 3, 5), datetime(2024, 3, 5, 9)],
)  # fmt: skip
def test_one_day_is_read_in_every_usual_writing(written: object) -> None:
    assert values.read_date(written)[::2] == ("2024-03-05", False)


@pytest.mark.parametrize(
    ("written", "day"),
    [("2024年3月", "2024-03-01"), ("24/3/5", "2024-03-05"), ("3月5日", "2025-03-05"), ("12-24", "2024-12-24"),
     ("3/5/2024", "2024-03-05"), ("5.3.2024", "2024-03-05"), (2024.3, "2024-03-01"), ("2024年", "2024-01-01"),
     ("2-29", "2024-02-29")],
)  # fmt: skip
def test_a_guessed_day_is_doubtful_and_says_how_it_was_read(written: object, day: str) -> None:
    assert values.read_date(written, TODAY) == (day, f"{written} → {day}", True)


def test_a_day_without_a_year_can_be_the_next_one() -> None:
    assert values.read_date("3月5日", TODAY, future=True).value == "2026-03-05"


@pytest.mark.parametrize("written", ["2019.2.30", "abc", "2024.3.5-2024.4.5", "13月1日", 12, True])
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
    [("12.5万", 12_500_000), ("1.2亿", 12_000_000_000), ("¥1,250.00", 125_000), ("600000元", 60_000_000), ("1,250", 125_000),
     ("（1,000.50）", -100_050), ("负五万", -5_000_000), ("3万5千", 3_500_000), ("1亿2000万", 12_000_000_000),
     ("壹拾万元整", 10_000_000), ("￥１２３", 12_300), ("5元3角", 530), ("RMB 500", 50_000), ("0.005", 1), (664000.5, 66_400_050),
     (0.285, 29), ("无", None), ("", None)],
)  # fmt: skip
def test_amounts_come_out_in_fen(written: object, fen: int | None) -> None:
    assert values.read_money(written)[::2] == (fen, False)


@pytest.mark.parametrize(("written", "fen"), [("3万5", 3_500_000), ("5-10万", 5_000_000), ("约5万", 5_000_000), ("12,50", 125_000)])
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
    [("30人", 30, False), ("约30", 30, True), ("20-99人", 20, True), ("500人以上", 500, True), ("二十人", 20, False), ("3.5", 4, True)],
)  # fmt: skip
def test_a_head_count_is_read_with_its_unit(written: str, number: int, doubtful: bool) -> None:
    assert values.read_integer(written)[::2] == (number, doubtful)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [(17700006955.0, ["17700006955"]), ("177 0000 2181", ["17700002181"]), ("１８６００００５１４６", ["18600005146"]),
     ("+86 17700004919", ["17700004919"]), ("0086-13800001234", ["13800001234"]), ("tel:+86-13900007070", ["13900007070"]),
     ("15000002490/0512-66880006", ["15000002490", "0512-66880006"]),
     ("138 0000 1234 0571-66880001", ["13800001234", "0571-66880001"]),
     ("13800001234-13900005678", ["13800001234", "13900005678"]), ("1.3800001234E+10", ["13800001234"]),
     ("0571-66880001转801", ["0571-66880001-801"]), ("（0571）6688-0001", ["0571-66880001"]), ("01066880001", ["010-66880001"]),
     ("+86 571 6688 0001", ["0571-66880001"]), ("400-810-8888", ["4008108888"]), ("95588", ["95588"]),
     ("0571-66880001/66880002", ["0571-66880001", "0571-66880002"]), ("+49 30 123456", ["+4930123456"]),
     ("13800001234\n13800001234", ["13800001234"]), ("无", [])],
)  # fmt: skip
def test_the_phones_of_a_cell(written: object, numbers: list[str]) -> None:
    reading = values.read_phones(written)
    assert ([phone["number"] for phone in reading.value], reading.doubtful) == (numbers, False)


def test_words_beside_a_phone_become_its_note() -> None:
    assert values.read_phones("张三 13800001234 李四 13900005678").value == [
        {"type": "mobile", "number": "13800001234", "note": "张三"},
        {"type": "mobile", "number": "13900005678", "note": "李四"},
    ]
    assert values.read_phones("传真：0571-66880001").value == [{"type": "fax", "number": "0571-66880001"}]


def test_a_phone_whose_digits_excel_rounded_away_is_refused() -> None:
    with pytest.raises(UserError, match="lost its last digits"):
        values.read_phones("1.38E+10")


@pytest.mark.parametrize("written", ["1380000123", "138000012345", "2024-03-05", "abc", 3.5])
def test_what_is_no_phone_is_refused(written: object) -> None:
    with pytest.raises(UserError, match="is not a phone number"):
        values.read_phone(written)


@given(st.from_regex(r"1[3-9]\d{9}|0571-[2-9]\d{7}|010-[2-9]\d{7}-\d{3}|400\d{7}", fullmatch=True).filter(str.isascii))
def test_a_phone_shown_reads_back_the_same(number: str) -> None:
    assert values.read_phone(values.show_phone(number)) == (number, None, False)
    assert values.phone_digits(values.show_phone(number)) == values.phone_digits(number)


@pytest.mark.parametrize(
    ("written", "stored"),
    [("1965-01-01", "1965-01-01"), ("1968.4.4", "1968-04-04"), ("2月2日", "--02-02"), ("农历三月初八", "lunar:--03-08"),
     ("阴历8月15", "lunar:--08-15"), ("正月初一", "lunar:--01-01"), ("腊月三十", "lunar:--12-30"), ("冬月十五", "lunar:--11-15"),
     ("闰四月初五", "lunar:--04-05+leap"), ("农历八月廿三", "lunar:--08-23"), ("1990年农历五月初六", "lunar:1990-05-06"),
     ("--0815", "--08-15"), ("1604-08-15", "--08-15"), ("", ""), ("65年1月1日", "1965-01-01"), ("2月29日", "--02-29")],
)  # fmt: skip
def test_birthdays_of_both_calendars(written: str, stored: str) -> None:
    assert values.read_birthday(written, TODAY)[::2] == (stored, False)


def test_a_birthday_in_this_year_is_doubtful_because_excel_puts_it_there() -> None:
    assert values.read_birthday(date(2025, 2, 2), TODAY).doubtful


BIRTHDAYS = st.one_of(
    st.dates(date(1900, 1, 1), date(2010, 1, 1)).map(date.isoformat),
    st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: f"--{day:%m-%d}"),
    st.builds("lunar:{}-{:02}-{:02}{}".format, st.sampled_from(["-", "1990", "1958"]), st.integers(1, 12), st.integers(1, 30),
              st.sampled_from(["", "+leap"])),
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@given(stored=BIRTHDAYS)
def test_a_birthday_shown_reads_back_the_same(language: str, stored: str) -> None:
    set_language(language)
    assert values.read_birthday(values.show_birthday(stored), TODAY) == (stored, None, False)


@given(BIRTHDAYS, st.dates(date(2024, 1, 1), date(2033, 1, 1)))
def test_the_next_birthday_comes_within_thirteen_months(stored: str, today: date) -> None:
    assert today <= values.next_birthday(stored, today) <= today + timedelta(days=390)


def test_lunar_birthdays_fall_on_the_days_the_calendar_says() -> None:
    assert values.next_birthday("lunar:--08-15", date(2025, 1, 1)) == date(2025, 10, 6)
    assert values.next_birthday("lunar:--12-30", date(2025, 1, 1)) == date(2025, 1, 28)  # no 三十 that year: 廿九
    assert values.next_birthday("lunar:--06-10+leap", date(2025, 7, 20)) == date(2025, 8, 3)
    assert values.next_birthday("lunar:--06-10+leap", date(2026, 1, 1)) == date(2026, 7, 23)
    assert values.next_birthday("--02-29", date(2025, 1, 1)) == date(2025, 2, 28)


def test_age_counts_full_years() -> None:
    assert [values.age("1965-11-22", TODAY), values.age("1965-11-21", TODAY), values.age("--11-21", TODAY)] == [59, 60, None]
    assert [values.birthday_key("1965-02-02"), values.birthday_key("lunar:--03-08")] == ["02-02", "L03-08"]


def test_the_check_digit_of_a_credit_code_is_checked_but_does_not_lose_the_row() -> None:
    assert values.read_credit_code("9135 0100 m000 100Y 43") == ("91350100M000100Y43", None, False)
    wrong = values.read_credit_code("913200000000000001")
    assert (wrong.value, wrong.doubtful) == ("913200000000000001", True)
    assert wrong.note
    assert values.read_credit_code("330100123456789").doubtful
    with pytest.raises(UserError):
        values.read_credit_code("三证合一")


def test_emails_are_cleaned_and_wrong_ones_refused() -> None:
    assert values.read_email("张三<a@B.com>").value == values.read_email("a＠b。com").value == "a@b.com"
    assert values.read_email("a@b.com;c@d.com").doubtful
    for wrong in ("abc", "a@b", "a@@b.com"):
        with pytest.raises(UserError):
            values.read_email(wrong)


def test_yes_no_lists_and_nothing() -> None:
    assert [values.read_yes_no(word).value for word in ("是", "√", 1.0, "无", "×", "")] == [True, True, True, False, False, None]
    assert values.read_list("羽毛球\n书法、钓鱼，喝茶，无").value == ["羽毛球", "书法", "钓鱼", "喝茶"]
    assert all(values.is_blank(word) for word in ("", "　", "无", "/", "—", "暂无", "N/A", "null", None))
    assert values.clean("\u3000ＡＢＣ\u200b（有限）\xa0 公司，\n") == "ABC（有限） 公司，"


@pytest.mark.parametrize(
    ("address", "region"),
    [("江苏省南京市鼓楼区中山路1号", "江苏省 南京市 鼓楼区"), ("江苏南京", "江苏省 南京市"), ("重庆市重庆市高新区创业路213号", "重庆市"),
     ("重庆渝北区", "重庆市 渝北区"), ("广西南宁", "广西壮族自治区 南宁市"), ("内蒙古呼和浩特", "内蒙古自治区 呼和浩特市"),
     ("江苏省昆山市花桥", "江苏省 苏州市 昆山市"), ("深圳市南山区", "广东省 深圳市 南山区"), ("吉林长春", "吉林省 长春市"),
     ("海南藏族自治州", "青海省 海南藏族自治州"), ("浦东新区张江", "上海市 浦东新区")],
)  # fmt: skip
def test_the_region_at_the_start_of_an_address(address: str, region: str) -> None:
    reading = values.read_region(address)
    assert reading
    assert reading.value == region


@pytest.mark.parametrize("address", ["北京路100号", "南京东路1号", "朝阳区", "创业路1号", ""])
def test_a_street_named_after_a_city_is_no_region(address: str) -> None:
    assert values.read_region(address) is None


@given(st.text("江苏南京市省北区县路重庆朝阳 ", max_size=12))
def test_any_address_is_read_without_trouble(address: str) -> None:
    values.read_region(address)
    assert values.name_core(address) or not values.name_key(address)


def test_the_core_of_a_company_name_ignores_place_brackets_and_legal_form() -> None:
    names = ["青岛龙腾餐饮管理（有限）公司", "青岛龙腾餐饮管理有限公司", "山东省青岛市龙腾餐饮管理有限责任公司", " 青岛龙腾餐饮管理 "]
    assert {values.name_core(name) for name in names} == {"龙腾餐饮管理"}
    assert values.name_key(names[0]) == values.name_key(names[1]) != values.name_key(names[2])
    assert values.name_core("南京东方红贸易有限公司") == "东方红贸易"
    assert values.name_core("上海银行股份有限公司") == "上海银行"
    assert values.name_core("华信科技有限公司南京分公司") != values.name_core("华信科技有限公司")


def test_days_nearby_are_shown_as_people_say_them() -> None:
    days = ["2025-11-21", "2025-11-20", "2025-11-18", "2025-11-25", "2023-01-02"]
    assert [values.show_date(day, TODAY, near=True) for day in days] == ["today", "yesterday", "3 days ago", "11-25 Tue", "2023-01-02"]
    assert values.show_datetime("2025-11-20T09:05:00") == "2025-11-20 09:05"
    assert [values.show_minutes(n) for n in (45, 120, 90)] == ["45 min", "2 h", "1 h 30 min"]
    assert [values.show_number(n) for n in (1234567, 0.5, None)] == ["1,234,567", "0.5", ""]
