"""Everything that can be done to a person's record: each a named, checked, complete step, or nothing at all."""
from goldthread.people.actions.chronology import add_entry, replace_entry
from goldthread.people.actions.family import end_relationship, relate, withdraw_relationship
from goldthread.people.actions.homes import add_address, after_move, end_address, mark_safe
from goldthread.people.actions.identity import add_identifier, add_name, add_person, revise_person
from goldthread.people.actions.merging import (
    MergeObjected,
    Objection,
    mark_different,
    merge,
    objections,
    unmerge,
)
from goldthread.people.actions.places import end_place, record_place, withdraw_place
from goldthread.people.actions.protecting import deny, lift_denial, lift_restriction, restrict_person
from goldthread.people.actions.readers import add_readers, after_access_change, refresh_readers, set_readers

__all__ = [
    "MergeObjected", "Objection", "add_address", "add_entry", "add_identifier", "add_name", "add_person", "add_readers",
    "after_access_change", "after_move", "deny", "end_address", "end_place", "end_relationship", "lift_denial",
    "lift_restriction", "mark_different", "mark_safe", "merge", "objections", "record_place", "refresh_readers",
    "relate", "replace_entry", "restrict_person", "revise_person", "set_readers", "unmerge", "withdraw_place",
    "withdraw_relationship",
]
