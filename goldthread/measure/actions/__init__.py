"""Everything that is written about the scorecard by people."""
from goldthread.measure.actions.looking import look
from goldthread.measure.actions.publishing import load_published
from goldthread.measure.actions.releasing import drop, mend, prepare, sign, signatures
from goldthread.measure.actions.saying import answer, challenge, comment
from goldthread.measure.actions.wards import load_wards

__all__ = ["answer", "challenge", "comment", "drop", "load_published", "load_wards", "look", "mend", "prepare", "sign",
           "signatures"]
