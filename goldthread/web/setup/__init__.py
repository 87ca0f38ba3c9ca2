"""Setting up a partnership, for its administrators and business managers: a task list, and first of all the first one."""
