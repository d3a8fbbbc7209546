"""What an import holds its facts against."""
