"""A campaign with its dates, and how far its first hour has come."""
