"""The proof of an erasure: what somebody left is looked for in every byte, raw and decoded, and found nowhere."""
