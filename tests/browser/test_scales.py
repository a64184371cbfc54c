"""A facilitator takes a bucket and a scale into use in a browser; the scale then weighs in with the token it was shown."""

import httpx
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visitor, assert_accessible
from tests.serving import Site


def test_a_scale_gets_its_token_weighs_in_once_and_loses_it(visitor: Visitor, demo: Site) -> None:
    page = visitor("Theo", PHONE)
    page.goto("/bring/containers/new/")
    page.get_by_label("Name").fill("Blue bucket")
    page.get_by_label("Short code").fill("blue-bucket")
    page.get_by_label("What does it weigh empty?").fill("1.1")
    page.get_by_label("How much does it take?").fill("12")
    page.get_by_role("button", name="Take it into use").click()
    expect(page.locator(".poster svg")).to_be_visible()
    page.goto("/bring/scales/")
    page.get_by_label("What is it called?").fill("Scale at the school")
    page.get_by_label("School garden").check(force=True)
    page.get_by_role("button", name="Give it a token").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Scale at the school has its token")
    assert_accessible(page)
    token = page.locator("code.secret").inner_text()
    body = {"material": "food_waste", "grams": 3500, "container": "blue-bucket"}
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "browser-1"}
    answers = [httpx.post(f"{demo.address}/api/drop-offs/", json=body, headers=headers) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["grams"] == 2400
    page.goto("/bring/scales/")
    expect(page.get_by_text(token)).to_have_count(0)
    page.get_by_role("article").filter(has_text="Scale at the school").get_by_role("button").click()
    again = httpx.post(
        f"{demo.address}/api/drop-offs/", json=body, headers={**headers, "Idempotency-Key": "b2"}
    )
    assert again.status_code == 401
