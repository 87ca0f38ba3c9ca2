"""The harmless file every virus scanner must find, so that a missing scanner is noticed."""
# In two halves, or scanners would find it here.
EICAR = b"EICAR-STANDARD-ANTIVIRUS-" + b"TEST-FILE!"
