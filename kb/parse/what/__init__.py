"""Title, decisions, undertakings, questions, references and coming meetings."""
