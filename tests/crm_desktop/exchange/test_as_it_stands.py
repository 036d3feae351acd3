"""Cells that mean just what they say are taken without being read: reading them says the same."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crm_desktop.exchange import cells
from crm_desktop.exchange.read_cells import Read
from crm_desktop.exchange.words import MODELS
from crm_desktop.models.customer import Customer
from crm_desktop.models.fields import Email, LongText, Name, Text

FIELDS = {
    type(field): field
    for models in MODELS.values()
    for model in models
    for field in model.described().values()
    if not field.computed and cells.as_it_stands(field)
}
WRITTEN = st.one_of(
    st.text(max_size=12),
    st.text("aZn09 无暂同上空／/-.,，、()（）[]" + '"〃\u3000\u200b１ＡDdo', max_size=8),
    st.emails(),
    st.sampled_from(["无", "n/a", "None", "do.", "ditto", "Ditto", "同上", "同前", "-", "0", "张 三", "无锡", "No."]),
)


def test_texts_of_all_kinds_of_records_are_among_them():
    assert FIELDS.keys() >= {Text, Name, LongText, Email}
    assert cells.as_it_stands(Customer.described()["phones"]) is None
    assert cells.as_it_stands(Customer.described()["since"]) is None


@pytest.mark.parametrize("field", FIELDS.values(), ids=[kind.__name__ for kind in FIELDS])
@given(WRITTEN)
@example("苏州华东机械有限公司（总部）")
@example("info@example.com")
def test_what_stands_there_is_what_is_read(field, cell):
    if cells.as_it_stands(field)(cell):
        assert cells.reader(field, "", None, {}, {}, "Heading")(cell) == Read(cell)


def test_most_texts_of_an_office_stand_as_they_are():
    stands = cells.as_it_stands(Customer.described()["name"])
    for cell in ("苏州华东机械有限公司", "张三", "K-0001", "采购经理", "每周三送货，先打电话。", "ABC"):
        assert stands(cell), cell
    for cell in ("无", "同上", "张 三", " 张三", "１２３", "\u200b张三", "", "n/a", "-"):
        assert not stands(cell), cell
