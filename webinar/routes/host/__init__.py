"""The host console: running a webinar from one screen."""
