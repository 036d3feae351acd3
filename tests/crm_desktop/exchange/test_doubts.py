"""What a column leaves in doubt: shown once with its answers, settled once for all its cells."""

from datetime import date

import pytest

from crm_desktop.exchange import doubts, headings, importing
from crm_desktop.exchange.tables import Table
from crm_desktop.store import file

pytestmark = pytest.mark.usefixtures("office")


def plan_of(sheet, rows, **options):
    return importing.read(sheet(rows, **options))


def doubts_of(plan):
    [each] = plan.tables
    return {doubt.about: doubt for doubt in doubts.find(each.table.rows, each.mapping)}


def settle(plan, about, answer):
    [each] = plan.tables
    doubt = doubts_of(plan)[about]
    each.mapping.columns[doubt.column].ways[about] = answer
    plan.judge()


def since(plan):
    plan.save(None)
    return [day for (day,) in file.ask("SELECT since FROM customer ORDER BY id")]


def days(*written):
    return [["客户名称", "首次合作日期"], *([f"第{i}公司", day] for i, day in enumerate(written))]


def test_days_that_can_be_read_in_two_orders_are_settled_once_for_the_column(sheet):
    plan = plan_of(sheet, days("3/5/2024", "4/6/2024"))
    doubt = doubts_of(plan)["order"]
    assert (doubt.count, doubt.sample, doubt.taken) == (2, "3/5/2024", "mdy")
    assert {way.key: way.reading for way in doubt.ways} == {"mdy": "2024-03-05", "dmy": "2024-05-03"}
    assert all(row.doubtful for row in plan.rows)
    settle(plan, "order", "dmy")
    assert not any(row.doubtful for row in plan.rows)
    assert doubts_of(plan)["order"].settled
    assert since(plan) == ["2024-05-03", "2024-06-04"]


def test_one_cell_that_leaves_no_choice_tells_how_the_whole_column_is_meant(sheet):
    plan = plan_of(sheet, days("3/5/2024", "25/6/2024"))
    assert "order" not in doubts_of(plan)
    assert not any(row.doubtful for row in plan.rows)
    assert since(plan) == ["2024-05-03", "2024-06-25"]


def test_a_day_to_come_is_not_meant_where_only_past_ones_make_sense(sheet):
    year = date.today().year % 100
    plan = plan_of(sheet, days(f"{year - 1}/3/30", f"{year - 2:02}/12/5"))
    assert since(plan) == [f"20{year - 1}-03-30", f"20{year - 2}-12-05"]
    assert "order" not in doubts_of(plan)


def test_days_without_a_year_take_the_one_of_the_title(sheet, add):
    rows = [["2023年投诉台账"], ["投诉日期", "客户", "投诉内容"], ["3月5日", "甲公司", "送货晚了"]]
    plan = importing.read(sheet(rows), create_missing=True)
    assert (plan.tables[0].mapping.year, doubts_of(plan)["year"].taken) == (2023, "2023")
    plan.save(None)
    assert file.one("SELECT received_at FROM complaint") == "2023-03-05T00:00:00"


def test_days_without_a_year_are_asked_for_once(sheet):
    plan = plan_of(sheet, days("3月5日", "12月30日"))
    doubt = doubts_of(plan)["year"]
    assert (doubt.count, doubt.taken) == (2, "")
    settle(plan, "year", "2021")
    assert since(plan) == ["2021-03-05", "2021-12-30"]


def test_small_amounts_without_a_unit_may_be_meant_in_ten_thousands(sheet):
    plan = plan_of(sheet, [["客户名称", "年销售额"], ["甲", 120], ["乙", 35.5], ["丙", 8]])
    doubt = doubts_of(plan)["unit"]
    assert [(way.key, way.reading) for way in doubt.ways] == [("元", "¥120.00"), ("万元", "¥1,200,000.00")]
    settle(plan, "unit", "万元")
    plan.save(None)
    assert [fen for (fen,) in file.ask("SELECT annual_sales FROM customer ORDER BY id")] == [
        120_000_000, 35_500_000, 8_000_000,
    ]  # fmt: skip
    assert "unit" not in doubts_of(plan_of(sheet, [["客户名称", "年销售额(元)"], *([f"{i}号店", i] for i in range(5))]))


def test_phones_without_an_area_code_take_the_one_that_is_settled(sheet):
    plan = plan_of(sheet, [["客户名称", "电话"], ["甲", "66880001"], ["乙", "0512-66880002"], ["丙", 66880003]])
    doubt = doubts_of(plan)["area"]
    assert [way.key for way in doubt.ways] == ["", "0512"]
    settle(plan, "area", "0512")
    plan.save(None)
    assert str(file.ask("SELECT phones FROM customer")).count("0512-6688000") == 3


@pytest.mark.parametrize(("answer", "tier", "remarks"), [("gold", "gold", ""), ("", "", "")])
def test_a_word_of_no_list_is_asked_for_once_and_kept_until_then(sheet, answer, tier, remarks):
    plan = plan_of(sheet, [["客户名称", "客户等级"], ["甲公司", "A类"], ["乙公司", "A类"], ["丙公司", "金"]])
    doubt = doubts_of(plan)["entry:A类"]
    assert (doubt.count, doubt.taken, doubt.settled) == (2, "", False)
    assert "gold" in [way.key for way in doubt.ways]
    assert [row.doubtful for row in plan.rows] == [True, True, False]
    settle(plan, "entry:A类", answer)
    assert [row.doubtful for row in plan.rows] == [False, False, False]
    plan.save(None)
    assert file.ask("SELECT tier, remarks FROM customer ORDER BY id LIMIT 1") == [(tier, remarks)]


def test_a_near_miss_is_offered_first(sheet):
    plan = plan_of(sheet, [["客户名称", "客户来源"], ["甲公司", "搜索引警"]])
    assert doubts_of(plan)["entry:搜索引警"].ways[0].key == "search"


def test_a_lunar_day_in_a_column_of_days_is_its_solar_day(sheet):
    plan = plan_of(sheet, days("2024年农历八月十五", "农历2023年正月初一"))
    assert since(plan) == ["2024-09-17", "2023-01-22"]


def test_answers_for_one_column_do_not_touch_another():
    table = Table(
        "S", ["客户名称", "首次合作日期", "成立日期"], [""] * 3, [""] * 3, [1], [(2, ["甲", "3/5/24", "3/5/24"])], []
    )
    mapping = headings.recognise(table)
    mapping.columns[1].ways["order"] = "dmy"
    ways = [doubts.proved(table.rows, column, target.described, mapping) for column, target in mapping.targets()]
    assert ways == [{}, {"order": "dmy"}, {}]
