"""Databases for the tests about servers."""

import pytest

from crm_desktop.store import file
from crm_desktop.store.address import Address


@pytest.fixture
def empty(postgres):
    """Makes an empty database and gives its address; they are gone after the test."""
    made = []

    def address(name="moved"):
        postgres.sql(f"CREATE DATABASE {name}")
        made.append(name)
        return Address(postgres.conninfo(name))

    yield address
    file.close()
    for name in made:
        postgres.sql(f"DROP DATABASE {name} WITH (FORCE)")
