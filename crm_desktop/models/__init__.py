"""The records of the office."""

from crm_desktop.models.base import Invalid, Record
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.office import ListEntry, Setting, User

__all__ = [
    "Complaint",
    "Contact",
    "Customer",
    "Interaction",
    "Invalid",
    "ListEntry",
    "Position",
    "Record",
    "Setting",
    "User",
]
