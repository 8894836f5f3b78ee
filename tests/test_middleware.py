"""What stands before the views, whatever the address."""

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse

from epn_directory.middleware import DatabaseDownMiddleware, TrustedProxyMiddleware


@pytest.fixture
def down(rf):
    """The answer to a visitor of /?q=cv&page=2 when a view meets that error."""

    def answer(error):
        return DatabaseDownMiddleware(None).process_exception(rf.get("/?q=cv&page=2"), error)

    return answer


class TestDatabaseDown:
    @pytest.mark.parametrize("error", [OperationalError("server closed"), InterfaceError("closed")])
    def test_the_visitor_is_asked_to_come_back_and_told_when(self, down, error):
        response = down(error)
        assert response.status_code == 503
        assert response["Retry-After"] == "30"
        assert response["Cache-Control"] == "no-store"
        assert "Le site revient dans un instant" in response.content.decode()

    def test_the_way_on_leads_to_the_same_page(self, down):
        assert 'href="/?q=cv&amp;page=2"' in down(OperationalError()).content.decode()

    def test_a_phone_number_is_given_when_the_site_has_one(self, down, settings):
        assert "tel:" not in down(OperationalError()).content.decode()
        settings.LEGAL = {**settings.LEGAL, "contact_phone": "04 72 00 00 00"}
        assert 'href="tel:04 72 00 00 00"' in down(OperationalError()).content.decode()

    def test_other_errors_stay_what_they_are(self, down):
        assert down(ValueError()) is None


class TestTrustedProxy:
    @pytest.fixture
    def address(self, rf, settings):
        def seen(forwarded, proxies):
            settings.PROXIES = proxies
            request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": forwarded})
            TrustedProxyMiddleware(lambda request: HttpResponse())(request)
            return request.META["REMOTE_ADDR"]

        return seen

    def test_no_proxy_no_trust(self, address):
        assert address("203.0.113.9", proxies=0) == "10.0.0.1"

    def test_the_visitor_is_who_called_our_outermost_proxy(self, address):
        assert address("203.0.113.9", proxies=1) == "203.0.113.9"
        assert address("203.0.113.9, 10.0.0.2", proxies=2) == "203.0.113.9"

    def test_what_the_visitor_wrote_there_himself_is_not_believed(self, address):
        assert address("198.51.100.1, 203.0.113.9", proxies=1) == "203.0.113.9"

    def test_a_call_that_passed_by_no_proxy_keeps_its_address(self, address):
        assert address("", proxies=1) == "10.0.0.1"


class TestUnchangedPage:
    def test_does_not_travel_a_second_time(self, client, db):
        first = client.get("/a-propos/")
        again = client.get("/a-propos/", headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        other = client.get("/aide/", headers={"if-none-match": first["ETag"]})
        assert other.status_code == 200

    def test_of_who_has_signed_in_is_kept_nowhere(self, client, django_user_model):
        client.force_login(django_user_model.objects.create_user("lea"))
        page = client.get("/a-propos/")
        assert "no-store" in page["Cache-Control"]
        assert "ETag" not in page
