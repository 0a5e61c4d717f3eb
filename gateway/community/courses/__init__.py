"""Day by day: tips strung together, one a day by SMS. Many hands wrote them, whoever knows one better mends it, and it goes on mended."""
