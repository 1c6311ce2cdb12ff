"""The demonstration district 青禾区: invented by a seeded generator, loaded through the real actions."""
