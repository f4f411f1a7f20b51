"""Google Search Console: what people searched for, where the site stood, and what they clicked."""
