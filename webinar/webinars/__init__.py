"""Webinars: their catalogue, what can be edited, their lifecycle and the order of what happens in their rooms."""
