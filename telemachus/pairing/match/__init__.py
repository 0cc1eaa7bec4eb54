"""`telemachus match`: mentees and mentors in two files, without a database."""
