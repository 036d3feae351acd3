"""The month on paper says what the statistics say, in both languages, for everybody and for one colleague."""

import re
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from crm_desktop import contact_rhythm, i18n, statistics
from crm_desktop.errors import UserError
from crm_desktop.models import people
from crm_desktop.reports import REPORTS, monthly, monthly_reading
from crm_desktop.statistics import Period
from crm_desktop.store import file
from crm_desktop.values import show_number

PROJECT = Path(__file__).resolve().parents[3]
MONTH = "2026-10"
PERIOD = Period.month(MONTH)
YEAR = Period("2025-11-01", PERIOD.end)

pytestmark = pytest.mark.parametrize("lang", ["en", "zh_CN"])


@pytest.fixture(params=["everybody", "one colleague"])
def owner(request, demo_file, lang):
    i18n.set_language(lang)
    return None if request.param == "everybody" else people.find("王芳")


@pytest.fixture
def paper(owner, printed):
    return printed(monthly, monthly.collect(MONTH, owner))


def shown(value):
    return "–" if value is None else show_number(value)


def bare(text):
    return re.sub(r"\s", "", text)


def test_every_key_figure_stands_with_last_month_and_last_year(paper, owner):
    start = 0
    for figure in statistics.month_figures(MONTH, owner):
        found = re.compile(
            rf"{re.escape(bare(figure.label))}{re.escape(shown(figure.value))}"
            rf"\D*{re.escape(shown(figure.last_month))}(?:[=▲▼][\d,<]*%?)?"
            rf"\D*{re.escape(shown(figure.last_year))}(?![\d.,])"
        ).search(paper.bare, start)
        assert found, (figure, paper.bare[start : start + 80])
        start = found.end()


@pytest.mark.parametrize("key", ["tier", "stage", "industry", "region"])
def test_the_bars_of_the_customers_say_the_figures_of_the_statistics(paper, owner, key):
    assert_bars(paper, statistics.compute(f"customers_by_{key}", PERIOD, owner))


@pytest.mark.parametrize("key", ["category", "cause"])
def test_the_bars_of_the_complaints_say_the_figures_of_the_statistics(paper, owner, key):
    assert_bars(paper, statistics.compute(f"complaints_by_{key}", PERIOD, owner))


def assert_bars(paper, table):
    rows = [row for row in table.rows if row.values[0]]
    told = sorted(rows, key=lambda row: -row.values[0])[: len(rows) if len(rows) <= 10 else 9]
    for row in told:
        assert bare(f"{row.label}{row.values[0]:,}·{row.values[0] / table.total[0]:.0%}") in paper.bare
    if len(told) < len(rows):
        rest = table.total[0] - sum(row.values[0] for row in told)
        assert f"{rest:,}·{rest / table.total[0]:.0%}" in paper.bare


def numbers(line):
    return [float(word.replace(",", "")) for word in line.split()[1:]]


def test_contacts_by_colleague_and_channel_add_up_to_the_statistics(paper, owner):
    people_of = statistics.compute("contacts_by_person", PERIOD, owner)
    channels = {row.label: row.values[0] for row in statistics.compute("contacts_by_channel", PERIOD, owner).rows}
    for row in people_of.rows:
        line = next(line for line in paper.lines if re.match(rf"{re.escape(row.label)}( [\d,]+)+$", line))
        *parts, whole = numbers(line)
        assert whole == sum(parts) == row.values[0]
    whole = statistics.compute("contacts_by_channel", PERIOD, owner)
    by_size = sorted(channels.values(), reverse=True)
    if len(people_of.rows) > 1:
        line = next(line for line in paper.lines if re.match(rf"{i18n._('Total')}( [\d,]+)+$", line))
        *parts, most = numbers(line)
        assert most == sum(parts) == whole.total[0]
        assert sorted(parts, reverse=True)[:3] == by_size[:3]


def test_contacts_of_twelve_months_are_those_of_the_statistics(paper, owner):
    table = statistics.compute("contacts_by_month", YEAR, owner)
    labels = [column.label for column in table.columns]
    heading = next(line for line in paper.lines if line.startswith(i18n._("Month") + " "))
    told = [place for place, label in enumerate(labels) if f" {label}" in heading]
    assert len(told) >= 4
    for row in table.rows:
        found = [numbers(line) for line in paper.lines if re.match(rf"{row.key}( [\d,]+)+$", line)]
        *parts, whole = next(each for each in found if len(each) >= len(told))
        assert whole == sum(parts) == row.values[-1]
        assert [row.values[place] for place in told[:-1]] == parts[: len(told) - 1]


def test_complaints_of_twelve_months_and_the_time_to_solve_are_those_of_the_statistics(paper, owner):
    months = statistics.compute("complaints_by_month", YEAR, owner)
    solving = statistics.compute("time_to_solve", YEAR, owner)
    for row, other in zip(months.rows, solving.rows, strict=True):
        line = " ".join([row.key, *map(shown, row.values), *map(shown, other.values)])
        assert line in paper.lines


def test_new_customers_are_those_counted(paper, owner):
    _table, ids = statistics.records("new_customers_by_month", None, PERIOD, owner)
    codes = {file.one("SELECT code FROM customer WHERE id = ?", (i,)) for i in ids}
    assert set(re.findall(r"^(C-\d{4}-\d{4})", paper.text, re.M)) == codes
    assert len(codes) == statistics.month_figures(MONTH, owner)[1].value


def test_the_complaints_listed_are_those_counted(paper, owner):
    wanted = set()
    for column in ("received", "closed", "open"):
        _table, ids = statistics.records("complaints_by_month", None, PERIOD, owner, column)
        wanted |= {file.one("SELECT code FROM complaint WHERE id = ?", (i,)) for i in ids}
    assert wanted
    listed = re.findall(r"^(TS-\d{4}-\d{4}) \d{4}-", paper.text, re.M)
    assert sorted(listed) == sorted(wanted)


def test_who_was_not_contacted_is_told_with_the_worst_first(paper, owner):
    late = contact_rhythm.not_contacted(date(2026, 10, 31), owner)
    title = i18n._("Not contacted within their rhythm")
    assert (0, f"{title} ({len(late)})") in paper.outline
    places = [paper.bare.index(bare(one.name), paper.bare.index(bare(title))) for one in late[:5]]
    assert places == sorted(places)
    for one in late[:40]:
        assert re.search(rf"(?<!\d){one.days}{one.every}{(one.last or '')[:10]}", paper.bare)
    assert (len(late) > 40) == (i18n.ngettext("{n} more is not listed here.", "{n} more are not listed here.", 2)
                                .format(n=f"{len(late) - 40:,}") in paper.text)  # fmt: skip


def test_what_is_due_next_month_is_counted_and_listed(paper, owner):
    titles = [title for _level, title in paper.outline]
    for section in statistics.due_next_month(MONTH, owner):
        count = f" ({section.count})" if section.count else ""
        assert any(title.endswith(count) and title.startswith(section.title) for title in titles), section.title
        for item in section.items:
            assert bare(item.customer_name) in paper.bare


def test_birthdays_are_told_by_both_calendars(demo_file, lang):
    i18n.set_language(lang)
    data = monthly.collect(MONTH)
    rows = data.due["birthdays"].rows
    assert rows
    # 2026-11-09 is the first day of the tenth lunar month
    days = {row[0][:5]: row[1] for row in rows}
    for day, lunar in days.items():
        number = date.fromisoformat(f"2026-{day}").toordinal() - date(2026, 11, 9).toordinal()
        if number >= 0:
            assert lunar == monthly_reading.show_birthday(f"lunar:--10-{number + 1:02}")


def test_the_outline_names_the_sections_in_their_order(paper, lang):
    titles = [title.split(" (")[0] for level, title in paper.outline if level == 0]
    assert titles == [
        i18n._(text)
        for text in (
            "Customers at the end of the month", "New customers", "Contacts", "Not contacted within their rhythm",
            "Complaints", "Feedback", "Service requests", "Satisfaction", "Due next month",
        )
    ]  # fmt: skip
    assert paper.marked_pages == sorted(paper.marked_pages)


def test_a_future_month_says_that_it_has_not_begun(demo_file, printed, lang):
    i18n.set_language(lang)
    paper = printed(monthly, monthly.collect("2027-02"))
    assert i18n._("This month has not begun yet: there is nothing to report.") in paper.text
    assert len(paper.pages) == 1


def test_a_month_that_is_not_over_says_up_to_when_the_figures_go(demo_file, printed, lang):
    i18n.set_language(lang)
    paper = printed(monthly, monthly.collect("2026-11"))
    assert "2026-11-21" in paper.lines[2]


def test_a_month_before_the_office_began_says_so_in_every_section(demo_file, printed, lang):
    i18n.set_language(lang)
    paper = printed(monthly, monthly.collect("2001-03"))
    for text in (
        "Nothing was written down in this month.", "There is no customer yet.", "No new customer this month.",
        "No contact was written down this month.", "No complaint this month ✓",
    ):  # fmt: skip
        assert i18n._(text) in paper.text


def test_an_empty_office_prints_a_page(office, printed, lang):
    i18n.set_language(lang)
    paper = printed(monthly, monthly.collect("2026-01"))
    assert i18n._("Nothing was written down in this month.") in paper.text
    assert i18n._("Every customer was contacted within the rhythm ✓") in paper.text


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "2026", "October", "2026-1", "", "2026-10-01", "1026-10"])
def test_what_is_no_month_is_refused_in_words(demo_file, month, lang):
    with pytest.raises(UserError, match="2026-10"):
        monthly.collect(month)


def test_drawing_needs_no_customer_file_and_runs_in_another_thread(demo_file, tmp_path, lang):
    data = monthly.collect(MONTH)
    file.close()
    pages = []
    thread = threading.Thread(target=lambda: pages.append(monthly.draw(tmp_path / "m.pdf", data)))
    thread.start()
    thread.join()
    assert pages[0] >= 4
    assert (tmp_path / "m.pdf").read_bytes().startswith(b"%PDF-")


def test_both_languages_say_the_same_numbers(demo_file, printed, lang):
    def counted(language):
        i18n.set_language(language)
        lines = printed(monthly, monthly.collect(MONTH)).lines
        return [line.split()[1:] for line in lines if re.match(r"\d{4}-\d\d( [\d,.–]+)+$", line)]

    assert len(counted("en")) >= 24
    assert counted("en") == counted("zh_CN")


def test_every_report_has_a_module_that_collects_draws_and_makes(lang):
    for report in REPORTS:
        code = f"from crm_desktop.reports.{report.module} import collect, draw, make"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=PROJECT)


def test_knowing_the_reports_loads_nothing_heavy(lang):
    code = "import sys, crm_desktop.reports; print('reportlab' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", code], text=True, cwd=PROJECT).strip() == "False"
