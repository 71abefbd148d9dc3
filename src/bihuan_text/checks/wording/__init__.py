"""What the language says of a text: a lexicon with costs, phrases and their near misses, doubled words, frames (D28, D20)."""
