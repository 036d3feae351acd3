"""The contact person of a customer, chosen among those it has."""

from __future__ import annotations

from typing import Any

from typing_extensions import override

from crm_desktop import contacting
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models.fields import Link
from ui.parts.editors_base import Editor
from ui.parts.editors_choice import ChoosingLine
from ui.parts.suggestions import Option


class PartnerEditor(Editor):
    """A contact person of the customer, or anybody else by name."""

    def __init__(self, field: Link) -> None:
        super().__init__(field)
        self.partners: list[contacting.Partner] = []
        self._id: int | None = None
        self.line = ChoosingLine(lambda: [Option(None, ""), *(Option(p.id, p.name, p.job) for p in self.partners)])
        self.line.chosen.connect(self._chosen)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self.check)
        self.place(self.line)

    def offer(self, partners: list[contacting.Partner], chosen: int | None) -> None:
        """The contact persons of the customer now picked."""
        self.partners = partners
        if self._id is None or self._id not in [p.id for p in partners]:
            self.set_value(chosen if chosen is not None else partners[0].id if partners else None)

    @override
    def value(self) -> Any:
        text = self.line.text().strip()
        if not text:
            return None
        found = next((p.id for p in self.partners if p.name == text), None)
        if found is None:
            raise UserError(
                _("“{name}” is no contact person of this customer. Choose one, or leave it empty.").format(name=text)
            )
        return self._id if self._id in [p.id for p in self.partners if p.name == text] else found

    @override
    def set_value(self, value: Any) -> None:
        self._id = value
        self.line.setText(next((p.name for p in self.partners if p.id == value), ""))
        self.begun()

    @override
    def raw(self) -> Any:
        return self.line.text()

    @override
    def set_raw(self, raw: Any) -> None:
        self.line.setText(raw or "")

    def _chosen(self, option: Option) -> None:
        self._id = option.key
        self.line.setText(option.label)
        self.show_problem("")
        self.edited.emit()

    def _typed(self) -> None:
        self.show_problem("")
        self.edited.emit()
