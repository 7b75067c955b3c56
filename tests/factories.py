"""Records for tests: complete and public in both languages, so that a test names only what it is about."""

import factory

from apps.content.models import State
from apps.events.models import Event
from apps.glossary.models import GlossaryTerm
from apps.organisations.models import Country, Organisation
from apps.practice.models import Question
from apps.sources.models import Citation, Source
from apps.topics.models import Section, Topic


class RecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True
        skip_postgeneration_save = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        many = {field.name: kwargs.pop(field.name) for field in model_class._meta.many_to_many if field.name in kwargs}
        record = super()._create(model_class, *args, **kwargs)
        for name, rows in many.items():
            getattr(record, name).set(rows)
        return record


class SourceFactory(RecordFactory):
    class Meta:
        model = Source

    slug = factory.Sequence("source-{}".format)
    title_en = factory.Sequence("Source {}".format)
    title_hi = factory.Sequence("स्रोत {}".format)


class CitationFactory(RecordFactory):
    """A general citation; give ``record``, and ``fact`` with ``value_en`` for what the source states."""

    class Meta:
        model = Citation

    source = factory.SubFactory(SourceFactory)
    position = factory.Sequence(lambda number: number + 1)


class CountryFactory(RecordFactory):
    class Meta:
        model = Country

    code = factory.Sequence(lambda number: chr(65 + number // 26 % 26) + chr(65 + number % 26))
    name_en = factory.Sequence("Country {}".format)
    name_hi = factory.Sequence("देश {}".format)


class ContentFactory(RecordFactory):
    class Meta:
        abstract = True

    state = State.PUBLISHED


class GlossaryTermFactory(ContentFactory):
    class Meta:
        model = GlossaryTerm

    slug = factory.Sequence("term-{}".format)
    term_en = factory.Sequence("Term {}".format)
    term_hi = factory.Sequence("शब्द {}".format)
    definition_en = "What the term means."
    definition_hi = "इस शब्द का अर्थ।"


class OrganisationFactory(ContentFactory):
    class Meta:
        model = Organisation

    slug = factory.Sequence("organisation-{}".format)
    name_en = factory.Sequence("Organisation number {}".format)
    name_hi = factory.Sequence("संगठन संख्या {}".format)
    kind = Organisation.Kind.MULTILATERAL_FORUM
    founded = "1964"
    description_en = "What it is."
    description_hi = "यह क्या है।"


class EventFactory(ContentFactory):
    class Meta:
        model = Event

    slug = factory.Sequence("event-{}".format)
    title_en = factory.Sequence("Conference number {}".format)
    title_hi = factory.Sequence("सम्मेलन संख्या {}".format)
    summary_en = "What happened."
    summary_hi = "क्या हुआ।"
    start = "1987-10-02"


class TopicFactory(ContentFactory):
    """A note; ``sections=2`` gives it that many sections."""

    class Meta:
        model = Topic

    slug = factory.Sequence("note-{}".format)
    title_en = factory.Sequence("Study note {}".format)
    title_hi = factory.Sequence("अध्ययन नोट {}".format)
    summary_en = "What the note is about."
    summary_hi = "नोट किस बारे में है।"
    key_points_en = "The first point.\nThe second point.\nThe third point."
    key_points_hi = "पहला बिन्दु।\nदूसरा बिन्दु।\nतीसरा बिन्दु।"
    position = factory.Sequence(lambda number: number + 1)
    author_en = "A teacher"
    author_hi = "एक अध्यापक"

    @factory.post_generation
    def sections(self, create, count, **kwargs):
        for number in range(1, (count or 0) + 1):
            SectionFactory(topic=self, position=number, anchor=f"section-{number}")


class SectionFactory(RecordFactory):
    class Meta:
        model = Section

    topic = factory.SubFactory(TopicFactory)
    position = 1
    anchor = factory.Sequence("section-{}".format)
    heading_en = factory.Sequence("Heading {}".format)
    heading_hi = factory.Sequence("शीर्षक {}".format)
    body_en = "The text of the section."
    body_hi = "खण्ड का पाठ।"


class QuestionFactory(RecordFactory):
    class Meta:
        model = Question

    topic = factory.SubFactory(TopicFactory)
    position = factory.Sequence(lambda number: number + 1)
    question_en = "Which came first?"
    question_hi = "पहले क्या हुआ?"
    choices_en = "Bandung\nBelgrade"
    choices_hi = "बांडुंग\nबेलग्रेड"
    correct = 1
    answer_en = "Bandung, in 1955."
    answer_hi = "बांडुंग, 1955 में।"
