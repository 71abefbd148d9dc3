from django.urls import path

from bihuan.report import views
from bihuan.report.views import forms_out, superior_forms

app_name = "report"
urlpatterns = [
    path("", views.draft, name="draft"),
    path("received/", views.received, name="received"),
    path("received/<uuid:pk>/", views.received_one, name="received_one"),
    path("received/<uuid:pk>/decide/", views.received_decide, name="received_decide"),
    path("received/<uuid:pk>/word/", views.received_docx, name="received_docx"),
    path("received/<uuid:pk>/pdf/", views.received_pdf, name="received_pdf"),
    path("start/", views.start, name="start"),
    path("superior/", superior_forms.superior_forms, name="superior_forms"),
    path("superior/<uuid:pk>/", superior_forms.superior_form, name="superior_form"),
    path("superior/<uuid:pk>/change/", superior_forms.superior_change, name="superior_change"),
    path("superior/<uuid:pk>/file/", superior_forms.superior_file, name="superior_file"),
    path("superior/<uuid:pk>/blank/<str:address>/", superior_forms.superior_blank, name="superior_blank"),
    path("forms/", forms_out.forms, name="forms"),
    path("forms/folder/", forms_out.form_folder, name="form_folder"),
    path("forms/<int:number>/word/", forms_out.form_word, name="form_word"),
    path("forms/<int:number>/excel/", forms_out.form_excel, name="form_excel"),
    path("<uuid:pk>/", views.one, name="one"),
    path("<uuid:pk>/word/", views.docx, name="docx"),
    path("<uuid:pk>/pdf/", views.pdf, name="pdf"),
    path("<uuid:pk>/head/", views.head, name="head"),
    path("<uuid:pk>/shape/", views.shape, name="shape"),
    path("<uuid:pk>/vote/", views.vote, name="vote"),
    path("<uuid:pk>/answers/", views.answers, name="answers"),
    path("<uuid:pk>/approve/", views.approve, name="approve"),
    path("<uuid:pk>/submit/", views.submit, name="submit"),
    path("<uuid:pk>/readback/", views.readback, name="readback"),
    path("<uuid:pk>/readback/decide/", views.decide_change, name="decide_change"),
    path("<uuid:pk>/remark/<str:key>/", views.pass_remark, name="pass_remark"),
    path("<uuid:pk>/section/<slug:key>/", views.section, name="section"),
    path("<uuid:pk>/section/<slug:key>/add/", views.add, name="add"),
    path("<uuid:pk>/paragraph/<slug:paragraph>/", views.paragraph, name="paragraph"),
    path("<uuid:pk>/paragraph/<slug:paragraph>/move/", views.move, name="move"),
    path("<uuid:pk>/paragraph/<slug:paragraph>/remove/", views.remove, name="remove"),
    path("<uuid:pk>/paragraph/<slug:paragraph>/restore/", views.restore, name="restore"),
    path("<uuid:pk>/paragraph/<slug:paragraph>/own/", views.write_out, name="write_out"),
]
