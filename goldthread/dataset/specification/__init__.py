"""What a return is made of, as frozen declarations checked before they serve. No Django here."""
