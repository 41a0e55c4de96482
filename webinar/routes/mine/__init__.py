"""A participant's own data: seeing, correcting, taking along, withdrawing, erasing. No login, and no GET changes it."""
