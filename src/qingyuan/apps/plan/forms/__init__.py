"""What people fill in for plans and the work that follows."""
