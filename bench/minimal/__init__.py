"""The yardstick: the same rows as a hand-written Django site would show them to the same person, signed in as anybody must
be whom children's records are shown to, with the middleware a new Django project begins with; nobody asks what they may
see, nothing is logged, and there is no navigation. With `BENCH_BARE` set nobody is signed in either."""
