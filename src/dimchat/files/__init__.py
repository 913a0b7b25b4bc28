"""What every room needs of files and of processes of our own: one safe way for each."""
