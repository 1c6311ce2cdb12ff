"""What an installation needs around the system: service, proxy, container, backup and restore."""
