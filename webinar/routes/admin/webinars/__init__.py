"""The admin's pages about webinars: the list, and an editor with a page for each side of one."""
