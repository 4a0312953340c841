"""What the page of permissions is made of."""
