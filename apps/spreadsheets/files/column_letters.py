"""What spreadsheet programs call a column. Imports nothing: the processes that take a file apart need it too."""


def letters_of(number):
    """``A`` for 1, ``AA`` for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
