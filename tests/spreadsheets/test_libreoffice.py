"""An editor opens an exported workbook in LibreOffice, saves it there, and brings it back: nothing has changed."""

import pytest

from apps.organisations.models import Organisation
from tests.spreadsheets.libreoffice import saved_again
from tests.spreadsheets.sheets import AWKWARD, MODELS, bring, counts, exported, fill_portal, label, sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_every_kind_of_record_comes_back_from_libreoffice_unchanged(kind, tmp_path):
    fill_portal()
    # LibreOffice 7.4 drops a tab where a cell of an .ods has several lines, however it is written.
    Organisation.objects.filter(slug="unctad").update(description_en=AWKWARD.replace("\t", " "))
    files = {label(model): exported(model, kind) for model in MODELS}
    resaved = saved_again(kind, files, tmp_path)
    assert all(resaved[name] != data for name, data in files.items())
    for model in MODELS:
        batch = bring(model, resaved[label(model)], kind=kind, confirm=False)
        said = (batch.problems, list(batch.outcomes(("refused", "changed", "new"), 0, 3)))
        assert counts(batch)[:2] + counts(batch)[3:] == (0, 0, 0), (model, said)
        assert not batch.problems, (model, said)
        assert batch.same >= len(sheet_of(model))
