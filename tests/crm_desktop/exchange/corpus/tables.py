"""All recipes of tables: whoever imports this has them among RECIPES."""

from . import (  # noqa: F401
    abroad,
    aftercare,
    benches,
    diaries,
    dossiers,
    everyday,
    exports,
    further,
    habits,
    lines,
    logs,
    neighbours,
    parts,
    programs,
    trades,
    turns,
    wards,
    wider,
)
