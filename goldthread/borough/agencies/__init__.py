"""The agencies that take part, their schools and practices, and who works in them."""
