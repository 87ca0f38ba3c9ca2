"""The lists that Ofsted asks for before an inspection (Annex A), out of Goldthread's own records."""
