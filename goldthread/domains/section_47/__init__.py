"""Strategy discussion and section 47 enquiry."""
