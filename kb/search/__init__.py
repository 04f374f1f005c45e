"""Fields, queries and the engines that answer them."""
