"""Numbers with a meaning: how they are counted, made safe, and let out."""
