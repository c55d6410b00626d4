"""What some commands do once their line is read: nothing here knows typer, so that both can be loaded at once."""
