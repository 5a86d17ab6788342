"""Recipe of the shipped Mandarin recogniser: text, synthesis, training, language model, export, evaluation."""
