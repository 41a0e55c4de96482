"""Webinars: their lifecycle, their catalogue and the order of what happens in their rooms."""
