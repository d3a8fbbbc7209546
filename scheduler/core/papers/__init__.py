"""The figures that papers tell: a stretch of days summed up."""
