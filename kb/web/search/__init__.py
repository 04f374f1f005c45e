"""The start page, the page of results, feeds, suggestions and trend."""
