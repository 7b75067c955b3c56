"""The form's token and the receipt's address: signed, as no cookie and no row in the database stands behind them."""

from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, Signer, TimestampSigner
from django.utils.translation import gettext

# Whoever has read a note and typed an answer needs longer; a program does not.
FASTEST = timedelta(seconds=3)
LONGEST = timedelta(days=1)

form_signer = TimestampSigner(salt="comments.form")
receipt_signer = Signer(salt="comments.receipt", sep=".")


def token_for(topic):
    """A token that lets a form be sent for ``topic``, from :data:`FASTEST` to :data:`LONGEST` after now."""
    return form_signer.sign(str(topic.pk))


def objection_to(token, topic):
    """``(sentence, whether the token can be used again)``, or ``None`` if the form may pass."""
    try:
        fits = form_signer.unsign(token, max_age=LONGEST) == str(topic.pk)
    except SignatureExpired:
        return gettext("This form was open for more than a day. Nothing you typed is lost: send it again."), False
    except BadSignature:
        fits = False
    if not fits:
        return gettext("This form did not come from this note’s page. Nothing you typed is lost: send it again."), False
    if _younger_than(FASTEST, token):
        sentence = gettext(
            "That was very quick. Please wait a few seconds and send it again; nothing you typed is lost."
        )
        return sentence, True
    return None


def receipt_for(comment):
    return receipt_signer.sign(str(comment.pk))


def comment_of(receipt):
    """The id of the comment behind ``receipt``, ``None`` if we never gave that receipt."""
    try:
        return int(receipt_signer.unsign(receipt))
    except BadSignature:
        return None


def _younger_than(age, token):
    try:
        form_signer.unsign(token, max_age=age)
    except SignatureExpired:
        return False
    return True
