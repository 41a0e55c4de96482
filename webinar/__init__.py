"""A self-hosted, privacy-first webinar platform."""
