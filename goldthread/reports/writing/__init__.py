"""The report in its forms: figures, web page, PDF, Word document and data files."""
