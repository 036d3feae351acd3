"""Fields the office adds itself are fields like all others: shown, found, logged, undone, listed."""

from datetime import date, datetime

import pytest

from crm_desktop import listing, log_words
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Contact, Customer, own_fields
from crm_desktop.models import office as offices
from crm_desktop.store import checking, file, history
from crm_desktop.store.change import change


@pytest.fixture
def own(office):
    """Add a field: `own("customer", "…", "date")` tells its name."""

    def add(table, label, kind="text"):
        with change(None, N_("Add a field")) as c:
            return offices.add_own_field(c, table, label, kind)

    return add


def save(target, values):
    with change(None, "Test") as c:
        return c.save(target, values)


def test_an_own_field_is_a_field_of_every_record_of_its_kind(own, li_ming):
    crop = own("customer", "种植作物")
    assert Customer.described()[crop].label == "种植作物"
    assert Customer.groups()[-1] == ("Own fields", (crop,))
    assert crop not in Contact.described()
    save(li_ming, {crop: "水稻"})
    assert Customer.get_row(li_ming.id).shown(crop) == "水稻"
    assert [row["name"] for row in listing.find_customers("水稻", 5)] == [li_ming.name]
    assert checking.problems() == []


def test_an_own_field_is_logged_and_undone_by_itself(own, li_ming):
    crop, visited = own("customer", "种植作物"), own("customer", "首次看田", "date")
    first = None
    with change(None, "Edit customer") as c:
        c.save(li_ming, {crop: "水稻"})
        first = c.id
    save(Customer.get_row(li_ming.id), {visited: "2024-03-05"})
    lines = log_words.history("customer", li_ming.id)
    assert [(line.label, line.before, line.after) for line in lines[:2]] == [
        ("首次看田", "", "2024-03-05"),
        ("种植作物", "", "水稻"),
    ]
    history.undo(None, first)
    kept = Customer.get_row(li_ming.id)
    assert (kept.shown(crop), kept.shown(visited)) == ("", "2024-03-05")


def test_numbers_sort_as_numbers_and_days_are_checked(own, li_ming):
    area, visited = own("customer", "亩数", "number"), own("customer", "首次看田", "date")
    save(Customer, {"name": "大田", area: 120})
    save(Customer, {"name": "小田", area: 9.5})
    found = listing.Listing(Customer, columns=("name", area), sort=area, descending=True).ids()
    assert [Customer.get_row(i).name for i in found][:2] == ["大田", "小田"]
    with pytest.raises(UserError, match="is not a date"):
        save(Customer, {"name": "坏田", visited: "someday"})


def test_a_field_of_the_same_name_is_the_same_field(own):
    assert own("customer", "种植作物") == own("customer", "种植作物 ") != own("customer", "亩数")


def test_taking_back_a_new_field_hides_it(own, li_ming):
    crop = own("customer", "种植作物")
    history.undo(None, file.one('SELECT max(id) FROM "change"'))
    assert crop not in Customer.described()
    assert crop not in Customer.columns()


def test_a_list_that_still_shows_a_hidden_field_goes_on(own, li_ming):
    crop = own("customer", "种植作物")
    shown = listing.Listing(Customer, columns=("name", crop), sort=crop, filters=(listing.Filter(crop, "empty"),))
    history.undo(None, file.one('SELECT max(id) FROM "change"'))
    assert shown.rows(shown.ids()) == {li_ming.id: (li_ming.name, None)}


def test_another_file_has_its_own_fields(own, office, tmp_path):
    crop = own("customer", "种植作物")
    file.close()
    file.create(tmp_path / "other.crm")
    assert crop not in Customer.described()
    file.close()
    file.open_file(office.path)
    assert crop in Customer.described()


def test_there_is_room_for_so_many_and_then_a_sentence(own):
    for n in range(len(own_fields.NUMBERS)):
        own("contact", f"指标{n}", "number")
    with pytest.raises(UserError, match="No more fields"):
        own("contact", "太多", "number")


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["水稻", None, "小麦"], "text"),
        ([120, 9.5, "30"], "number"),
        (["2024.3.5", date(2024, 3, 5), datetime(2024, 3, 5)], "date"),
        (["007"], "text"),
        ([13800001234], "text"),
        (["第一行\n第二行"], "long"),
        ([None, ""], "text"),
    ],
)
def test_a_column_tells_what_kind_of_field_holds_it(cells, kind):
    assert own_fields.guess(cells) == kind
