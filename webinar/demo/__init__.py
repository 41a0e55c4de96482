"""A running example: an account with three webinars, and somebody else's page that embeds one."""
