"""The children in need census out of Goldthread's own records of assessments, enquiries, plans and conferences."""
