"""Pages of plans, tasks, 督办, campaigns and meetings."""
