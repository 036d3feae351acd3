"""How content customers are: questionnaires, whom to ask and when, answers, and what is done about them."""
