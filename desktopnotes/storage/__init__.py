"""What lies on disk: the notebook file, backups, settings, folders; never media or export."""
