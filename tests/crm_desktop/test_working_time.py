"""Working time: hand-computed cases over the holidays of 2024 to 2026, the yearly notice, and what must always hold."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop import working_time
from crm_desktop.errors import UserError
from crm_desktop.models import calendar
from crm_desktop.models.office import save_settings
from crm_desktop.store import file, history
from crm_desktop.store.change import change
from crm_desktop.values.work_time import Span, WorkTime, read_hours


def at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2024-02-04", True),  # a Sunday made up for Spring Festival
        ("2024-02-09", True),  # New Year's Eve 2024 was no holiday
        ("2024-02-10", False),
        ("2024-02-17", False),
        ("2024-02-18", True),
        ("2024-10-12", True),
        ("2025-01-26", True),
        ("2025-01-28", False),
        ("2025-02-08", True),
        ("2025-09-28", True),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-10-10", True),
        ("2026-10-07", False),
        ("2026-11-22", False),
        ("2026-11-23", True),
    ],
)
def test_made_up_days_are_worked_and_holidays_are_not(day, worked):
    assert working_time.is_workday(date.fromisoformat(day)) is worked


def test_every_made_up_day_from_2020_to_2026_counts_as_work():
    made_up = [day.day for year in range(2020, 2027) for day in working_time.days_of(year) if day.work]
    assert len(made_up) == 6 + 7 + 7 + 7 + 8 + 5 + 6
    assert all(day.isoweekday() > 5 and working_time.is_workday(day) for day in made_up)


def test_a_moment_is_asked_as_its_day():
    assert not working_time.is_workday(datetime(2025, 10, 1, 9, 30))


@pytest.mark.parametrize(
    ("start", "span", "due"),
    [
        # Spring Festival 2024: Sunday 4 February is worked, 10 to 17 are off, Sunday 18 is worked
        ("2024-02-09T10:00:00", "1wd", "2024-02-18T10:00:00"),
        ("2024-02-08T16:30:00", "2wd", "2024-02-18T16:30:00"),
        ("2024-02-12T09:00:00", "3wd", "2024-02-20T17:30:00"),
        ("2024-02-09T16:30:00", "2wh", "2024-02-18T09:30:00"),
        ("2024-02-09T16:30:00", "24h", "2024-02-10T16:30:00"),
        # National Day 2024: 1 to 7 October off, Sunday 29 September and Saturday 12 October worked
        ("2024-09-28T12:00:00", "1wd", "2024-09-29T17:30:00"),
        ("2024-09-30T15:00:00", "5wd", "2024-10-12T15:00:00"),
        # Spring Festival 2025: Sunday 26 January worked, 28 January to 4 February off, Saturday 8 February worked
        ("2025-01-25T20:00:00", "2wh", "2025-01-26T10:30:00"),
        ("2025-01-27T14:00:00", "1wd", "2025-02-05T14:00:00"),
        ("2025-01-27T14:00:00", "5wd", "2025-02-10T14:00:00"),
        # National Day 2025: 1 to 8 October off, Sunday 28 September and Saturday 11 October worked
        ("2025-09-27T08:00:00", "1wd", "2025-09-28T17:30:00"),
        ("2025-09-30T17:00:00", "4wh", "2025-10-09T12:00:00"),
        ("2025-09-30T17:00:00", "7wd", "2025-10-16T17:00:00"),
        # Spring Festival 2026: Saturday 14 February worked, 15 to 23 off, Saturday 28 worked
        ("2026-02-13T17:00:00", "1wd", "2026-02-14T17:00:00"),
        ("2026-02-14T10:00:00", "2wd", "2026-02-25T10:00:00"),
        ("2026-02-20T10:00:00", "5wd", "2026-02-28T17:30:00"),
        # National Day 2026: 1 to 7 October off, Sunday 20 September and Saturday 10 October worked
        ("2026-09-30T11:00:00", "3wd", "2026-10-10T11:00:00"),
        ("2026-09-19T11:00:00", "1wd", "2026-09-20T17:30:00"),
        # an ordinary day with its lunch break
        ("2026-11-23T11:00:00", "2wh", "2026-11-23T14:00:00"),
        ("2026-11-23T12:30:00", "1wh", "2026-11-23T14:00:00"),
        ("2026-11-23T08:30:00", "1wd", "2026-11-23T17:30:00"),
        ("2026-11-20T17:30:00", "2wh", "2026-11-23T10:30:00"),
    ],
)
def test_a_deadline_computed_by_hand(start, span, due):
    assert working_time.deadline(at(start), span) == at(due)


def test_working_days_are_counted_between_days():
    assert working_time.workdays_between(date(2025, 9, 26), date(2025, 10, 11)) == 6
    assert working_time.workdays_between(date(2025, 10, 11), date(2025, 9, 26)) == -6
    assert working_time.add_workdays(date(2025, 9, 26), 6) == date(2025, 10, 11)
    assert working_time.add_workdays(date(2025, 10, 11), -6) == date(2025, 9, 26)
    assert working_time.add_workdays(date(2025, 10, 1), 0) == date(2025, 10, 9)


def test_working_minutes_leave_lunch_nights_and_holidays_out():
    assert working_time.working_minutes_between(at("2025-09-30T11:00:00"), at("2025-10-09T09:00:00")) == 60 + 270 + 30
    assert working_time.working_minutes_between(at("2025-10-09T09:00:00"), at("2025-09-30T11:00:00")) == 0


def test_a_hold_moves_the_deadline_by_its_working_time():
    hold = [(at("2026-11-23T16:30:00"), at("2026-11-25T09:30:00"))]
    assert working_time.deadline(at("2026-11-23T10:00:00"), "3wd", hold) == at("2026-11-27T12:00:00")
    assert working_time.deadline(at("2026-11-23T10:00:00"), "24h", hold) == at("2026-11-26T03:00:00")


def test_a_hold_over_a_holiday_costs_no_working_time():
    hold = [(at("2025-09-30T17:30:00"), at("2025-10-09T08:30:00"))]
    free = working_time.deadline(at("2025-09-30T10:00:00"), "3wd")
    assert working_time.deadline(at("2025-09-30T10:00:00"), "3wd", hold) == free == at("2025-10-11T10:00:00")


def test_while_the_clock_stands_still_there_is_no_deadline_unless_it_had_passed():
    assert working_time.deadline(at("2026-11-23T10:00:00"), "1wd", [(at("2026-11-23T15:00:00"), None)]) is None
    passed = working_time.deadline(at("2026-11-23T10:00:00"), "1wh", [(at("2026-11-23T15:00:00"), None)])
    assert passed == at("2026-11-23T11:00:00")


STANDARD = WorkTime(
    {day.day: day.work for days in calendar.shipped().values() for day in days}, "12345", read_hours(calendar.HOURS)
)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 1)).map(lambda when: when.replace(microsecond=0))
amounts = st.integers(1, 200)
units = st.sampled_from(["h", "wh", "wd"])
pauses = st.lists(
    st.tuples(moments, st.timedeltas(timedelta(0), timedelta(days=40))).map(
        lambda pair: (pair[0], (pair[0] + pair[1]).replace(microsecond=0))
    ),
    max_size=5,
)


@given(moments, amounts, amounts, units, pauses)
def test_more_time_never_moves_a_deadline_backwards(start, amount, more, unit, held):
    first = STANDARD.deadline(start, Span(amount, unit), held)
    assert start <= first <= STANDARD.deadline(start, Span(amount + more, unit), held)


@given(moments, st.integers(0, 10**6), amounts, units, pauses)
def test_what_begins_later_does_not_end_earlier(start, later, amount, unit, held):
    other = start + timedelta(seconds=later)
    span = Span(amount, unit)
    assert STANDARD.deadline(start, span, held) <= STANDARD.deadline(other, span, held)


@given(moments, amounts, units, pauses, pauses)
def test_another_hold_never_moves_a_deadline_backwards_and_the_order_of_holds_does_not_matter(
    start, amount, unit, one, two
):
    span = Span(amount, unit)
    both = STANDARD.deadline(start, span, [*one, *two])
    assert both == STANDARD.deadline(start, span, [*two, *one])
    assert both >= STANDARD.deadline(start, span, one)


@given(moments, amounts, st.sampled_from(["wh", "wd"]), pauses)
def test_the_time_worked_until_the_deadline_is_the_span_whatever_holds_and_holidays_lie_between(
    start, amount, unit, held
):
    due = STANDARD.deadline(start, Span(amount, unit), held)
    assert STANDARD.between(start, due, held) == amount * (3600 if unit == "wh" else STANDARD.day_length)


@given(moments, amounts, st.sampled_from(["wh", "wd"]), st.dates(date(2024, 1, 1), date(2026, 12, 1)))
def test_a_day_on_hold_and_a_day_off_move_a_deadline_alike(start, amount, unit, day):
    """Holds and holidays commute: a whole working day on hold is as a holiday on that day."""
    without = WorkTime({**STANDARD._days, day: False}, "12345", read_hours(calendar.HOURS))
    midnight = datetime(day.year, day.month, day.day)
    hold = [(midnight, midnight + timedelta(days=1))]
    span = Span(amount, unit)
    assert STANDARD.deadline(start, span, hold) == without.deadline(start, span)
    assert without.deadline(start, span, hold) == without.deadline(start, span)


NOTICE_2025 = """国务院办公厅关于2025年部分节假日安排的通知
国办发明电〔2024〕12号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2025年元旦、春节、清明节、劳动节、端午节、国庆节和中秋节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。"""
SPRING_2024 = (
    "2024年 二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。"
    "鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。"
)


def test_the_notice_of_the_state_council_says_what_the_program_came_with():
    read = {day.day: day.work for day in working_time.read_notice(NOTICE_2025)}
    assert read == {day.day: day.work for day in calendar.shipped()[2025]}


def test_days_off_that_are_only_encouraged_are_no_holidays():
    days = working_time.read_notice(SPRING_2024)
    assert date(2024, 2, 9) not in {day.day for day in days}
    assert [day.day.isoformat() for day in days if day.work] == ["2024-02-04", "2024-02-18"]
    assert sum(not day.work for day in days) == 8


def test_a_notice_in_one_line_with_long_weekdays_needs_only_its_year():
    text = "春节：1月28日至2月4日放假调休，共8天。1月26日（星期日）、2月8日（星期六）上班"
    with pytest.raises(UserError, match="which year"):
        working_time.read_notice(text)
    days = working_time.read_notice(text, 2025)
    assert [day.day.isoformat() for day in days if day.work] == ["2025-01-26", "2025-02-08"]
    assert len(days) == 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("今天天气很好", "no holiday"),
        ("2025年 春节：1月28日至2月4日放假，共7天。", "7 days"),
        ("2026年 春节：1月28日至2月4日放假，共8天。1月26日（周日）上班。", "notice of 2026"),
        ("2025年 春节：2月30日放假。", "not a day of 2025"),
        ("2025年 春节：5月1日至2月4日放假。", "no stretch"),
    ],
)
def test_a_notice_that_contradicts_itself_is_refused_with_the_reason(text, said):
    with pytest.raises(UserError, match=said):
        working_time.read_notice(text)


@given(st.text(alphabet="0123456789年月日至、，。：（）周日六放假调休共天上班春节元旦国庆节 \n", max_size=200))
def test_whatever_is_pasted_is_read_or_refused_in_words(text):
    try:
        days = working_time.read_notice(text, 2026)
    except UserError:
        return
    assert days == sorted(days)


def test_the_notice_of_a_new_year_is_brought_in_and_taken_back(office, wang_fang):
    text = "2027年 元旦：1月1日放假。二、春节：2月5日至11日放假调休，共7天。1月30日、2月13日上班。"
    assert working_time.missing_year(date(2026, 11, 22)) == 2027
    assert working_time.missing_year(date(2026, 10, 31)) is None
    working_time.save_notice(wang_fang, working_time.read_notice(text))
    assert working_time.is_known(2027)
    assert working_time.missing_year(date(2026, 11, 22)) is None
    assert working_time.is_workday(date(2027, 2, 13))
    assert not working_time.is_workday(date(2027, 2, 8))
    assert working_time.day_name(date(2027, 2, 8)) == "春节"
    history.undo(wang_fang, file.one('SELECT max(id) FROM "change"'))
    assert not working_time.is_known(2027)
    assert working_time.is_workday(date(2027, 2, 8))


def test_one_day_of_our_own_keeps_the_rest_of_its_year(office, wang_fang):
    with change(wang_fang, "Change the calendar") as c:
        working_time.set_day(c, date(2026, 12, 31), False, "盘点")
    assert not working_time.is_workday(date(2026, 12, 31))
    assert working_time.is_workday(date(2026, 10, 10))
    assert not working_time.is_workday(date(2026, 10, 1))
    with change(wang_fang, "Change the calendar") as c:
        working_time.set_day(c, date(2026, 12, 31), None)
    assert working_time.is_workday(date(2026, 12, 31))


def test_another_office_has_other_hours(office, wang_fang):
    save_settings(wang_fang, {"work_hours": "9:00-12:00 14:00-18:00", "work_week": "123456"})
    assert working_time.hours_of(date(2026, 11, 28)) == [(time(9), time(12)), (time(14), time(18))]
    assert working_time.deadline(at("2026-11-27T17:00:00"), "1wd") == at("2026-11-28T17:00:00")


def test_without_an_open_file_the_calendar_of_the_program_answers(office, wang_fang):
    with change(wang_fang, "Change the calendar") as c:
        working_time.set_day(c, date(2026, 11, 25), False)
    assert not working_time.is_workday(date(2026, 11, 25))
    file.close()
    assert working_time.is_workday(date(2026, 11, 25))
    assert not working_time.is_workday(date(2026, 10, 1))


@pytest.mark.parametrize("written", ["", "9-12", "12:00-08:00", "08:00-12:00 11:00-17:00", "08:00-25:00", "8:00-8:00"])
def test_hours_that_make_no_sense_are_refused(written):
    with pytest.raises(UserError, match="working hours"):
        read_hours(written)


@pytest.mark.parametrize(
    "first", [date(1980, 1, 1), date(1989, 12, 25), date(2079, 12, 20), date(2081, 5, 5), date(2000, 1, 1)]
)
def test_long_ago_and_far_ahead_the_week_says_which_days_are_worked(first):
    days = [first + timedelta(n) for n in range(1, 30)]
    worked = [day for day in days if working_time.is_workday(day)]
    for count, day in enumerate(worked, 1):
        assert working_time.add_workdays(first, count) == day
        assert working_time.workdays_between(first, day) == count
        assert working_time.workdays_between(day, first) == -count
    assert working_time.add_workdays(worked[5], -5) == worked[0]


def test_from_one_end_of_the_calendar_to_the_other():
    assert working_time.workdays_between(date(1970, 1, 1), date(2090, 1, 1)) == sum(
        working_time.is_workday(date.fromordinal(n))
        for n in range(date(1970, 1, 2).toordinal(), date(2090, 1, 1).toordinal() + 1)
    )
    assert working_time.add_workdays(date(9999, 12, 30), 5) == date.max
