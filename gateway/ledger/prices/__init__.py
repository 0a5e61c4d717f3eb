"""What things cost and how much may move: tariffs and limits, data with the dates from which they hold."""
