"""Desktop CRM: customer care for small shops, with every piece of personal data declared once."""

__version__ = "0.1.0"
