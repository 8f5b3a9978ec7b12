"""Filters with a name: one's own, shared, changed, let go and taken back."""

DISPUTED = {
    "q": "parcel", "state": ["disputed"], "facet": ["channel:mail"], "open_comments": False, "sort": "-id",
    "answer": [], "given": ["topic:refund"], "annotator": [3], "answered_from": None,
    "answered_until": "2026-05-01T00:00:00Z",
}  # fmt: skip


def test_a_view_keeps_its_filter_and_can_be_changed_let_go_and_taken_back(api, make_project) -> None:
    views = f"/projects/{make_project()['id']}/views"
    view = api.ok("POST", views, {"name": " By mail ", "filter": DISPUTED})
    assert (view["name"], view["filter"], view["shared"], view["mine"]) == ("By mail", DISPUTED, False, True)
    api.ok("PATCH", f"{views}/{view['id']}", {"name": "Mail", "filter": DISPUTED | {"q": ""}})
    assert [(one["name"], one["filter"]["q"]) for one in api.ok("GET", views)] == [("Mail", "")]
    api.ok("DELETE", f"{views}/{view['id']}")
    assert api.ok("GET", views) == []
    assert api.delete(f"{views}/{view['id']}").status_code == 404
    assert api.ok("POST", f"{views}/{view['id']}/restore")["name"] == "Mail"
    assert len(api.ok("GET", views)) == 1


def test_two_views_of_a_person_have_two_names(api, make_project) -> None:
    views = f"/projects/{make_project()['id']}/views"
    gone = api.ok("POST", views, {"name": "Mail", "filter": DISPUTED})
    api.ok("DELETE", f"{views}/{gone['id']}")
    api.ok("POST", views, {"name": "Mail", "filter": {}})
    taken = api.post(views, json={"name": "Mail", "filter": {}})
    assert (taken.status_code, "Choose another name" in taken.json()["detail"]) == (409, True)
    assert api.post(f"{views}/{gone['id']}/restore").status_code == 409


def test_a_view_is_seen_by_others_once_it_is_shared_and_changed_only_by_who_may(make_project, make_person) -> None:
    project = make_project()
    views = f"/projects/{project['id']}/views"
    viewer, manager, annotator = (make_person(role, project) for role in ("viewer", "manager", "annotator"))
    view = viewer.ok("POST", views, {"name": "Mine", "filter": {}})
    assert manager.ok("GET", views) == []
    assert manager.patch(f"{views}/{view['id']}", json={"name": "Ours"}).status_code == 404
    viewer.ok("PATCH", f"{views}/{view['id']}", {"shared": True})
    (seen,) = manager.ok("GET", views)
    assert (seen["mine"], seen["by"]["name"]) == (False, viewer.name)
    assert manager.ok("PATCH", f"{views}/{view['id']}", {"name": "Ours"})["name"] == "Ours"
    assert make_person("reviewer", project).delete(f"{views}/{view['id']}").status_code == 403
    assert annotator.get(views).status_code == 403


def test_a_filter_that_cannot_be_is_refused(api, make_project) -> None:
    views = f"/projects/{make_project()['id']}/views"
    for kept in ({"state": ["lost"]}, {"facet": ["a:b"] * 21}, {"order": "id"}, {"sort": "name"}):
        assert api.post(views, json={"name": "Mail", "filter": kept}).status_code == 422
    assert api.post(views, json={"name": "  ", "filter": {}}).status_code == 422
