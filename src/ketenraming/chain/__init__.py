"""People, months and rates: stages and routes as a declaration, and the kernel that moves it. Knows no euros."""
