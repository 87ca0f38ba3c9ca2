"""Pre-proceedings and care proceedings."""
