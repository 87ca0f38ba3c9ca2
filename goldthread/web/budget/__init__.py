"""Pages of the partnership's money."""
