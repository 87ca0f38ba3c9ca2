"""Work in the background. Nothing depends on it to be right: it tells, seals, sends and tidies."""
