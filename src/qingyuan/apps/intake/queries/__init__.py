"""Read intake: the register, sealed identities, routing, imports."""
