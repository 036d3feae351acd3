"""A survey of some customers."""

import pytest

from crm_desktop.i18n import N_
from crm_desktop.models import Customer
from crm_desktop.satisfaction import answering, asking, templates
from crm_desktop.satisfaction.sampling import Choice
from crm_desktop.store import file
from crm_desktop.store.change import change

TIERS = ("diamond", "gold", "silver", "regular")


def customers_of(user, number):
    with change(user, N_("New customer")) as c:
        return c.insert_many(
            Customer,
            [
                {"name": f"宁波第{n}机械厂", "tier": TIERS[n % 4], "stage": "steady", "owner": user.id}
                for n in range(number)
            ],
        )


@pytest.fixture
def customers(wang_fang):
    """Eight customers of 王芳, two of each tier."""
    return customers_of(wang_fang, 8)


@pytest.fixture
def general(wang_fang):
    """The ready-made general questionnaire."""
    with change(wang_fang, N_("New template")) as c:
        return templates.make_ready(c, "general")


@pytest.fixture
def run(wang_fang, general, customers):
    """It is asked of the eight."""
    with change(wang_fang, asking.START) as c:
        return asking.start(c, general.id, {"due": "2026-11-30", "owner": wang_fang.id}, customers, Choice())


@pytest.fixture
def asked(run):
    """The rows of those who are asked (ids)."""
    return [i for (i,) in file.ask("SELECT id FROM survey_asked WHERE run = ? ORDER BY id", (run.id,))]


@pytest.fixture
def says(wang_fang):
    """Write down what somebody says."""

    def write(asked, how="phone", at="", **answers):
        with change(wang_fang, asking.ANSWER) as c:
            return answering.answer(c, asked, answers, how, at=at)

    return write
