"""The local translation: what municipalities must do, what is there, what they are paid. Knows no chain, no article."""
