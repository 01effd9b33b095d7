"""What people do to what stands at their sites: one module for each kind, acts alone."""
