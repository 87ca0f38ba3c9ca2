"""National returns and inspection lists made on pages: asked for, agreed to by other desks, made by the worker, taken."""
