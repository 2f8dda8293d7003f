"""One small file for each kind of finding. ``docs/adding-a-finder.md`` says how to add one."""
