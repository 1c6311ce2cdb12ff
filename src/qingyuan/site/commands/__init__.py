"""Pure commands, one module each: `register(subparsers)` adds a parser that sets `run` (args -> int)."""
