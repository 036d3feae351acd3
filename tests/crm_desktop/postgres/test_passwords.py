"""Addresses show no password, and a password is kept by the system's keyring or nowhere."""

import contextlib
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.__main__ import main
from crm_desktop.errors import UserError
from crm_desktop.models import office as offices
from crm_desktop.store import file, passwords
from crm_desktop.store.address import Address, PasswordNeeded, is_address, place, without_password

PROJECT = Path(__file__).parents[3]


class Keyring:
    """A keyring in memory."""

    def __init__(self, **kept):
        self.kept = kept

    def get_password(self, _service, name):
        return self.kept.get(name)

    def set_password(self, _service, name, password):
        self.kept[name] = password

    def delete_password(self, _service, name):
        del self.kept[name]


@pytest.fixture
def keyring(monkeypatch):
    ring = Keyring()
    monkeypatch.setattr(passwords, "_keyring", lambda: ring)
    return ring


@pytest.fixture(scope="module")
def guarded():
    """A server that asks for a password."""
    from tests import postgres_server

    if not postgres_server.is_there():
        pytest.skip("no PostgreSQL for this Python")
    server = postgres_server.Server(postgres_server.programs(), password="s3 cr:t/@?")
    server.sql("CREATE DATABASE guarded")
    yield server
    server.stop()


@pytest.fixture
def address(guarded):
    yield Address(guarded.conninfo("guarded"))
    file.close()


def test_a_password_is_asked_for_told_wrong_and_taken(address, keyring):
    with pytest.raises(PasswordNeeded, match="asks for a password"):
        file.create(address)
    with pytest.raises(PasswordNeeded, match="wrong"):
        file.create(address, "guess")
    file.create(address, "s3 cr:t/@?")
    offices.found_office("华东商贸")
    file.close()
    # it is known for as long as this address is in use, and no longer
    file.open_file(address)
    file.close()
    again = Address(str(address))
    with pytest.raises(PasswordNeeded):
        file.open_file(again)
    assert passwords.remember(again, "s3 cr:t/@?")
    file.open_file(again)
    assert offices.setting("office_name") == "华东商贸"
    file.close()
    keyring.kept[str(address)] = "an older one"
    with pytest.raises(PasswordNeeded):
        file.open_file(Address(str(address)))


def test_a_command_says_that_a_password_is_needed_and_takes_it_from_the_environment(address, capsys, keyring):
    keyring.kept[str(address)] = "s3 cr:t/@?"
    if main(["check", "--file", str(address), "--json"]):
        file.create(address)
        file.close()
    keyring.kept.clear()
    capsys.readouterr()
    command = ["check", "--file", str(address), "--json"]
    assert main(command) == 1
    assert "asks for a password" in json.loads(capsys.readouterr().out)["error"]
    done = subprocess.run(
        [sys.executable, "-m", "crm_desktop", *command],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PGPASSWORD": "s3 cr:t/@?"},
    )
    assert json.loads(done.stdout)["ok"]


def test_a_password_in_an_address_stands_in_no_message_and_no_log(caplog):
    caplog.set_level(logging.DEBUG)
    written = Address("postgresql://anna:s3cret@127.0.0.1:1/office?sslmode=disable&password=t0psecret")
    with pytest.raises(UserError) as told:
        file.open_file(written)
    shown = f"{told.value} {written} {written!r} {caplog.text}"
    assert "s3cret" not in shown
    assert "t0psecret" not in shown
    assert str(written) == "postgresql://anna@127.0.0.1:1/office?sslmode=disable"


def test_keyrings_that_are_plain_files_are_not_used(monkeypatch):
    keyring = pytest.importorskip("keyring")

    class Plain:
        pass

    Plain.__module__ = "keyrings.alt.file"
    monkeypatch.setattr(keyring, "get_keyring", Plain)
    assert not passwords.can_remember()
    assert passwords.remembered(Address("postgresql://anna@server/office")) is None


def test_what_is_no_address_is_said_without_its_password():
    for text in ("postgresql://server", "postgresql://anna:s3cret@server:port/x", "postgres:///"):
        with pytest.raises(UserError, match="Write it like") as told:
            Address(text)
        assert "s3cret" not in str(told.value)
    assert place("office.crm") == Path("office.crm")
    assert is_address(" POSTGRESQL://server/office")


def test_tls_and_other_options_stay_in_the_address():
    text = "postgresql://anna@db.example.com:6432/office?sslmode=verify-full&sslrootcert=/etc/office.pem"
    assert str(Address(text)) == text
    assert Address(text) == Address(text.replace("anna@", "anna:secret@"))
    assert (
        str(Address("postgres://[::1]:5432/%E5%8A%9E?sslmode=require"))
        == "postgresql://[::1]:5432/%E5%8A%9E?sslmode=require"
    )


WORD = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


@given(WORD, WORD.filter(lambda word: len(word) > 3), st.sampled_from(["office", "a b", "办公室"]))
def test_any_password_is_taken_apart_from_any_address(user, secret, database):
    from urllib.parse import quote

    address = Address(f"postgresql://{quote(user, safe='')}:{quote(secret, safe='')}@server/{quote(database)}")
    assert (address.user, address.given, address.name) == (user, secret, database)
    assert Address(str(address)).given is None
    assert Address(str(address)) == address
    assert quote(secret, safe="") not in without_password(f"x postgresql://u:{quote(secret, safe='')}@server/d y")


@given(st.text(max_size=40))
def test_whatever_is_typed_for_an_address_is_one_or_is_refused_with_a_sentence(text):
    with contextlib.suppress(UserError):
        address = Address(f"postgresql://{text}")
        assert Address(str(address)) == address


@pytest.mark.parametrize("text", ["postgresql://anna@127.0.0.1:1/x?nobody=knows", "postgresql://127.0.0.1/x?port=many"])
def test_options_nobody_knows_are_said(text):
    with pytest.raises(UserError, match="cannot be reached"):
        file.open_file(Address(text))
