"""What the demo promises, and the files from which some of it comes."""
