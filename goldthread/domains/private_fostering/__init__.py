"""Private fostering: a child lives with somebody who is no close relative; the council sees that they are well."""
