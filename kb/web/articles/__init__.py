"""Articles that people write, with preview and versions."""
