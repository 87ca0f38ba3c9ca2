"""Missing children: reported, graded, looked for, found, spoken with by somebody independent within 72 hours."""
