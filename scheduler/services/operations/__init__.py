"""What watches over the house and clears away."""
