"""What a change can be, to choose from in the operation log, and how it is told in SQL."""

from __future__ import annotations

from typing import Final

from crm_desktop.i18n import N_
from crm_desktop.store import traces

KINDS: Final = {
    "created": N_("Created"),
    "changed": N_("Changed"),
    "deleted": N_("Deleted"),
    "imported": N_("Imported"),
    "merged": N_("Merged"),
    "undone": N_("Undone or done again"),
    "tier": N_("Tier changed"),
    "office": N_("Settings, lists, colleagues"),
    "kept safe": N_("Restored, repaired or upgraded"),
    "exported": N_("Exported"),
    "printed": N_("Printed"),
    "opened": N_("File opened or closed"),
}
"""What a change can be, to choose from (msgids)."""
_HAS: Final = "EXISTS (SELECT 1 FROM change_entry e WHERE e.change = c.id AND e.op = '{op}')"
CONDITIONS: Final = {
    "created": f"c.undoes IS NULL AND c.action <> 'Import' AND {_HAS.format(op='+')}",
    "changed": f"c.undoes IS NULL AND c.action <> 'Import' AND {_HAS.format(op='~')}",
    "deleted": f"c.undoes IS NULL AND {_HAS.format(op='-')}",
    "imported": "c.undoes IS NULL AND c.action = 'Import'",
    "merged": "c.action LIKE 'Merge %'",
    "undone": "c.undoes IS NOT NULL",
    "tier": "EXISTS (SELECT 1 FROM change_entry e WHERE e.change = c.id AND e.\"table\" = 'customer' AND e.op = '~'"
    " AND (json_extract(e.before, '$.tier') IS NOT NULL OR json_extract(e.after, '$.tier') IS NOT NULL))",
    "office": "EXISTS (SELECT 1 FROM change_entry e WHERE e.change = c.id"
    " AND e.\"table\" IN ('setting', 'choice', 'user'))",
    "kept safe": "c.action IN ('Restore backup', 'Restore from backup', 'Repair', 'Upgrade')",
    "exported": f"c.action = '{traces.EXPORTED}'",
    "printed": f"c.action = '{traces.PRINTED}'",
    "opened": f"c.action IN ('{traces.OPENED}', '{traces.CLOSED}')",
}
"""By kind, of a change c."""
