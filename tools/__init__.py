"""Development only; whatever production runs is a management command."""
