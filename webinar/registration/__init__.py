"""Registration: the form, the one unit in which a person registers, and how participants get in."""
