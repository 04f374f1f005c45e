"""Swedish words: tokenizing, lemmas and stems, compounds, equivalents."""
