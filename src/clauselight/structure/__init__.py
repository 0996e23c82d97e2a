"""What stands over a place: clause headings, owners in code, open elements, tables, pages. Part of what decides."""
