"""Every process there is, by key."""
from goldthread.access.policy import May
from goldthread.process.definition import Process

_processes: dict[str, Process] = {}


def register(process: Process) -> Process:
    """Make a process known. Raises ValueError when its key or reference prefix is taken."""
    for known in _processes.values():
        if process.key == known.key or process.prefix == known.prefix:
            raise ValueError(f"{process.name}: key {process.key} or prefix {process.prefix} is taken by {known.name}")
    _processes[process.key] = process
    return process


def all_processes() -> list[Process]:
    return list(_processes.values())


def get(key: str) -> Process:
    """The process of that key. Raises KeyError."""
    return _processes[key]


def desk_rights() -> dict[str, tuple[May, May]]:
    """By desk the right of those who work there and that of those who manage it."""
    return {process.desk: (process.worker, process.manager) for process in _processes.values()}
