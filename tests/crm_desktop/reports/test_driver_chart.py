"""The picture of what drives the overall score."""

from xml.etree import ElementTree

from crm_desktop.reports import charts, driver_chart
from crm_desktop.statistics.drivers import IMPROVE, KEEP, LEAST, Driver, Drivers

FOUND = Drivers(
    "All in all?",
    60,
    [
        Driver("delivery", "Do we deliver on time?", 60, 3.1, 0.81, IMPROVE),
        Driver("quality", "Is the quality as agreed?", 58, 4.4, 0.64, KEEP),
        Driver("channel", "Is it easy to reach us?", LEAST - 1, 4.0, None, ""),
    ],
    0.725,
    3.75,
)


def said(chart):
    return [shape.text for shape in chart.drawing.contents if hasattr(shape, "text")]


def test_each_question_is_a_numbered_dot_that_says_its_figures_and_sample_size():
    drawn = driver_chart.draw(FOUND)
    assert [place.row for place in drawn.places] == ["delivery", "quality"]
    for words in ("60 answers", "0.81", "Improve first"):
        assert words in drawn.places[0].tip
    assert "Do we deliver on time?" in said(drawn)
    left, right = (place.x for place in drawn.places)
    assert left < right  # the better score stands to the right
    assert drawn.places[0].y < drawn.places[1].y  # the more important one above


def test_nothing_is_drawn_from_too_few_answers():
    few = FOUND._replace(found=[FOUND.found[2]], mean_importance=None, mean_score=None)
    drawn = driver_chart.draw(few)
    assert not drawn.places
    assert said(drawn) == ["Too few answers for a picture"]


def test_it_becomes_an_svg_in_both_colours():
    for dark in (False, True):
        ElementTree.fromstring(charts.svg(driver_chart.draw(FOUND, dark=dark)))
