"""Forms as a browser sends them: what the page holds, with what the person changes."""

from html.parser import HTMLParser

from django.http import QueryDict


class _Fields(HTMLParser):
    """The successful controls of the forms of a page, form by form."""

    def __init__(self):
        super().__init__()
        self.forms, self.select, self.textarea = [], None, None

    @property
    def fields(self):
        return self.forms[-1][1] if self.forms else []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "form":
            self.forms.append((attributes, []))
        elif tag == "input" and attributes.get("name") and self._is_sent(attributes):
            default = "on" if attributes.get("type") in ("checkbox", "radio") else ""
            self.fields.append((attributes["name"], attributes.get("value", default)))
        elif tag == "textarea":
            self.textarea = (attributes["name"], "")
        elif tag == "select":
            self.select = (attributes["name"], "multiple" in attributes, [])
        elif tag == "option" and self.select:
            self.select[2].append((attributes.get("value", ""), "selected" in attributes))

    @staticmethod
    def _is_sent(attributes):
        kind = attributes.get("type", "text")
        if kind in ("checkbox", "radio"):
            return "checked" in attributes
        return kind not in ("submit", "button", "file")

    def handle_data(self, text):
        if self.textarea:
            self.textarea = (self.textarea[0], self.textarea[1] + text)

    def handle_endtag(self, tag):
        if tag == "textarea" and self.textarea:
            name, text = self.textarea
            self.fields.append((name, text.removeprefix("\n")))
            self.textarea = None
        elif tag == "select" and self.select:
            name, is_multiple, options = self.select
            chosen = [value for value, is_selected in options if is_selected]
            if not chosen and not is_multiple:
                chosen = [value for value, _ in options[:1]]
            self.fields.extend((name, value) for value in chosen)
            self.select = None


def form_on(client, url):
    """{name: [values]} of the form that the page is about."""
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    parser = _Fields()
    parser.feed(response.content.decode())
    posts = [
        fields
        for attributes, fields in parser.forms
        if attributes.get("method") == "post" and attributes.get("id") != "logout-form"
    ]
    assert len(posts) == 1, f"{len(posts)} forms on {url}"
    found = {}
    for name, value in posts[0]:
        found.setdefault(name, []).append(value)
    return found


def send(client, url, button="_save", **changes):
    """Open the page, change these fields, press the button. A list sends several values, None sends none."""
    fields = form_on(client, url)
    return post(client, url, changed(fields, **changes), button)


def changed(fields, **changes):
    for name, value in changes.items():
        fields[name] = value if isinstance(value, list) else [] if value is None else [value]
    return fields


def post(client, url, fields, button="_save"):
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, [str(value) for value in values])
    data[button] = "1"
    return client.post(url, data.urlencode(), content_type="application/x-www-form-urlencoded")


def errors_of(response):
    """What the page says is wrong, as one text."""
    assert response.status_code == 200, f"the form was taken: {response.status_code}"
    page = response.content.decode()
    return " ".join(part.split("</ul>")[0] for part in page.split("errorlist")[1:])


def messages_of(client, response):
    """What the next page tells."""
    page = client.get(response.url).content.decode()
    assert "messagelist" in page, "no message"
    return page.split("messagelist")[1].split("</ul>")[0]
