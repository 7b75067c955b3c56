"""The corpus that the legacy-font check is measured on: damaged acronyms and sentences, and clean ones.

Damage is made as it comes about: an acronym's letters are taken for keys of Kruti Dev and converted (``to_unicode``),
a Hindi sentence is typed in the font and never converted (``to_keys``). Both ways are the table of
``apps/languages/legacy/kruti_dev.py``. The sentences are those that the portal ships, in both languages, and a family
with the rare forms that a careless check would accuse.
"""

import functools
import itertools

import regex

from apps.languages.legacy.kruti_dev import to_keys, to_unicode
from tests.shipped import FILES, rows

ACRONYMS = """
UN UNO UNCTAD UNDP UNEP UNESCO UNICEF UNIDO UNFPA UNHCR UNOSSC UNGA UNSC UNITAR UNCITRAL UNFCCC UNECA
ESCAP ECLA ECLAC ECA ECE ECOSOC WHO WTO WIPO WFP WMO ILO IMF IBRD IDA IFC IFAD IAEA ICAO IMO ITU ITC ICJ
FAO GATT GATS TRIPS TRIMS GEF GSP GSTP SAARC SAPTA SAFTA ASEAN AFTA ARF BIMSTEC IORA IOR-ARC IBSA BRICS
BASIC BRI AIIB NDB ADB BADEA OPEC OAPEC OECD DAC OEEC G-7 G-8 G-10 G-15 G-20 G-24 G-33 G-77 G77 G-90 D-8
D8 L-69 P-5 E-7 NAM NIEO TCDC ECDC SSC OAU AU NEPAD AFCFTA ECOWAS ECCAS COMESA SADC SADCC SACU EAC IGAD
CEMAC UEMOA UMA CEN-SAD CARICOM CARIFTA OECS CACM SELA LAFTA LAIA ALADI ALBA CELAC UNASUR MERCOSUR CAN
OAS OIC GCC LAS ACP ACS APEC SCO SEATO CENTO NATO ANZUS CSTO CIS EU EEC EC EFTA NAFTA USMCA RCEP CPTPP
TPP FTA PTA RTA CECA CEPA BIT FDI FII ODA LDC LLDC SIDS HIPC MDG SDG MDRI PRSP SAP MNC TNC NGO CSO PPP
ITEC SCAAP ICCR RIS CII FICCI ASSOCHAM EXIM NABARD RBI SBI DPA MEA JICA KOICA TIKA USAID DFID CIDA SIDA
NWFZ NPT CTBT IPCC COVAX GAVI CDM AAPSO OSPAAAL UNAMSA PLO ANC SWAPO
"""
# Where an acronym stands: in mid-sentence, in brackets that were kept or converted too, at a sentence's end.
PLACES = [
    "विकासशील देशों ने {} की बैठक में यह प्रश्न उठाया।",
    "इस संगठन ({}) की स्थापना के बाद व्यापार बढ़ा।",
    "इस संगठन ;{}द्ध की स्थापना के बाद व्यापार बढ़ा।",
    "भारत भी इसका सदस्य है और {} में उसकी बात सुनी गई।",
    "दक्षिण के देशों के लिए {}, जो बाद में बना, एक मंच है।",
    "{} के सम्मेलन में 44 देश आए।",
]

# Rare, but Hindi (or Marathi, or a mark): a final half letter, ऑ ऍ ळ, a joiner, a nukta, Indian digits.
RARE_WORDS = """
अर्थात् जगत् वाक् कुत् विद्युत् सम्यक् पृथक् भगवान् श्रीमान् महान् बृहत् महत् तत् सत् चित् यत् किंचित्
कदाचित् पश्चात् साक्षात् हठात् सम्पत् परिषद् संसद् उपनिषद् शरद् स्वयम् दिक् प्राक् षट् सम्राट् विराट्
ठक्-ठक् छप्-छप् टप् फट् छठ डट फट फटफट खटखट डफ छट टट ठट फट-फट ज्ञ श्रम यज्ञ ऑफ़िस ऑस्ट्रेलिया डॉलर कॉलेज
ऍप बॅंक अॅप टिळक काळे फळ बाळ मराठी-ळ छळ क्‍या शक्‍ति क्‌ष राज्‍य अन्‍य विश्‍व पढ़ना ज़रूरत फ़रवरी ग़ालिब
क़लम ख़ास १९७७ २१वीं ४४ डब्ल्यूटीओ यूएनडीपी जी-77 जी77 डी-8 समूह-77 49वीं 1990-91 1995-96 2/3 दुःख
प्रातः अतः छः नमः ऋण ॐ ऽ पितृ कृत्तिवास ह्रास चिह्न ब्रह्म आह्वान द्वन्द्व स्त्री स्नान श्मशान उज्ज्वल
तत्त्व महत्त्व सन्न्यास कार्त्तिक र‍्याल र्‍हास जीवन तीन पद वन मदन सहमत समझ डैड क्लैट
"""
LATIN_WORDS = """
WTO GATT NAM G-15 G-77 G-77+China R&D HIV/AIDS COVID-19 U.N.O NGOs MNCs SDG-17 BRICS+ A/RES/3201(S-VI)
TD/B/EX(68)/2 https://unctad.org/topic/trade www.g77.org info@unossc.org doi:10.1080/00358530500033158
[^1] `ॅज्व्` `Hkkjr` [^टिप्पणी] 3.5 18.75 [G-77](organisation:group-of-77)
[डी-8](https://developing8.org/ds/dh/gS) **WTO** *NAM* “IORA” Nkrumah Nyéréré Türkiye Bandaranaike
Cooperación Tlatelolco Yaoundé iPhone YouTube McDonald's
"""
CLEAN_PLACES = [
    "इस पाठ में {} का उल्लेख है।",
    "{} के बारे में देशों ने विचार किया।",
    "सम्मेलन ने कहा कि “{}” पर फिर बात होगी।",
    "- {}: पहला उदाहरण",
    "यह पुराना रूप ({}) अब भी चलता है।",
    "अन्त में यही बचा: {}।",
    "| {} | दक्षिण | 1977 |",
    "1. **{}**, और उसके बाद का समय",
    "पहले देखें {}।फिर आगे बढ़ें।",
    "Hindi readers write {} here, and that is right.",
]
ENGLISH = [
    "The South's own institutions (the G-77, the NAM and the D-8) keep small offices.",
    "Cf. pp. 14-29, ibid.; vol. 3, no. 2; 2nd ed. (rev.), tr. by A. K. Das.",
    "Conferência de Solidariedade dos Povos da África, Ásia e América Latina",
    "Mouvement des non-alignés; Organisation de l'unité africaine",
    "Uttar-Dakshin samvad aur Dakshin Ayog ki report, 1990",
    "if (x<y && z>w) { k = d[k]; } // a comment",
    "Agência Brasileira de Cooperação, Mercosur/Mercosul, ALBA-TCP",
    "CO2, km2, kg, H2O; 4x4; 5G; SARS-CoV-2; mRNA; pH 7",
]

# A text is cut where a reader would stop: after । or a full stop, and at a line's end.
SENTENCE_END = regex.compile(r"(?<=[।.?])\s+|\n+")
MARKDOWN = regex.compile(r"\]\([^)]*\)|\[\^[^\]]*\]:?|[\[\]*|#>]")
HINDI_WORD = regex.compile("[\u0900-\u0963\u0971-\u097f]+")


@functools.cache
def shipped(language):
    """The sentences of the portal's content in ``language``, each once, Markdown and all."""
    found = {}
    for path in FILES:
        for row in rows(path):
            for name, value in row["fields"].items():
                if isinstance(value, str) and name.endswith(f"_{language}"):
                    found |= dict.fromkeys(sentence.strip() for sentence in SENTENCE_END.split(value))
    return [sentence for sentence in found if sentence]


def damaged_acronyms():
    """``(acronym, sentence, place)``: each acronym, damaged, at that place of two sentences."""
    for (number, acronym), turn in itertools.product(enumerate(ACRONYMS.split()), (0, 1)):
        around = PLACES[(number + 3 * turn) % len(PLACES)]
        yield acronym, around.format(to_unicode(acronym)), around.index("{}")


def typed_sentences():
    """``(sentence, its keys)`` of every shipped Hindi sentence of four words or more, its Markdown left out."""
    for sentence in shipped("hi"):
        plain = MARKDOWN.sub("", sentence).strip(" -")
        if len(plain.split()) >= 4 and not regex.search("[A-Za-z]", plain):
            yield plain, to_keys(plain)


def clean_sentences():
    """What the check has to leave in peace."""
    family = [place.format(word) for word in (RARE_WORDS + LATIN_WORDS).split() for place in CLEAN_PLACES]
    return [*shipped("hi"), *shipped("en"), *family, *ENGLISH, *ACRONYMS.split()]
