"""psycopg, let in when somebody works with a server: crm_desktop/__init__.py keeps it out until then."""

import sys

if sys.modules.get("psycopg", "") is None:
    del sys.modules["psycopg"]

import psycopg
from psycopg import conninfo
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader
from psycopg.pq import TransactionStatus

__all__ = ["Buffer", "Dumper", "Loader", "TransactionStatus", "conninfo", "psycopg"]
