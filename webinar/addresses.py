"""E-mail addresses: whether one can be right, and when two are the same."""

from email_validator import EmailNotValidError, validate_email

MAX_LENGTH = 254


def normal_address(text: str) -> str:
    """The address in `text`, tidied; raises ValueError with a sentence for the person who typed it."""
    try:
        return validate_email(text.strip(), check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise ValueError("Please enter an e-mail address like name@example.org.") from error


def address_key(address: str) -> str:
    """What is equal for two ways to write one mailbox. Providers don't tell upper from lower case, so nor do we."""
    return address.strip().casefold()
