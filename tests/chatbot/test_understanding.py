"""A question is cleaned, and a follow-up is tied to what came before it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.spelling import Speller
from chatbot.understanding import FORM_OF_TURN, Understood, cleaned, form_of_turn, understand
from chatbot.vocabulary import Vocabulary
from corpus.loading import load_corpus
from index.lexicon import Lexicon
from tests.support import SHIPPED, write_document, write_glossary

KNOWN = ("what", "does", "think", "about", "schools", "school", "colleges", "inspection", "funding", "forms", "sixth", "teachers")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(Lexicon.of(load_corpus(SHIPPED), KNOWN))


def read(vocabulary: Vocabulary, question: str, *history: str) -> tuple[Understood, ...]:
    return understand(cleaned(question), history, vocabulary, Speller(("inspection", "funding"), KNOWN, ()))


class TestCleaning:
    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("  school\n\tfunding ", "school funding"),
            ("insp\u200bec\u00adtion", "inspection"),
            ("\u202efunding\u202c", "funding"),
            ("fair\u00a0funding", "fair funding"),
            ("\x00\x1b[31mred", "[31mred"),
            ("\ufeff", ""),
            ("school \U000e0041funding", "school funding"),
            ("École – “16–19”", "École – “16–19”"),
        ],
    )
    def test_hidden_characters_go_and_the_rest_stays(self, typed: str, read: str) -> None:
        assert cleaned(typed) == read

    @given(st.text(st.characters(), max_size=200))
    def test_cleaning_twice_is_cleaning_once_and_gives_one_line(self, text: str) -> None:
        once = cleaned(text)
        assert cleaned(once) == once
        assert once == once.strip()
        assert not any(character in once for character in "\n\r\t\x00\u200b\u202e\u2028  ".replace(" ", ""))
        once.encode("utf-8")


class TestAFollowUp:
    def test_leans_on_the_subject_before_it(self, vocabulary: Vocabulary) -> None:
        first, *_ = read(vocabulary, "and for sixth forms?", "What does ASCL say about school funding?")
        assert first.context == "school funding"
        assert "sixth forms" in first.subject
        assert first.searched_for.startswith("school funding: ")

    def test_is_also_read_alone_where_it_names_something(self, vocabulary: Vocabulary) -> None:
        readings = read(vocabulary, "and for sixth forms?", "What does ASCL say about school funding?")
        assert [reading.context for reading in readings] == ["school funding", None]

    def test_a_whole_question_may_lean_too_and_its_form_tells_that_it_hardly_does(self, vocabulary: Vocabulary) -> None:
        whole = "What does ASCL think about the inspection of groups of schools and colleges?"
        leaning, alone = read(vocabulary, whole, "What does ASCL say about school funding?")
        assert (leaning.context, alone.context) == ("school funding", None)
        short = read(vocabulary, "and for sixth forms?")[0]
        form, other = (dict(zip(FORM_OF_TURN, form_of_turn(one, vocabulary), strict=True)) for one in (alone, short))
        assert (form["leans"], form["opens"], form["few"]) == (0, 0, 0)
        assert (other["leans"], other["opens"], other["few"]) == (1, 1, 1)

    def test_a_new_subject_takes_the_place_of_the_old(self, vocabulary: Vocabulary) -> None:
        earlier = ["What does ASCL say about school funding?", "What does ASCL think about the inspection of groups of schools?"]
        first, *_ = read(vocabulary, "and for colleges?", *earlier)
        assert "inspection" in (first.context or "")
        assert "funding" not in (first.context or "")

    @pytest.mark.parametrize(
        "turn", ["What's your view on exams?", "Should exams be scrapped?", "what is ascls position on exams"]
    )
    def test_a_whole_question_of_few_words_takes_its_place_too(self, vocabulary: Vocabulary, turn: str) -> None:
        first, *_ = read(vocabulary, "why?", "What does ASCL think about Ofsted?", turn)
        assert "exams" in (first.context or "") and "Ofsted" not in (first.context or "")

    @pytest.mark.parametrize("turn", ["And exams?", "I gave her the part on exams.", "exams"])
    def test_what_is_no_whole_question_does_not(self, vocabulary: Vocabulary, turn: str) -> None:
        first, *_ = read(vocabulary, "why?", "What does ASCL think about Ofsted?", turn)
        assert "exams" in (first.context or "") and "Ofsted" in (first.context or "")

    def test_of_a_long_talk_the_last_turns_are_taken_along(self, vocabulary: Vocabulary) -> None:
        said = [f"I gave her the part on {subject}." for subject in ("funding", "exams", "buildings", "pay")]
        first, *_ = read(vocabulary, "why?", *said)
        assert [subject in (first.context or "") for subject in ("funding", "exams", "buildings", "pay")] == [
            False,
            True,
            True,
            True,
        ]

    def test_a_word_of_the_whole_field_is_no_subject_of_its_own(self, vocabulary: Vocabulary) -> None:
        (leaning,) = read(vocabulary, "and schools?", "What about post-16 funding?")
        assert leaning.context == "post-16 funding"

    def test_a_third_turn_keeps_the_topic(self, vocabulary: Vocabulary) -> None:
        first, *_ = read(vocabulary, "why?", "What does ASCL say about school funding?", "and for sixth forms?")
        assert first.context is not None and "school funding" in first.context and "sixth forms" in first.context

    def test_may_lean_on_the_last_turn_alone_which_may_have_changed_the_subject(self, vocabulary: Vocabulary) -> None:
        both, last = read(vocabulary, "who should decide?", "inspection", "what about the curriculum?")[:2]
        assert (both.context, last.context) == ("inspection: the curriculum", "the curriculum")
        assert both.encoded == (both.subject, both.context, both.searched_for), "and both in one text"
        (once,) = read(vocabulary, "why?", "inspection", "and schools?")
        assert once.context == "inspection: schools", "schools alone are no subject"

    @pytest.mark.parametrize("turn", ["what would the new kind look like exactly", "So what happens next if nothing changes?"])
    def test_leans_where_it_only_names_something_said_before(self, vocabulary: Vocabulary, turn: str) -> None:
        (leaning,) = read(vocabulary, turn, "What about inspection?")
        assert leaning.context == "inspection"

    @pytest.mark.parametrize(
        ("turn", "subject"),
        [
            ("Same question for the under-16s.", "the under-16s"),
            ("What I need is the part about children.", "children"),
            ("I was after the bit about inspection.", "inspection"),
        ],
    )
    def test_is_freed_of_the_words_that_point_back(self, vocabulary: Vocabulary, turn: str, subject: str) -> None:
        assert read(vocabulary, turn, "What about funding?")[0].subject == subject

    def test_with_nothing_before_it_there_is_nothing_to_lean_on(self, vocabulary: Vocabulary) -> None:
        [alone] = read(vocabulary, "and for sixth forms?")
        assert alone.context is None


class TestTheSubject:
    def test_has_neither_frame_nor_closing_marks(self, vocabulary: Vocabulary) -> None:
        [alone] = read(vocabulary, "What does ASCL think about inspection???")
        assert (alone.subject, alone.searched_for) == ("inspection", "inspection")

    def test_has_its_slips_repaired_and_what_was_asked_is_kept(self, vocabulary: Vocabulary) -> None:
        [alone] = read(vocabulary, "what does ascl think about inspecton")
        assert alone.subject == "inspection"
        assert alone.asked == "what does ascl think about inspecton"

    def test_an_abbreviation_of_the_glossary_means_its_long_form(self, vocabulary: Vocabulary) -> None:
        [alone] = read(vocabulary, "CPD")
        assert any("develop" in phrase for unit in alone.units for phrase in unit.same)

    @given(text=st.text(max_size=120), earlier=st.text(max_size=60))
    def test_any_text_after_any_other_can_be_read(self, vocabulary: Vocabulary, text: str, earlier: str) -> None:
        readings = read(vocabulary, text, earlier)
        assert 1 <= len(readings) <= 3
        assert sum(reading.context is None for reading in readings) <= 1
        assert readings[0].asked == cleaned(text)


class TestOtherNames:
    """What the asker calls otherwise than the documents do."""

    @pytest.fixture
    def vocabulary(self, tmp_path: Path) -> Vocabulary:
        write_document(tmp_path, "paper", "## Conduct\n\nPermanent exclusion must be rare.\n\nTruancy is not a crime.\n")
        write_glossary(
            tmp_path,
            {"term": "shown the door", "kind": "everyday", "same": ["permanent exclusion", "expulsion"]},
            {"term": "truancy", "kind": "synonym", "same": ["permanent absence"], "related": ["permanent exclusion"]},
            {"term": "won't go to school", "kind": "everyday", "same": ["permanent absence"]},
            {"term": "bunking off", "kind": "everyday", "related": ["truancy"]},
        )
        return Vocabulary(Lexicon.of(load_corpus(tmp_path), KNOWN))

    def test_is_searched_for_under_their_name_as_well(self, vocabulary: Vocabulary) -> None:
        (reading,) = read(vocabulary, "Children who are shown the door")
        assert reading.names == ("permanent exclusion",)
        assert reading.encoded == (reading.subject,), "the vectors of names are there already"
        assert reading.searched_for == "Children who are shown the door"

    @pytest.mark.parametrize("question", ["Is truancy a crime?", "bunking off", "What about inspection?"])
    def test_nothing_is_added_to_their_own_name_nor_where_only_a_related_one_is_known(
        self, vocabulary: Vocabulary, question: str
    ) -> None:
        (reading,) = read(vocabulary, question)
        assert not reading.names

    def test_a_name_is_one_that_a_statement_says_word_after_word(self, vocabulary: Vocabulary) -> None:
        assert vocabulary.our_names(vocabulary.units(["expuls"])) == ["permanent exclusion"]
        (scattered,) = read(vocabulary, "rare exclusion")
        assert not scattered.names

    def test_of_which_one_common_word_would_be_left_is_not_linked(self, vocabulary: Vocabulary) -> None:
        (school,) = vocabulary.units(["school"])
        assert not school.same, '"won\'t go to school" is told by no word of it'

    def test_a_follow_up_takes_it_along(self, vocabulary: Vocabulary) -> None:
        leaning, _ = read(vocabulary, "and shown the door?", "Is truancy a crime?")
        assert leaning.names == ("permanent exclusion",)
        assert leaning.context == "Is truancy a crime"


def test_the_shipped_glossary_is_there() -> None:
    assert Path(SHIPPED, "glossary.yaml").is_file()
