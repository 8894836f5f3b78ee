import pytest

from places.domain.paper import MONTH_SIZES, month_fit, poster_size

SESSION = "9\u00a0h – 11\u00a0h\u00a030 Café des mamans connectées"


class TestPoster:
    @pytest.mark.parametrize(
        ("title", "said", "size"),
        [
            (20, 100, "xl"),
            (40, 100, "l"),
            (80, 100, "m"),
            (160, 100, "s"),
            (20, 200, "l"),
            (20, 300, "m"),
            (20, 900, "s"),
        ],
    )
    def test_is_written_the_smaller_the_more_it_says(self, title, said, size):
        assert poster_size("x" * title, ["y" * said]) == size


class TestMonth:
    def test_is_written_as_large_as_it_fits(self):
        fits = [month_fit([[SESSION]] * count) for count in (1, 10, 20, 31)]
        assert [kept for _size, kept in fits] == [1, 10, 20, 31]
        sizes = [size for size, _kept in fits]
        assert sizes[0] == MONTH_SIZES[0]
        assert sizes == sorted(sizes, reverse=True)

    def test_of_more_than_a_sheet_holds_leaves_the_last_days_out(self):
        size, kept = month_fit([[SESSION] * 5] * 31)
        assert size == MONTH_SIZES[-1]
        assert 10 < kept < 31

    def test_of_one_day_that_no_sheet_holds_is_left_to_the_screen(self):
        assert month_fit([[SESSION] * 500]) == (MONTH_SIZES[-1], 0)

    def test_of_nothing_is_nothing(self):
        assert month_fit([]) == (MONTH_SIZES[0], 0)
