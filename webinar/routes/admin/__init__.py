"""The pages of an account's own people."""
