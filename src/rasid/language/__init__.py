"""Text into sentences, tokens, phrases and mentions."""
