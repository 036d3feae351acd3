"""An office on a PostgreSQL server: make it, open it, bring it up to date, and say in words why that fails.

What lies there is what lies in a file: the same tables, the same log. Texts are compared by their bytes (collation C),
as in a file, whatever the server was set up with.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Any, Final

import peewee

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.store import dialect, migrations, passwords, postgres
from crm_desktop.store.address import Address, PasswordNeeded
from crm_desktop.store.driver import conninfo, psycopg
from crm_desktop.store.record import Table, leaves

BUSY_SECONDS: Final = 8
CONNECT_SECONDS: Final = 10
CHANGED: Final = postgres.CHANGED
_OFFICE: Final = "crm_desktop_office"
"""The table that says that this database is an office, and of which version."""
_REFERENCE: Final = re.compile(r'"(\w+)" \w+(?: NOT NULL)? (REFERENCES "\w+" \("?id"?\) DEFERRABLE INITIALLY DEFERRED)')


_INDEX: Final = re.compile(r'(CREATE (?:UNIQUE )?INDEX .*? ON "(\w+)" )(\([^()]*\))(.*)', re.DOTALL)


def _nothing_first(table: str, columns: str) -> str:
    """The columns of an index in the order lists are sorted in: what is empty comes first, as in a file."""
    model = next(each for each in leaves(Table) if each._meta.table_name == table)
    empty = {field.column_name for field in model._meta.sorted_fields if field.null}
    return re.sub(r'"(\w+)"', lambda c: f"{c[0]} NULLS FIRST" if c[1] in empty else c[0], columns)


class Database(peewee.Database):
    """What peewee needs to know to make our tables; all else goes through our own connection."""

    param = "%s"
    index_value_literals = True
    field_types = {
        "TEXT": 'TEXT COLLATE "C"',
        "JSON": 'TEXT COLLATE "C"',
        "INT": "BIGINT",
        "BOOL": "BIGINT",
        "DOUBLE": "DOUBLE PRECISION",
        "FLOAT": "DOUBLE PRECISION",
        "BLOB": "BYTEA",
        "AUTO": "BIGSERIAL",
        "BIGAUTO": "BIGSERIAL",
    }

    def __init__(self, address: Address, password: str | None) -> None:
        super().__init__(address.name, autoconnect=False)
        self._address, self._password = address, password
        self.links: list[str] = []
        """The statements that make the links between tables, once all tables are there."""

    def _connect(self) -> postgres.Connection:
        try:
            return connect(self._address, self._password)
        except PasswordNeeded as error:
            kept = passwords.remembered(self._address) if self._password is None else None
            if kept is None:
                raise
            try:
                raw = connect(self._address, kept)
            except PasswordNeeded:
                raise error from None
            self._address.given = kept
            return raw

    def execute_sql(self, sql: str, params: Any = None, *rest: Any) -> Any:
        if sql.startswith("CREATE TABLE"):
            table = sql.split('"')[1]
            for column, reference in _REFERENCE.findall(sql):
                self.links.append(f'ALTER TABLE "{table}" ADD FOREIGN KEY ("{column}") {reference}')
                sql = sql.replace(f" {reference}", "", 1)
        elif found := _INDEX.fullmatch(sql):
            sql = found[1] + _nothing_first(found[2], found[3]) + found[4]
        return super().execute_sql(sql, params, *rest)  # type: ignore[no-untyped-call]


def database(address: Address, password: str | None = None, make: bool = False) -> Database:
    """What connects to that address; with `make`, the database itself is made where there is none yet."""
    if password is not None:
        address.given = password  # for the next connection; it is kept nowhere else
    if make:
        try:
            Database(address, address.given)._connect().close()
        except NoDatabase:
            make_database(address, address.given)
    return Database(address, address.given)


def connect(address: Address, password: str | None) -> postgres.Connection:
    """A connection that waits as long as a file does for whoever writes; UserError when there is none."""
    options = f"-c lock_timeout={BUSY_SECONDS * 1000} -c client_min_messages=warning -c standard_conforming_strings=on"
    given: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, "application_name": "crm-desktop"}
    for key, value in _parts(address).items():
        given[key] = f"{value} {options}" if key == "options" else value
    given.setdefault("options", options)
    # a colleague whose network died holds up nobody for hours
    given.update(keepalives_idle=30, keepalives_interval=10, keepalives_count=3, client_encoding="utf8")
    if password is not None:
        given["password"] = password
    try:
        return postgres.Connection(conninfo.make_conninfo(**given))
    except postgres.ServerError as error:
        raise _refusal(address, error.__cause__) from error


def _parts(address: Address) -> dict[str, Any]:
    """The parts of an address as the driver knows them; UserError for options nobody knows."""
    try:
        return dict(conninfo.conninfo_to_dict(str(address)))
    except psycopg.Error as error:
        raise _unreached(address, error) from error


def _refusal(address: Address, error: BaseException | None) -> UserError:
    """Why there is no connection, in words."""
    pgconn = getattr(error, "pgconn", None)
    if pgconn is not None and (pgconn.needs_password or pgconn.used_password):
        return PasswordNeeded(address, not pgconn.needs_password)
    reason = _first_line(error)
    if f'database "{address.name}"' in reason and "not exist" in reason:
        return NoDatabase(
            _(
                "There is no database “{name}” on the server. Ask whoever looks after the server to make one, "
                "or create the office there."
            ).format(name=address.name)
        )
    return _unreached(address, error)


def _unreached(address: Address, error: BaseException | None) -> UserError:
    return UserError(
        _("{address} cannot be reached: {reason}. Check the network and the address, then try again.").format(
            address=address, reason=_first_line(error)
        )
    )


class NoDatabase(UserError):
    """The server has no such database."""


def _first_line(error: BaseException | None) -> str:
    text = str(error or "").strip().splitlines()
    return re.sub(r"^connection failed: ", "", text[0]).rstrip(".") if text else ""


def version_of(raw: sqlite3.Connection) -> int | None:
    """The version of the office in this database, None where it is empty; UserError for another program's."""
    tables = {name for (name,) in raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")}
    if _OFFICE in tables:
        return int(raw.execute(f"SELECT version FROM {_OFFICE}").fetchone()[0])
    if tables:
        raise UserError(_("This database belongs to another program. Choose an empty one; it was left as it is."))
    return None


def refuse_strangers(address: Address, raw: sqlite3.Connection) -> int:
    """The version of the office that lies there; UserError when there is none, or it is from the future."""
    found = version_of(raw)
    if found is None:
        raise UserError(
            _("There is no office in {address} yet. Create one there, or move a customer file to it.").format(
                address=address
            )
        )
    if found > migrations.version():
        raise UserError(
            _(
                "{file} was made by a newer version of this program "
                "(file version {theirs}, this program knows {ours}). "
                "Update the program on this computer, then open it again."
            ).format(file=address, theirs=found, ours=migrations.version())
        )
    return found


def refuse_full(address: Address, raw: sqlite3.Connection) -> None:
    """Only an empty database becomes an office."""
    if version_of(raw) is not None:
        raise UserError(_("There is an office in {address} already. Choose another database, or open it.").format(
            address=address))  # fmt: skip
    (encoding,) = raw.execute("SHOW server_encoding").fetchone()
    if encoding != "UTF8":
        raise UserError(
            _("The database {name} cannot hold every character ({encoding}). Make one with the encoding UTF8.").format(
                name=address.name, encoding=encoding
            )
        )


def prepare(raw: sqlite3.Connection) -> None:
    """What every office on a server has beside its tables (inside the running transaction)."""
    for statement in dialect.functions():
        raw.execute(statement)
    raw.execute(f"CREATE TABLE {_OFFICE} (version BIGINT NOT NULL)")
    raw.execute(f"INSERT INTO {_OFFICE} (version) VALUES (?)", (migrations.version(),))


def make_links(database: Any) -> None:
    """Make the links between the tables that peewee has made."""
    links, database.links = database.links, []
    for statement in links:
        database.execute_sql(statement)


def count_on(raw: sqlite3.Connection) -> None:
    """Let the numbers that tables give by themselves go on after the highest that came over."""
    for table, column, sequence in raw.execute(
        "SELECT table_name, column_name, pg_get_serial_sequence(quote_ident(table_name), column_name)"
        " FROM information_schema.columns WHERE table_schema = current_schema() AND column_default LIKE 'nextval%'"
    ).fetchall():
        raw.execute(f'SELECT setval(\'{sequence}\', max("{column}")) FROM "{table}" HAVING max("{column}") IS NOT NULL')


def upgrade(raw: sqlite3.Connection, old: int) -> None:
    """Run the missing steps in one transaction: it is done whole or not at all."""
    if old >= migrations.version():
        return
    raw.execute("BEGIN IMMEDIATE")
    try:
        (old,) = raw.execute(f"SELECT version FROM {_OFFICE}").fetchone()  # another computer may have been quicker
        for statement in dialect.functions():
            raw.execute(statement)
        for step in migrations.STEPS[old - migrations.FIRST :]:
            step(raw)
        if old < migrations.version():
            migrations.leave_line(raw, old)
        raw.execute(f"UPDATE {_OFFICE} SET version = ?", (max(old, migrations.version()),))
        raw.execute("COMMIT")
    except BaseException:
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        raise


def make_database(address: Address, password: str | None) -> None:
    """Make the database itself on the server, if whoever asks may; UserError with the reason otherwise."""
    query = {k: v for k, v in _parts(address).items() if k not in ("dbname", "password")}
    given: dict[str, Any] = {**query, "dbname": "postgres", "connect_timeout": CONNECT_SECONDS}
    if password is not None:
        given["password"] = password
    try:
        with psycopg.connect(conninfo.make_conninfo(**given), autocommit=True) as raw:
            name = address.name.replace('"', '""')
            raw.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    except psycopg.Error as error:
        raise UserError(
            _("The database “{name}” cannot be made: {reason}. Ask whoever looks after the server.").format(
                name=address.name, reason=_first_line(error)
            )
        ) from error
