"""Figures are right when somebody looks, and stay the ones that were asked for."""

import pytest

from crm_desktop.models import Customer, people
from crm_desktop.store.change import change


def add_customer(program):
    def work():
        with change(None, "New customer") as c:
            c.save(Customer, {"name": "苏州恒达科技"})

    program.ask(work)
    program.idle()


@pytest.mark.parametrize("name", ["today", "statistics"])
def test_what_nobody_looks_at_is_read_when_somebody_does(program, name, monkeypatch):
    tab = program.tab(name)
    program.tab("customers")
    read = []
    monkeypatch.setattr(tab, "reload", lambda: read.append(name))
    add_customer(program)
    assert read == []
    program.tab(name)
    assert read == [name]
    add_customer(program)
    assert read == [name, name]


def test_period_and_colleague_survive_another_language(program):
    tab = program.tab("statistics")
    tab.period.setCurrentIndex(tab.period.count() - 1)
    tab.owner.setCurrentIndex(1)
    program.idle()
    chosen = tab.chosen()
    program.window.language_chosen.emit("zh_CN")
    program.idle()
    again = program.tab("statistics")
    assert again is not tab
    assert again.chosen() == chosen
    assert again.owner.currentData() == people.everybody()[0].id
