"""The local translation: what municipalities must do, what is there and what they are paid. Knows no chain, no article."""
