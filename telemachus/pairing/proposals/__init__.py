"""What a director proposes for several mentees at once: worked out, shown, compared, accepted in whole or in part."""
