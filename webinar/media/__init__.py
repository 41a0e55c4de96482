"""Where the picture comes from: one protocol, and an external address, simulated live and a replay behind it."""
