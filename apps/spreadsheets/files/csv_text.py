"""Tables of texts as CSV.

UTF-8 with a byte order mark, without which Excel shows Hindi as rubbish. Texts that a spreadsheet program would run get
an apostrophe (``inert.py``). All else stands as it is, quoted where it must be: commas, quotes, LF, CR, a byte order
mark, and blanks, which the reader takes for a blank cell. CSV has no types: a program that opens it may turn 007 into
7, where the workbooks keep 007.
"""

import codecs
import csv
import io

from apps.spreadsheets.files.cells import batches
from apps.spreadsheets.files.inert import inert


def write(sheet, file):
    file.write(codecs.BOM_UTF8)
    for batch in batches(sheet.columns, sheet.rows):
        stream = io.StringIO(newline="")
        csv.writer(stream).writerows([map(inert, row) for row in batch.rows])
        file.write(stream.getvalue().encode())
