"""The log's two tables: what was done by whom, and what it did to each record."""

from __future__ import annotations

import peewee

from crm_desktop.store.record import Table


class Log(Table):
    """One action of one person on one PC."""

    id = peewee.BigAutoField()
    at = peewee.TextField()
    user = peewee.BigIntegerField(null=True)
    user_name = peewee.TextField()
    pc = peewee.TextField()
    action = peewee.TextField()
    undoes = peewee.BigIntegerField(null=True)
    note = peewee.TextField(null=True)
    """Why it was done, where somebody said so."""

    class Meta:
        table_name = "change"


# few changes undo another: the others cost nothing to save here
Log.add_index(Log.undoes, where=Log.undoes.is_null(False), name="change_undoes")


class Entry(Table):
    """What a change did to one record: "+" (the record itself is the after), "~" (changed fields), "-" (the whole)."""

    id = peewee.BigAutoField()
    change = peewee.BigIntegerField(index=True)
    table = peewee.TextField()
    record = peewee.BigIntegerField()
    op = peewee.TextField()
    before = peewee.TextField(null=True)
    after = peewee.TextField(null=True)

    class Meta:
        table_name = "change_entry"
        indexes = ((("record", "id"), False),)


# the recycle bin looks for the few that were deleted among all that was ever written
Entry.add_index(Entry.change, where=(Entry.op == "-"), name="change_entry_deleted")
