"""From a partnership's four spreadsheets to checked records, or to one error that lists everything wrong."""
