"""What people write and what is stored: phones, birthdays, codes, regions, names."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.i18n import set_language

TODAY = date(2025, 11, 21)


@pytest.mark.parametrize(
    ("written", "numbers"),
    [(17700006955.0, ["17700006955"]), ("177 0000 2181", ["17700002181"]), ("１８６００００５１４６", ["18600005146"]),
     ("+86 17700004919", ["17700004919"]), ("0086-13800001234", ["13800001234"]), ("tel:+86-13900007070",
     ["13900007070"]),
     ("15000002490/0512-66880006", ["15000002490", "0512-66880006"]),
     ("138 0000 1234 0571-66880001", ["13800001234", "0571-66880001"]),
     ("13800001234-13900005678", ["13800001234", "13900005678"]), ("1.3800001234E+10", ["13800001234"]),
     ("0571-66880001转801", ["0571-66880001-801"]), ("（0571）6688-0001", ["0571-66880001"]), ("01066880001",
     ["010-66880001"]),
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


PHONES = st.from_regex(r"1[3-9][0-9]{9}|0571-[2-9][0-9]{7}|010-[2-9][0-9]{7}-[0-9]{3}|400[0-9]{7}", fullmatch=True)


@given(st.lists(PHONES, max_size=4, unique=True), st.sampled_from(["、", "/", ";", "，", "\n", "  "]))
def test_phones_written_in_one_cell_come_back_in_their_order(numbers: list[str], separator: str) -> None:
    read = values.read_phones(separator.join(numbers)).value
    assert [phone["number"] for phone in read] == numbers


@pytest.mark.parametrize(
    ("written", "stored"),
    [("1965-01-01", "1965-01-01"), ("1968.4.4", "1968-04-04"), ("2月2日", "--02-02"), ("农历三月初八", "lunar:--03-08"),
     ("阴历8月15", "lunar:--08-15"), ("正月初一", "lunar:--01-01"), ("腊月三十", "lunar:--12-30"), ("冬月十五",
     "lunar:--11-15"),
     ("闰四月初五", "lunar:--04-05+leap"), ("农历八月廿三", "lunar:--08-23"), ("1990年农历五月初六",
     "lunar:1990-05-06"),
     ("--0815", "--08-15"), ("1604-08-15", "--08-15"), ("", ""), ("65年1月1日", "1965-01-01"), ("2月29日",
     "--02-29"), ("0000-00-00", ""),
     ("1月1日生", "--01-01")],
)  # fmt: skip
def test_birthdays_of_both_calendars(written: str, stored: str) -> None:
    assert values.read_birthday(written, TODAY)[::2] == (stored, False)


@pytest.mark.parametrize("written", ["生日", "保密", "1980", "1980年3月", "2月30日", "13月1日", "廿三"])
def test_what_is_no_birthday_is_refused(written: str) -> None:
    with pytest.raises(UserError, match="is not a birthday"):
        values.read_birthday(written)


def test_a_birthday_in_this_year_is_doubtful_because_excel_puts_it_there() -> None:
    assert values.read_birthday(date(2025, 2, 2), TODAY).doubtful


BIRTHDAYS = st.one_of(
    st.dates(date(1900, 1, 1), date(2010, 1, 1)).map(date.isoformat),
    st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: f"--{day:%m-%d}"),
    st.builds("lunar:{}-{:02}-{:02}{}".format, st.sampled_from(["-", "1990",
    "1958"]), st.integers(1, 12), st.integers(1, 30),
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
    assert [values.age(born, TODAY) for born in ("1965-11-22", "1965-11-21", "--11-21")] == [59, 60, None]
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
    assert [values.read_yes_no(word).value for word in ("已签", "V", "未签", "□")] == [True, True, False, False]
    read = [values.read_yes_no(word).value for word in ("是", "√", 1.0, "无", "×", "")]
    assert read == [True, True, True, False, False, None]
    assert values.read_list("羽毛球\n书法、钓鱼，喝茶，无").value == ["羽毛球", "书法", "钓鱼", "喝茶"]
    assert all(values.is_blank(word) for word in ("", "　", "无", "/", "—", "暂无", "N/A", "null", None))
    assert values.clean("\u3000ＡＢＣ\u200b（有限）\xa0 公司，\n") == "ABC（有限） 公司，"


@pytest.mark.parametrize(
    ("address", "region"),
    [("江苏省南京市鼓楼区中山路1号", "江苏省 南京市 鼓楼区"), ("江苏南京", "江苏省 南京市"),
     ("重庆市重庆市高新区创业路213号", "重庆市"),
     ("重庆渝北区", "重庆市 渝北区"), ("广西南宁", "广西壮族自治区 南宁市"), ("内蒙古呼和浩特",
     "内蒙古自治区 呼和浩特市"),
     ("江苏省昆山市花桥", "江苏省 苏州市 昆山市"), ("深圳市南山区", "广东省 深圳市 南山区"), ("吉林长春",
     "吉林省 长春市"),
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
    names = [
        "青岛龙腾餐饮管理（有限）公司",
        "青岛龙腾餐饮管理有限公司",
        "山东省青岛市龙腾餐饮管理有限责任公司",
        " 青岛龙腾餐饮管理 ",
    ]
    assert {values.name_core(name) for name in names} == {"龙腾餐饮管理"}
    assert values.name_key(names[0]) == values.name_key(names[1]) != values.name_key(names[2])
    assert values.name_core("南京东方红贸易有限公司") == "东方红贸易"
    assert values.name_core("上海银行股份有限公司") == "上海银行"
    assert values.name_core("华信科技有限公司南京分公司") != values.name_core("华信科技有限公司")
