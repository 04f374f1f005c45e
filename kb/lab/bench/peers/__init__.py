"""Other engines, asked the same questions over the same tokens."""
