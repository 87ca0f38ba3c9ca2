"""The product's settings for a service whose clock a test sets, and where anybody signs in by one address.

None of this is in the product: it is read only by a server that `tests.browser.service` starts, and stops any other.
"""
import os

from goldthread.config.settings import *  # noqa: F403
from tests.browser.casework import clock

if not (DEMO and os.environ.get(clock.WHERE)):  # noqa: F405
    raise RuntimeError("These settings are for browser tests only")
ROOT_URLCONF = "tests.browser.casework.urls"
clock.keep()
