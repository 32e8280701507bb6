"""Loading England's registers, beside the databases' own loaders of the same files."""
