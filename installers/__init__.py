"""Getting Desktop CRM onto a computer, measuring it there, and making its installers."""
