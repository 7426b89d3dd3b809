"""From quantities to euros: how many, times what each, booked where. Knows no documents and no stages of a chain."""
