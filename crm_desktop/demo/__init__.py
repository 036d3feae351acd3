"""An invented Chinese office to try the program with: lifelike, and always the same for the same seed and day."""

from crm_desktop.demo.making import make

__all__ = ["make"]
