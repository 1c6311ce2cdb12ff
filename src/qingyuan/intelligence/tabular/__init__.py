"""What the columns of a spreadsheet of letters mean, and what their cells say. Pure: reads no file."""
