"""Routes about people. Each names the rule that opens it."""

from django.urls import path

from administrators.views import account, acts, create, edit, history, lists, sign_in
from permissions.access import opened_by, public, signed_in, while_owing
from permissions.features import FeatureCode

managing = opened_by(FeatureCode.MANAGE_ADMINISTRATORS)

urlpatterns = [
    path("sign-in/", public(sign_in.SignIn.as_view()), name="sign_in"),
    path("sign-out/", while_owing(sign_in.sign_out), name="sign_out"),
    path("password/", while_owing(sign_in.password_change), name="password_change"),
    path("stay/", signed_in(sign_in.stay), name="stay"),
    path("sign-in-notice/", signed_in(sign_in.close_notice), name="close_notice"),
    path("account/", signed_in(account.my_account), name="my_account"),
    path("account/sign-in/", signed_in(account.sign_in_details), name="sign_in_details"),
    path("feedback/", signed_in(account.feedback), name="feedback"),
    path("administrators/", managing(lists.AdministratorList.as_view()), name="administrator_list"),
    path("administrators/create/", managing(create.create), name="administrator_create"),
    path("administrators/history/", managing(history.History.as_view()), name="history"),
    path("administrators/history/export/", managing(history.export), name="history_export"),
    path(
        "administrators/<int:pk>/history/",
        managing(history.PersonHistory.as_view()),
        name="administrator_history",
    ),
    path("administrators/<int:pk>/disable/", managing(acts.disable), name="administrator_disable"),
    path("administrators/<int:pk>/enable/", managing(acts.enable), name="administrator_enable"),
    path(
        "administrators/<int:pk>/reset-password/",
        managing(acts.reset_password),
        name="administrator_reset_password",
    ),
    *(
        path(
            f"administrators/<int:pk>/{section}/",
            managing(edit.edit),
            {"section": section},
            name=f"administrator_{section}",
        )
        for section in edit.SECTIONS
    ),
]
