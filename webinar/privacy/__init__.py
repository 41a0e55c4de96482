"""What the platform holds about people: where it is, how it leaves, how it ends."""
