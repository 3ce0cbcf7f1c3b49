"""What a browser is shown: pages of text, put together here and asking the server for all that they show."""
