"""What people say in a room: chat, questions, moderation, and what changed after a given moment."""
