"""How much a word reads like Hindi, and how much like English, told by its pairs of letters.

Two ways to read the same keys are held against each other: is ``fodkl`` an English word, or विकास? The pairs are
counted in two short lists of words, common ones and those of this field; so they know how a language looks, not which
words it has.
"""

import math
import unicodedata
from collections import Counter
from functools import cached_property
from itertools import pairwise

HINDI_WORDS = """
का के की को में से ने पर और है हैं था थे थी थीं हो हुआ हुई हुए होता होती होते होना होने कि जो यह वह ये वे इस
उस इन उन इसके उसके उनके इसकी उनकी इसका उनका इसे उसे उन्हें इन्हें इसमें इनमें जिसमें जिसके जिनके जिन जिस एक
दो तीन चार पाँच दस भी ही तो तक तथा एवं या व अथवा लेकिन परन्तु किन्तु इसलिए क्योंकि यदि जब तब अब कब कहाँ यहाँ
वहाँ जहाँ कैसे क्या कौन कोई कुछ सब सभी हर कई बहुत अधिक कम लिए साथ बाद पहले बीच द्वारा रूप ओर तरफ बारे अनुसार
कारण अन्य अपने अपना अपनी आप हम मैं तुम मेरा उन्होंने इन्होंने नहीं न मत कर करना करने करते करता करती करें
किया किए कहा कहते गया गई गए जाता जाती जाते जाना जाए जाने दिया दी दिए देता देना देने लिया लेना रहा रही रहे
सकता सकते सकती चाहिए बना बनाना बनाने बनी बने मिला मिल वाले वाली वाला आया आई आए आज कल वर्ष दिन माह समय काल
पूर्व नई नए नया भारत देश देशों राष्ट्र राष्ट्रों राष्ट्रीय अंतरराष्ट्रीय विश्व दुनिया दक्षिण उत्तर सहयोग
विकास विकासशील विकसित अल्पविकसित आर्थिक व्यवस्था अर्थव्यवस्था व्यापार सम्मेलन संगठन समूह संघ संयुक्त आयोग
बैठक शिखर स्थापना सदस्य सदस्यों सम्बन्ध सम्बन्धों संवाद नीति नीतियों सरकार जनता लोग लोगों समाज सामाजिक
राजनीतिक सांस्कृतिक शिक्षा विज्ञान तकनीक तकनीकी प्रौद्योगिकी कृषि उद्योग ऊर्जा ऋण सहायता निवेश पूँजी बैंक
मुद्रा बाज़ार वित्त वित्तीय विदेश मंत्री मंत्रियों मन्त्री प्रधानमंत्री राष्ट्रपति अध्यक्ष महासचिव महासभा
परिषद घोषणा घोषणापत्र प्रस्ताव संकल्प निर्णय समझौता सन्धि शान्ति युद्ध स्वतंत्र स्वतंत्रता समानता सिद्धान्त
आन्दोलन गुटनिरपेक्ष निर्भरता आत्मनिर्भरता क्षेत्र क्षेत्रीय एशिया अफ्रीका लैटिन अमेरिका यूरोप चीन नेपाल
पाकिस्तान श्रीलंका दिल्ली नाम पूरा प्रमुख मुख्य महत्वपूर्ण विशेष प्रथम द्वितीय तृतीय अंत आरम्भ प्रयास प्रयोग
प्रकार परिणाम प्रभाव प्रक्रिया प्रगति प्रश्न उत्पादन उद्देश्य लक्ष्य आवश्यकता समस्या समस्याओं भूमिका कार्य
कार्यक्रम योजना परियोजना संस्था संस्थाओं अधिकार कानून नियम मानव जीवन घर पानी काम बात शब्द भाषा हिन्दी
अंग्रेज़ी पुस्तक पाठ छात्र विद्यालय विश्वविद्यालय जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर
अक्टूबर नवम्बर दिसम्बर राजधानी खण्ड हिन्द महासागर पश्चिम पश्चिमी अफ्रीकी ध्यान पंक्ति स्थायी अधिवेशन सचिवालय
शर्त स्रोत सन्दर्भ समुदाय सम्पर्क विचार विवाद
"""
ENGLISH_WORDS = """
the of and to in a is was that for on with as by at from it its be are were has have had this these those
which who whose what when where how why not no or but if than then so such also an their they them there his
her he she we our us you your i all any each every both more most many much some other others another one
two three four five ten first second third new old own same between among within without under over after
before during since until while about against into through out up down only even very still yet can could
may might must shall should will would do does did done been being make made makes making take took taken
give gave given call called come came go went see say said world country countries nation nations national
international united south north east west southern northern cooperation development developing developed
economic economy economies order trade conference organisation organization group union african asian latin
america africa asia europe india china brazil indonesia egypt yugoslavia nepal pakistan delhi movement
aligned summit meeting member members state states government people peoples society social political
cultural education science technology technical agriculture industry energy debt aid assistance investment
capital bank money market finance financial foreign minister ministers president chair secretary general
assembly council declaration resolution decision agreement treaty peace war free freedom independence
independent equality principle principles policy policies dependence interdependence self reliance region
regional area field share name full main important special beginning end effort use kind result effect
process progress question production aim goal need problem problems role work programme programmes plan
project projects institution institutions right rights law rule human life home water thing word words
language book text note student school university january february march april june july august september
october november december year years day month century held met founded signed adopted asked wrote began
grew became known early late later long short high low large small great good poor rich common mutual equal
global local public private knowledge experience training health food climate change security support growth
raise report exchange help themselves whole never part place time way well back however because although
therefore
"""
HALF = math.log(0.5)
# What each pair is counted as seen, though it was not: the lists are short.
UNSEEN = 0.1


class Language:
    """The look of a language: how likely each of its words is, in natural logarithms.

    Half of all words are taken to be on its list, the other half to be like those on it.
    """

    def __init__(self, words, *, letters):
        self.words = unicodedata.normalize("NFC", words).split()
        self.letters = letters  # how many there are: an unseen pair is one of so many

    @cached_property
    def _known(self):
        words = set(self.words)
        return dict.fromkeys(words, HALF - math.log(len(words)))

    @cached_property
    def _pairs(self):
        """The logarithms of how often a letter follows another, and of how often one that was never seen there does."""
        seen = Counter(pair for word in self._known for pair in pairwise(f" {word} "))
        first = Counter()
        for (letter, _next), count in seen.items():
            first[letter] += count
        times = {letter: count + UNSEEN * self.letters for letter, count in first.items()}
        pairs = {pair: math.log((count + UNSEEN) / times[pair[0]]) for pair, count in seen.items()}
        return pairs, {letter: math.log(UNSEEN / count) for letter, count in times.items()}

    def likelihood(self, word):
        """The logarithm of how likely ``word`` is among the language's words: the nearer to 0, the likelier."""
        if word in self._known:
            return self._known[word]
        pairs, unseen = self._pairs
        stranger = -math.log(self.letters)
        return HALF + sum(pairs.get(pair, unseen.get(pair[0], stranger)) for pair in pairwise(f" {word} "))


HINDI = Language(HINDI_WORDS, letters=70)
ENGLISH = Language(ENGLISH_WORDS, letters=30)
