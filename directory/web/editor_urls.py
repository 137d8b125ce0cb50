"""Addresses under /editors/: the queue, records, changes, claims and people."""

from django.urls import path, re_path

from directory.web.views.editors import changes, claims, items, merging, people, queue, records

ITEM = "items/<int:number>/"
TABLE = r"^records/(?P<table>networks|cities|focus_areas|funders)/"
RECORD = rf"{TABLE}(?P<record>[a-z0-9-]+)/"
CHANGE = r"^changes/(?P<revision>[1-9][0-9]{0,15})/"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("together/", queue.together, name="review-together"),
    path(ITEM, items.review_item, name="review-item"),
    path(f"{ITEM}take/", items.take, name="review-take"),
    path(f"{ITEM}put-back/", items.put_back, name="review-put-back"),
    path(f"{ITEM}<slug:step>/", items.decide, name="review-decide"),
    path("records/", records.records, name="editor-records"),
    re_path(rf"{TABLE}new/$", records.new_record, name="editor-new-record"),
    re_path(rf"{RECORD}$", records.record, name="editor-record"),
    re_path(rf"{RECORD}rename/$", records.rename, name="editor-rename"),
    re_path(rf"{RECORD}end/$", records.end, name="editor-end"),
    re_path(rf"{RECORD}merge/$", merging.merge, name="editor-merge"),
    path("changes/", changes.changes, name="editor-changes"),
    re_path(rf"{CHANGE}$", changes.change_set, name="editor-change-set"),
    re_path(rf"{CHANGE}revert/$", changes.revert, name="editor-revert"),
    path("claims/", claims.claims, name="editor-claims"),
    path("claims/<int:number>/", claims.revoke, name="editor-claim"),
    path("people/", people.people, name="editor-people"),
    path("people/appoint/", people.appoint, name="editor-appoint"),
    path("people/<int:number>/dismiss/", people.dismiss, name="editor-dismiss"),
]
