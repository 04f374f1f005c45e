"""Pages of prose: how to search, and the accessibility statement."""
