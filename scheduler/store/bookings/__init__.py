"""Bookings with their people, what they take, and proposals to move them."""
