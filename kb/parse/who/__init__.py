"""People, offices and bodies: who met, and as what."""
