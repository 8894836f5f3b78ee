"""Opening hours as people write them, and as they are read back to them."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.domain.hours import HoursError, mend, parse, sentence

NBSP = "\u00a0"


def spoken(text):
    """With plain spaces, to be compared; that they do not break is a test of its own."""
    return sentence(text).replace(NBSP, " ")


class TestMend:
    @pytest.mark.parametrize(
        "rule",
        [
            "Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00",
            "24/7",
            "off",
            "Mo-Fr 09:00-12:00; PH off",
            'Mo-Fr 09:00-12:00 "sur rendez-vous"',
            "week 1-53/2 Mo 09:00-12:00",
            "Tu[1] 14:00-16:00",
            "Jul-Aug Mo-Fr 09:00-12:00",
        ],
    )
    def test_a_good_rule_stays_as_it_is(self, rule):
        assert mend(rule) == (rule, None)

    @pytest.mark.parametrize(
        ("written", "rule"),
        [
            ("Mo-Fr 9:00-12:00", "Mo-Fr 09:00-12:00"),
            ("Mo-Fr 09:00 - 12:00", "Mo-Fr 09:00-12:00"),
            ("Mo-Fr 09:00–12:00", "Mo-Fr 09:00-12:00"),
            ("mo-fr 09:00-12:00; ph off", "Mo-Fr 09:00-12:00; PH off"),
            ("Mo, Tu 09:00-12:00", "Mo,Tu 09:00-12:00"),
            ("Mo-Fr 09:00-12:00;", "Mo-Fr 09:00-12:00"),
            ("Mo-Fr 09:00-12:00;Sa 09:00-12:00", "Mo-Fr 09:00-12:00; Sa 09:00-12:00"),
            ("Mo-Fr 09:00-12:00; 14:00-17:00", "Mo-Fr 09:00-12:00,14:00-17:00"),
            (f"Mo-Fr{NBSP}09:00-12:00", "Mo-Fr 09:00-12:00"),
            ("PH off; Mo-Fr 09:00-12:00", "Mo-Fr 09:00-12:00; PH off"),
            ('Mo-Fr 09:00-12:00; "sur rendez-vous"', 'Mo-Fr 09:00-12:00 || unknown "sur rendez-vous"'),
            ('Sa "sur rendez-vous"; Mo 09:00-12:00', 'Sa unknown "sur rendez-vous"; Mo 09:00-12:00'),
        ],
    )
    def test_what_is_nearly_a_rule_becomes_one(self, written, rule):
        assert mend(written) == (rule, "Horaires mis en forme.")

    @pytest.mark.parametrize(
        ("written", "rule"),
        [
            ("Lu-Ve 9h-12h", "Mo-Fr 09:00-12:00"),
            ("Du lundi au vendredi : 9h30-12h30 / 14h-17h", "Mo-Fr 09:30-12:30,14:00-17:00"),
            ("LUNDI 9H-12H", "Mo 09:00-12:00"),
            ("lundi 9 heures à 12 heures 30", "Mo 09:00-12:30"),
            ("lundi 09 h 00 à 12 h 00", "Mo 09:00-12:00"),
            ("lundi de 9h30à 12h", "Mo 09:30-12:00"),
            ("Lundi 9h – midi", "Mo 09:00-12:00"),
            ("mardi 14-18h", "Tu 14:00-18:00"),
            ("Mardi matin 9h-12h", "Tu 09:00-12:00"),
            ("Tous les mardis de 14h à 17h", "Tu 14:00-17:00"),
            ("Lundi, mardi et jeudi 9h-12h", "Mo,Tu,Th 09:00-12:00"),
            ("lundi/mardi 9h-12h", "Mo,Tu 09:00-12:00"),
            ("Lun.-Ven. 9h-12h", "Mo-Fr 09:00-12:00"),
            ("mer 14h-17h ; sam 9h-12h", "We 14:00-17:00; Sa 09:00-12:00"),
            ("Lundi : 9h-12h Mardi : 14h-17h", "Mo 09:00-12:00; Tu 14:00-17:00"),
            ("lundi 9h-12h\nmardi 14h-17h", "Mo 09:00-12:00; Tu 14:00-17:00"),
            ("Lu 9:00-12:00 13:00-17:00", "Mo 09:00-12:00,13:00-17:00"),
            ("Du mardi au samedi de 10 h à 18 h 30.", "Tu-Sa 10:00-18:30"),
            ("Ouvert du lundi au vendredi de 9h à 12h et de 14h à 17h", "Mo-Fr 09:00-12:00,14:00-17:00"),
            ("tous les jours 9h-12h et 14h-18h", "Mo-Su 09:00-12:00,14:00-18:00"),
            ("7j/7 9h-18h", "Mo-Su 09:00-18:00"),
            ("le week-end 10h-12h", "Sa-Su 10:00-12:00"),
            ("lundi 22h-2h", "Mo 22:00-02:00"),
            ("lundi fermé ; mardi 9h-12h", "Mo off; Tu 09:00-12:00"),
            ("Mardi 9h-12h ; fermé les jours fériés", "Tu 09:00-12:00; PH off"),
            ("Mardi 9h-12h ; jours fériés : fermé", "Tu 09:00-12:00; PH off"),
            ("Mardi 9h-12h, fermé pendant les vacances scolaires", "Tu 09:00-12:00; SH off"),
            ("mardi 9h-12h ; vacances scolaires : 14h-17h", "Tu 09:00-12:00; SH 14:00-17:00"),
            ("dimanche et lundi : fermé. Mardi à samedi 9h-12h", "Su,Mo off; Tu-Sa 09:00-12:00"),
            (unicodedata.normalize("NFD", "lundi fermé ; mardi 9h à 12h"), "Mo off; Tu 09:00-12:00"),
            ("lundi\u00a0: 9\u00a0h\u00a0–\u00a012\u00a0h", "Mo 09:00-12:00"),
            ("lundi 9h à12h", "Mo 09:00-12:00"),
            ("9h-12h lundi", "Mo 09:00-12:00"),
            ("9h - 12h / 14h - 17h du lundi au vendredi inclus", "Mo-Fr 09:00-12:00,14:00-17:00"),
            ("lundi matin : 9h-midi", "Mo 09:00-12:00"),
            ("lundi 9h-12h et l’après-midi de 14h à 17h", "Mo 09:00-12:00,14:00-17:00"),
            ("les mardis après midi de 14 h à 17 h", "Tu 14:00-17:00"),
            ("La semaine de 9h à 12h, le samedi de 10h à 12h", "Mo-Fr 09:00-12:00; Sa 10:00-12:00"),
            ("mardi - mercredi - vendredi 9h-12h", "Tu,We,Fr 09:00-12:00"),
            ("Lundi 14h-17hMardi 9h30-12h", "Mo 14:00-17:00; Tu 09:30-12:00"),
            ("tous les jours, 9h -12h30; 14h - 18h", "Mo-Su 09:00-12:30,14:00-18:00"),
            ("lundi 8h30 – 12h30 | 13h30 – 17h30", "Mo 08:30-12:30,13:30-17:30"),
            ("Accueil public : mardi 15h-18h", "Tu 15:00-18:00"),
            ("lundi au vendredi 9h-17h, fermé le mercredi", "Mo-Fr 09:00-17:00; We off"),
        ],
    )
    def test_french_becomes_a_rule(self, written, rule):
        assert mend(written) == (rule, "Horaires mis en forme.")

    @pytest.mark.parametrize(
        ("written", "rule"),
        [
            ("lundi 9h/12h", "Mo 09:00-12:00"),
            ("Lun au ven : 9h/12h 14h/17h", "Mo-Fr 09:00-12:00,14:00-17:00"),
            ("du lundi au vendredi 8h45/12h00 - 13h30/17h00", "Mo-Fr 08:45-12:00,13:30-17:00"),
            ("mar 16h/17h30 - mer 9h/12h", "Tu 16:00-17:30; We 09:00-12:00"),
            ("mardi 9h30/14h", None),  # two sessions that begin then?
            ("mardi 12h/9h", None),
            ("mardi 9h/12h, 14h-17h", None),
        ],
    )
    def test_a_slash_between_two_hours_means_until_where_it_does_so_throughout(self, written, rule):
        assert mend(written)[0] == rule

    @pytest.mark.parametrize(
        ("written", "rule"),
        [
            ("le 1er mardi du mois de 9h à 12h", "Tu[1] 09:00-12:00"),
            ("2ème et 4ème lundi 14h - 17h", "Mo[2,4] 14:00-17:00"),
            ("Les deuxième et quatrième jeudis du mois : 14h-17h", "Th[2,4] 14:00-17:00"),
            ("dernier vendredi de chaque mois 9h-12h", "Fr[-1] 09:00-12:00"),
            ("1er mardi et jeudi 9h-12h", None),  # the first Thursday, or each?
            ("lundi et 1er mardi 9h-12h", None),
            ("le premier mardi de juillet 9h-12h", None),
        ],
    )
    def test_days_of_the_month_are_those_with_a_rank(self, written, rule):
        assert mend(written)[0] == rule

    @pytest.mark.parametrize(
        ("written", "rule"),
        [
            ("9h-12h; 9h-12h; fermé; 9h-12h; 14h - 17h; ; ", "Mo,Tu,Th 09:00-12:00; Fr 14:00-17:00"),
            ("9h-12h; ; ; ; ; 9h-12h; Fermé", "Mo 09:00-12:00; Sa 09:00-12:00"),
            ("fermé; 9h-12h; 9h-12h; 9h-12h; 9h-12h; 9h-12h; fermé", None),  # from Sunday on?
            ("9h-12h; 9h-12h; 9h-12h; 9h-12h; 9h-12h; 9h-12h; 9h-12h", None),
            ("9h-12h; sur rendez-vous; ; ; ; ; ", None),
            ("9h-12h; 9h-12h; ; ; ; ", None),
        ],
    )
    def test_seven_cells_are_the_days_from_monday_where_no_other_week_fits(self, written, rule):
        found = mend(written)[0]
        assert (found and sentence(found)) == (rule and sentence(rule))

    @pytest.mark.parametrize(
        ("written", "rule"),
        [
            ("lundi x / x; mardi 9h-12h / x; mercredi x / 14h-18h", "Mo off; Tu 09:00-12:00; We 14:00-18:00"),
            ("mardi 9h12h / 14h18h", "Tu 09:00-12:00,14:00-18:00"),
            ("mardi 9h15h", None),  # a quarter past nine?
            ("lundi x; mardi 9h-12h", None),  # a cross may be a tick
        ],
    )
    def test_forms_with_a_cell_for_each_half_day_are_read(self, written, rule):
        assert mend(written)[0] == rule

    @pytest.mark.parametrize(
        "written",
        [
            "",
            "Très variables",
            "sur rendez-vous",
            "ouvert",
            "lundi",
            "9h-12h",
            "Mo 08:22",
            "Tu 18:00",
            "Mo-Fr 09:00-12:00-14:00",
            "Mo-Fr 17:00-12:00",
            "Mo 14:00-14:00",
            "Mo-Fr 08:30-12:20,132:15-16:30",
            "lundi 9h",
            "lundi 9h-9h",
            "lundi 17h-9h",
            "lundi 8h30 12h",
            "lundi matin et mardi 14h-17h",
            "lundi 9h-12h ; mardi matin",
            "lundi au vendredi 9h-17h, fermé le mercredi après-midi",
            "mardi 9h-12h fermé mercredi 14h-17h",
            "tous les jours de la semaine 9h-12h",
            "la semaine paire, lundi 9h-12h",
            "mars 9h-12h",
            "lundi 9h-12h sur rendez-vous",
            "lundi 9h-12h (sauf vacances)",
            "lundi 9h-12h, mardi idem",
            "lundi 9h-12h lundi 14h-17h",  # the syntax would keep the last alone
            "lundi au vendredi 9h-17h sauf le mercredi",
            "mardi 9h-12h tous les 15 jours",
            "mardi 9h-12h, 2 fois par mois",
            "mardi semaines impaires 9h-12h",
            "juillet : mardi 9h-12h",
            "du 1er au 15 août : mardi 9h-12h",
            "du lundi 9h au vendredi 17h",
            "lundi 9h-12h (état civil)",
            "jours fériés : fermé",
        ],
    )
    def test_what_is_not_certain_stays_unknown_with_a_reason_in_french(self, written):
        rule, reason = mend(written)
        assert rule is None
        assert reason.endswith(".")

    @pytest.mark.parametrize(
        "rule",
        [
            "Mo-Fr 09:30-12:00,14:00-17:00; Sa 09:00-12:00",
            "Mo,We 09:00-12:00; Tu 14:00-18:30",
            "Mo-Su 09:00-12:00; PH off",
            "Mo-Fr 09:00-12:00; SH off",
            "Tu[1,3] 09:00-12:00; Fr[-1] 14:00-17:00",
        ],
    )
    def test_what_the_site_says_can_be_given_back_to_it(self, rule):
        assert mend(sentence(rule))[0] == rule

    def test_who_writes_french_is_shown_french_that_reads(self):
        _rule, reason = mend("lundi 9h-12h sur rendez-vous")
        example = reason.partition("« ")[2].partition(" »")[0]
        assert mend(example)[0] == "Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00"

    def test_who_writes_a_rule_is_told_what_is_wrong_with_it(self):
        assert mend("Mo-Fr 17:00-12:00")[1] == "« 17:00-12:00 » finit avant de commencer."

    def test_a_comment_is_left_word_for_word(self):
        assert mend('Mo-Fr 9:00-12:00 "de 9:00 - 10:00, mo; tu"')[0] == (
            'Mo-Fr 09:00-12:00 "de 9:00 - 10:00, mo; tu"'
        )


FRENCH_PIECES = st.sampled_from(
    [
        *("lundi", "mardi", "du", "au", "de", "à", "et", "le", "les", "fermé", "jours fériés"),
        *(",", ";", ":", "/", "-", "9h", "12h", "14h30", "17h", "9:00", "Mo-Fr", "10:00-12:00", "off"),
    ]
)


class TestAnyText:
    @given(st.lists(FRENCH_PIECES, max_size=12).map(" ".join))
    def test_what_is_mended_reads_and_needs_no_mending_again(self, text):
        rule, _note = mend(text)
        if rule is not None:
            parse(rule)
            assert mend(rule) == (rule, None)
            assert sentence(rule)

    @given(st.text(st.characters(exclude_categories=[]), max_size=60))
    def test_is_mended_or_refused(self, text):
        rule, reason = mend(text)
        assert rule is not None or reason

    @pytest.mark.parametrize(
        "piece",
        [
            *(
                "lundi ",
                "lundi,",
                "9h ",
                "9h-",
                "9:00-",
                "de ",
                "à ",
                "- ",
                " ",
                "\t",
                ";",
                "; ",
                "fermé ",
                "é",
            ),
            *(
                "midi",
                "7j/7 ",
                "week-end ",
                "jours fériés ",
                "0",
                "1:00",
                "10:00-12:00 ",
                "10:00-12:00,",
                '"',
            ),
            *(
                "Mo ",
                "Mo-",
                "Mo,",
                "Mo-Tu,",
                "Mo off ",
                "PH off; ",
                "off",
                "(",
                "||",
                "\x00",
                "\u202e",
                "’",
                "Jan-",
            ),
            *(". ", "h", "mo", "matin ", "tous les jours ", "[1]", "week 1-53/2 ", "/", "et ", "&"),
        ],
    )
    @pytest.mark.parametrize("length", [499, 999, 100_000])
    @pytest.mark.parametrize("end", ["", "!", "x 10:00-12:00", "; Jan off"])
    def test_is_dealt_with_at_once_however_long(self, piece, length, end):
        text = (piece * (length // len(piece)))[: length - len(end)] + end
        start = time.process_time()
        mend(text)
        sentence(text)
        # What walks back and forth over a text takes minutes; other threads of the process count too.
        assert time.process_time() - start < 2


class TestSentence:
    @pytest.mark.parametrize(
        ("rule", "said"),
        [
            (
                "Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00",
                "Du lundi au vendredi, 9 h – 12 h et 14 h – 17 h ; samedi, 9 h – 12 h",
            ),
            ("Mo 09:00-12:30", "Lundi, 9 h – 12 h 30"),
            ("Mo,Tu 09:00-12:00", "Lundi et mardi, 9 h – 12 h"),
            ("Mo-We,Fr 09:00-12:00", "Du lundi au mercredi et vendredi, 9 h – 12 h"),
            ("Mo,We,Fr 09:00-12:00", "Lundi, mercredi et vendredi, 9 h – 12 h"),
            ("Mo-Fr 09:00-12:00; We off", "Lundi, mardi, jeudi et vendredi, 9 h – 12 h"),
            ("10:00-12:00", "Tous les jours, 10 h – 12 h"),
            ("Mo 08:00-10:00,11:00-12:00,14:00-15:00", "Lundi, 8 h – 10 h, 11 h – 12 h et 14 h – 15 h"),
            ("24/7", "Jour et nuit, tous les jours"),
            ("Mo-Su 00:00-24:00", "Jour et nuit, tous les jours"),
            ("Mo 00:00-24:00", "Lundi, jour et nuit"),
            ("Mo 18:00-24:00", "Lundi, 18 h – minuit"),
            ("Mo 22:00-02:00", "Lundi, 22 h – 2 h"),
            ("Mo 22:00-26:00", "Lundi, 22 h – 2 h"),
            ("off", "Fermé"),
            ('off "travaux"', "Fermé (travaux)"),
            ("Mo-Fr 14:00+", "Du lundi au vendredi, à partir de 14 h"),
        ],
    )
    def test_says_the_usual_week(self, rule, said):
        assert spoken(rule) == said

    @pytest.mark.parametrize(
        ("rule", "said"),
        [
            ("Mo 09:00-12:00; PH off", "Lundi, 9 h – 12 h ; fermé les jours fériés"),
            ("Mo 09:00-12:00; PH 10:00-11:00", "Lundi, 9 h – 12 h ; les jours fériés, 10 h – 11 h"),
            ("Mo-Su,PH 09:00-12:00", "Tous les jours, 9 h – 12 h ; les jours fériés, 9 h – 12 h"),
            ("Mo 09:00-12:00; SH off", "Lundi, 9 h – 12 h ; fermé pendant les vacances scolaires"),
            (
                "Mo 09:00-12:00; SH 10:00-11:00",
                "Lundi, 9 h – 12 h ; pendant les vacances scolaires, 10 h – 11 h",
            ),
            (
                "Mo 09:00-12:00; SH,PH off",
                "Lundi, 9 h – 12 h ; fermé les jours fériés ; fermé pendant les vacances scolaires",
            ),
        ],
    )
    def test_says_holidays_after_the_week(self, rule, said):
        assert spoken(rule) == said

    @pytest.mark.parametrize(
        ("rule", "said"),
        [
            ("Tu[1] 09:00-12:00", "Le premier mardi du mois, 9 h – 12 h"),
            ("Tu[1,3] 09:00-12:00", "Les premier et troisième mardis du mois, 9 h – 12 h"),
            ("Tu[-1] 09:00-12:00", "Le dernier mardi du mois, 9 h – 12 h"),
            ("week 1-53/2 Mo 09:00-12:00", "Les semaines impaires, le lundi, 9 h – 12 h"),
            ("week 2-52/2 Mo,Tu 09:00-12:00", "Les semaines paires, le lundi et le mardi, 9 h – 12 h"),
            (
                "week 1-53/3 Mo 09:00-12:00",
                "Une semaine sur trois, de la semaine 1 à la semaine 53, le lundi, 9 h – 12 h",
            ),
            ("week 10 Mo 09:00-12:00", "La semaine 10, le lundi, 9 h – 12 h"),
            ("week 10,12 Mo 09:00-12:00", "La semaine 10 et la semaine 12, le lundi, 9 h – 12 h"),
            ("Jul Mo-Fr 09:00-12:00", "En juillet, du lundi au vendredi, 9 h – 12 h"),
            ("Apr-Jun,Oct Tu 10:00-12:00", "D’avril à juin et en octobre, le mardi, 10 h – 12 h"),
            ("Sep-Jun 10:00-12:00", "De septembre à juin, 10 h – 12 h"),
            ("Jul-Aug off; Mo 09:00-12:00", "Fermé de juillet à août ; le lundi, 9 h – 12 h"),
            ("Mo 09:00-12:00; Aug off", "Le lundi, 9 h – 12 h ; fermé en août"),
            (
                "Mo 09:00-12:00; Dec 25,Jan 1 off",
                "Le lundi, 9 h – 12 h ; fermé le 25 décembre et le 1er janvier",
            ),
            ("Mo 09:00-12:00; Aug 1-15 off", "Le lundi, 9 h – 12 h ; fermé du 1er au 15 août"),
            (
                "Mo 09:00-12:00; 2026 Dec 24-2027 Jan 3 off",
                "Le lundi, 9 h – 12 h ; fermé du 24 décembre 2026 au 3 janvier 2027",
            ),
            ("2026 Mo 09:00-12:00", "En 2026, le lundi, 9 h – 12 h"),
            ("2026-2027 Mo 09:00-12:00", "De 2026 à 2027, le lundi, 9 h – 12 h"),
            ("2026+ Mo 09:00-12:00", "À partir de 2026, le lundi, 9 h – 12 h"),
            ("2026 Jul Mo 09:00-12:00", "En juillet 2026, le lundi, 9 h – 12 h"),
            ("easter off; Mo 09:00-12:00", "Fermé à Pâques ; le lundi, 9 h – 12 h"),
            (
                "Fr-Mo off; 10:00-12:00 unknown",
                "Fermé le lundi et du vendredi au dimanche ; 10 h – 12 h, à confirmer",
            ),
            ("Jul Mo-Fr,PH 09:00-12:00", "En juillet, du lundi au vendredi et les jours fériés, 9 h – 12 h"),
        ],
    )
    def test_says_months_weeks_and_dates(self, rule, said):
        assert spoken(rule) == said

    @pytest.mark.parametrize(
        ("rule", "said"),
        [
            ('Mo 09:00-12:00 "sur rendez-vous"', "Le lundi, 9 h – 12 h (sur rendez-vous)"),
            (
                'Mo 09:00-12:00; Sa "sur rendez-vous"',
                "Le lundi, 9 h – 12 h ; le samedi, à confirmer (sur rendez-vous)",
            ),
            ('Mo 09:00-12:00; "sur rendez-vous"', "Le lundi, 9 h – 12 h ; sinon : sur rendez-vous"),
            (
                'Mo "a; b, c || d" ; Tu 10:00-12:00',
                "Le lundi, à confirmer (a; b, c || d) ; le mardi, 10 h – 12 h",
            ),
            ('Mo 09:00-12:00 "Mo off 10:00-11:00"', "Le lundi, 9 h – 12 h (Mo off 10:00-11:00)"),
            (
                'Mo 09:00-12:00 "0"; Tu 10:00-12:00 "1"',
                "Le lundi, 9 h – 12 h (0) ; le mardi, 10 h – 12 h (1)",
            ),
        ],
    )
    def test_repeats_comments_word_for_word(self, rule, said):
        assert spoken(rule) == said.replace(NBSP, " ")

    def test_hours_and_semicolons_stay_with_what_they_follow(self):
        said = sentence("Mo 09:30-12:00; Tu 10:00-12:00")
        assert f"9{NBSP}h{NBSP}30" in said
        assert f"12{NBSP}h{NBSP}; " in said

    @pytest.mark.parametrize("text", ["", "sur rendez-vous", "Mo-Fr", "Mo-Fr 09:00", '"sur rendez-vous"'])
    def test_is_empty_when_the_hours_do_not_read(self, text):
        assert sentence(text) == ""


class TestErrors:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("", "Donnez les heures"),
            ("Mo-Fr", "Donnez les heures"),
            ("Mo-Fr 09:00", "ne se lisent pas"),
            ("Mo-Fr 17:00-12:00", "finit avant de commencer"),
            ("Mo-Fr sunrise-18:00", "soleil"),
            ("SH Mo 09:00-12:00", "toutes lettres"),
            ("PH off", "jours ordinaires"),
            ("x" * 1_001, "trop longs"),
        ],
    )
    def test_say_what_to_write(self, text, message):
        with pytest.raises(HoursError, match=message):
            parse(text)
