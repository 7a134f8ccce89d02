"""Knowledge as files, and what loads and checks them."""
