"""What standards, tenders and claims say of themselves: identity, dates, drafters, citations."""
