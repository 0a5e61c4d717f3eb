"""Who knows asks and answers: questions that find their helpers, tips that many hands make better, news of the village with an honest badge."""
