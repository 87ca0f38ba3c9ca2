"""The casework kernel: processes declared as data, facts stored, everything else worked out."""
