"""`webinar flood`: thousands of viewers in one webinar of one's own, to see what an installation carries."""
