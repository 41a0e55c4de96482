"""Accounts, the people who work in them, signing in, and the audit trail."""
