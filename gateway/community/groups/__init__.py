"""Groups: chamas and co-operatives' circles, with members, money of their own, meetings and notices."""
