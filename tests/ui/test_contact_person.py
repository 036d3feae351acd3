"""A contact person typed by two colleagues at once: nobody's typing is lost."""

import pytest

from crm_desktop.models import Contact, Customer, Position
from crm_desktop.store.change import change
from ui.parts.conflict import ConflictDialog
from ui.tabs.customers.person import PersonDialog


@pytest.fixture
def zeng(program):
    """The id of 曾家辉, whose customer is shown."""

    def work():
        with change(None, "New") as c:
            customer = c.save(Customer, {"name": "苏州李明朗机电有限公司"})
            contact = c.save(Contact, {"name": "曾家辉"})
            c.save(Position, {"contact": contact.id, "customer": customer.id})
        return customer.id, contact.id

    customer, contact = program.ask(work)
    program.idle()
    program.tab("customers").show_one(customer)
    program.idle()
    return contact


def test_the_same_field_changed_by_two_is_chosen_side_by_side(program, zeng):
    persons = program.tab("customers").page.persons
    persons.change(next(iter(persons._cards.values()))._person)
    dialog = program.window.findChild(PersonDialog)
    for name, text in (("wechat", "mine"), ("hobbies", "钓鱼")):
        dialog.contact.editor(name).line.setText(text)
        dialog.contact.editor(name).edited.emit()

    def write():
        with change(None, "Edit") as c:
            c.save(Contact.get_row(zeng), {"wechat": "theirs"})

    program.ask(write)
    dialog.save()
    program.idle()
    question = dialog.findChild(ConflictDialog)
    question.choose_theirs("wechat")
    question._save()
    program.idle()
    written = program.ask(lambda: Contact.get_row(zeng))
    assert (written.wechat, written.hobbies) == ("theirs", "钓鱼")
