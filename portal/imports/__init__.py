"""The carrier's CSV files: what each kind holds, and how it is read, checked and written."""
