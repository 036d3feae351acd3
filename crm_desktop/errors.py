"""What may go wrong without being a bug."""


class UserError(Exception):
    """Trouble the user can cause or cure; its text is a whole sentence, shown as it is, that says what to do."""
