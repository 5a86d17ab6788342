"""Recipe of a small Chinese sentence encoder: paraphrases from patterns, a two-layer BERT, a contrastive loss."""
