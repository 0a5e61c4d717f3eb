"""The co-creation dividend: what members' own work has saved goes back to them, by use and by help."""
