"""Charts say what the tables say: every figure has its place, nothing leaves the paper."""

from xml.etree import ElementTree

import pytest

from crm_desktop.reports import charts, fonts
from crm_desktop.statistics import Column, Row, Table
from crm_desktop.values import show_number

KINDS = ["bar", "column", "stacked", "lines"]


def table(columns, *rows):
    """A table with these columns; a row is its label and its figures."""
    made = [Row(f"r{n}", label, tuple(values)) for n, (label, *values) in enumerate(rows)]
    total = tuple(sum(row.values[i] or 0 for row in made) for i in range(len(columns)))
    return Table("t", "Test", [Column(f"c{n}", label) for n, label in enumerate(columns)], made, total)


TIERS = table(["Customers"], ("钻石", 10), ("金", 25), ("银", 0), ("普通", 235))
MONTHS = table(["电话", "微信"], *[(f"2026-{m:02d}", m * 3, m) for m in range(1, 13)])


def words(chart):
    """All texts of a drawing with their places: x, y from the top, text."""
    drawing = chart.drawing
    return [(s.x, drawing.height - s.y, s.text) for s in drawing.contents if type(s).__name__ == "String"]


def boxes(chart):
    return [s for s in chart.drawing.contents if type(s).__name__ == "Rect"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("dark", [False, True])
def test_every_chart_becomes_an_svg_in_both_colours(kind, dark):
    drawn = charts.chart(MONTHS, kind, dark=dark)
    root = ElementTree.fromstring(charts.svg(drawn))
    assert root.tag.endswith("svg")
    text = charts.svg(drawn).decode()
    assert "clipPath" not in text
    assert ": None;" not in text
    assert "NotoSansSC-Bold" not in text


def test_bars_say_label_figure_and_share():
    drawn = charts.chart(TIERS, "bar")
    texts = [text for _x, _y, text in words(drawn)]
    assert texts == ["钻石", "10 · 4%", "金", "25 · 9%", "普通", "235 · 87%"]
    assert [place.row for place in drawn.places] == ["r0", "r1", "r3"]
    assert drawn.places[0].tip == "钻石: 10 · 4%"


def test_bars_are_as_long_as_their_figures():
    lengths = [box.width for box in boxes(charts.chart(TIERS, "bar"))]
    assert lengths[0] / lengths[2] == pytest.approx(10 / 235, abs=0.01)
    assert lengths[1] / lengths[2] == pytest.approx(25 / 235, abs=0.01)


def test_many_rows_become_nine_bars_and_the_others_together():
    many = table(["n"], *[(f"客户{n}", n) for n in range(1, 31)])
    drawn = charts.chart(many, "bar")
    texts = [text for _x, _y, text in words(drawn)]
    assert len(boxes(drawn)) == charts.MOST_BARS
    assert "21 others" in texts
    assert f"{show_number(sum(range(1, 22)))} · {sum(range(1, 22)) / sum(range(1, 31)):.0%}" in texts
    assert len(drawn.places) == 9  # the others are no row that could be opened


def test_columns_stand_on_zero_and_on_each_other():
    drawn = charts.chart(MONTHS, "stacked")
    assert len(drawn.places) == 24
    by_month = {}
    for place in drawn.places:
        by_month.setdefault(place.row, []).append(place)
    for first, second in by_month.values():
        assert first.y + first.height == pytest.approx(drawn.drawing.height - 18)
        assert second.y + second.height == pytest.approx(first.y)
        assert first.height / second.height == pytest.approx(3, rel=0.01)
    assert {"电话", "微信"} <= {text for _x, _y, text in words(drawn)}


def test_measures_that_do_not_add_up_are_not_stacked():
    spread = table(["Complaints", "Median"], ("2026-01", 4, 2.5), ("2026-02", 6, 1.5))
    drawn = charts.chart(spread, "column")
    assert {place.column for place in drawn.places} == {"c0"}


def test_more_than_four_series_become_three_and_the_others():
    wide = table([f"渠道{n}" for n in range(7)], ("2026-01", 1, 2, 3, 4, 5, 6, 7), ("2026-02", 7, 6, 5, 4, 3, 2, 1))
    texts = {text for _x, _y, text in words(charts.chart(wide, "stacked"))}
    assert "4 others" in texts
    assert len([text for text in texts if text.startswith("渠道")]) == 3
    total = sum(place.height for place in charts.chart(wide, "stacked").places if place.row == "r0")
    assert total == pytest.approx(sum(p.height for p in charts.chart(wide, "stacked").places if p.row == "r1"))


def test_lines_have_a_point_for_every_figure_that_is_there():
    holes = table(["Received", "Closed"], ("2026-01", 3, None), ("2026-02", 4, 2), ("2026-03", 0, 1))
    drawn = charts.chart(holes, "lines")
    assert [(p.row, p.column) for p in drawn.places] == [
        ("r0", "c0"), ("r1", "c0"), ("r2", "c0"), ("r1", "c1"), ("r2", "c1"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("nothing", [table(["n"]), table(["n"], ("a", 0), ("b", None))])
def test_without_figures_it_says_so(kind, nothing):
    drawn = charts.chart(nothing, kind)
    assert [text for _x, _y, text in words(drawn)] == ["Nothing to show for this period"]
    assert drawn.places == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "rows",
    [
        [("one", 1)],
        [("一个非常非常非常非常非常非常非常非常非常非常非常非常长的名字的客户", 5), ("b", 123456789)],
        [(f"2025-{m:02d}", 10**m) for m in range(1, 10)],
        [(f"m{n}", n % 3) for n in range(60)],
        [("𬭎 喆 䶮", 3), ("镕", 2)],
    ],
)
@pytest.mark.parametrize("width", [240, 460])
def test_nothing_leaves_the_paper(kind, rows, width):
    drawn = charts.chart(table(["n"], *rows), kind, width=width)
    drawing = drawn.drawing
    for shape in drawing.contents:
        if type(shape).__name__ == "String":
            left, right = shape.x, shape.x + fonts.width(shape.text, shape.fontSize)
            if shape.textAnchor == "middle":
                half = fonts.width(shape.text, shape.fontSize) / 2
                left, right = shape.x - half, shape.x + half
            if shape.textAnchor == "end":
                left, right = shape.x - fonts.width(shape.text, shape.fontSize), shape.x
            assert left >= -1, shape.text
            assert right <= drawing.width + 1, shape.text
            assert -1 <= shape.y <= drawing.height + 1, shape.text
        if type(shape).__name__ == "Rect":
            assert shape.x >= 0
            assert shape.x + shape.width <= drawing.width + 0.5
            assert shape.y >= -0.5
            assert shape.y + shape.height <= drawing.height + 0.5
    for place in drawn.places:
        assert place.x >= -6
        assert place.x + place.width <= drawing.width + 6


@pytest.mark.parametrize("most", [1, 2, 3, 5, 7, 9, 10, 11, 24, 25, 26, 99, 100, 1234, 98765, 10**7])
def test_the_axis_has_few_round_steps_and_reaches_the_largest_figure(most):
    steps = charts._steps(most)
    assert steps[0] == 0
    assert steps[-1] >= most
    assert 2 <= len(steps) <= 7
    assert steps[-1] <= most * 2 + 1
    step = steps[1]
    assert str(int(step)).rstrip("0") in ("1", "2", "5")


def test_bars_without_any_length_say_that_there_is_nothing_to_show():
    nothing = table(["Received", "Answered, %"], ("Sales", 0, 80))
    assert [text for _x, _y, text in words(charts.chart(nothing, "bar"))] == ["Nothing to show for this period"]
