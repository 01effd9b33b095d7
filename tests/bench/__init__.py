"""What the portal costs, measured beside what one would use instead."""
