"""Export, erasure and deletion of a webinar with 100,000 participants and 1,000,000 messages.

The whole product serves them on a core of its own, while people in another webinar chat from another process.
SQLite, then PostgreSQL; the floor is a bare `DELETE` whose cascade takes the same rows, in a copy of the same database.
"""
