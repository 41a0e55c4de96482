"""Backups that forget: encrypted archives of an installation, and restoring them without bringing back the erased."""
