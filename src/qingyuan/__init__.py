"""清源: an open system for the fight against IP infringement and counterfeit goods."""
