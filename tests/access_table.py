"""Who gets which answer from each URL. The target is B, the site Paris.

root R, parent A, self B, child C are people of tests/world.py; sibling is another child of A,
cousin S1 a child of A's sibling, stranger X the root of another enterprise, staff the carrier's.
unfeatured, owing and disabled are A itself, from whom `manage_administrators` was taken, who owes
a temporary password, or who was disabled, since A signed in: nothing else would refuse them.
302 of anonymous and disabled is the sign-in page, of owing the page that changes the password.
"""

# ruff: noqa: E501
GET = """
                              anonymous root parent self child sibling cousin stranger unfeatured owing disabled staff
home                                302  302    302  302   302     302    302      302        302   302      302   302
nothing_yet                         302  302    302  302   302     302    302      302        302   302      302   302
sign_in                             200  302    302  302   302     302    302      302        302   302      200   302
sign_out                            302  405    405  405   405     405    405      405        405   405      302   405
password_change                     302  200    200  200   200     200    200      200        200   200      302   200
close_notice                        302  405    405  405   405     405    405      405        405   302      302   405
my_account                          302  200    200  200   200     200    200      200        200   302      302   200
sign_in_details                     302  200    200  200   200     200    200      200        200   302      302   200
feedback                            302  200    200  200   200     200    200      200        200   302      302   200
administrator_list                  302  200    200  200   200     200    200      200        403   302      302   403
administrator_create                302  200    200  200   200     200    200      200        403   302      302   403
administrator_disable               302  200    200  404   404     404    404      404        403   302      302   403
administrator_enable                302  200    200  404   404     404    404      404        403   302      302   403
administrator_reset_password        302  200    200  404   404     404    404      404        403   302      302   403
administrator_account               302  200    200  404   404     404    404      404        403   302      302   403
administrator_contact               302  200    200  404   404     404    404      404        403   302      302   403
administrator_address               302  200    200  404   404     404    404      404        403   302      302   403
administrator_sites                 302  200    200  404   404     404    404      404        403   302      302   403
administrator_features              302  200    200  404   404     404    404      404        403   302      302   403
history                             302  200    200  200   200     200    200      200        403   302      302   403
history_export                      302  200    200  200   200     200    200      200        403   302      302   403
administrator_history               302  200    200  404   404     404    404      404        403   302      302   403
dashboard                           302  200    200  403   403     403    403      200        200   302      302   403
numbers                             302  200    403  403   403     403    403      200        403   302      302   403
devices                             302  200    403  403   403     403    403      200        403   302      302   403
users                               302  200    403  403   403     403    403      200        403   302      302   403
service_list                        302  200    403  403   403     403    403      200        403   302      302   403
services                            302  200    403  403   403     403    403      200        403   302      302   403
sip_trunks                          302  200    403  403   403     403    403      200        403   302      302   403
recordings                          302  200    403  403   403     403    403      200        403   302      302   403
analytics                           302  200    403  403   403     403    403      200        403   302      302   403
reports                             302  200    200  200   403     403    403      200        200   302      302   403
notes                               302  200    200  200   200     200    200      200        200   302      302   403
profile                             302  200    403  403   403     403    403      200        403   302      302   403
orders                              302  200    403  403   403     403    403      200        403   302      302   403
site_list                           302  200    200  200   200     200    200      200        200   302      302   200
site                                302  200    200  200   200     404    200      404        200   302      302   404
help                                302  200    200  200   200     200    200      200        200   302      302   200
help_page                           302  200    200  200   200     200    200      200        200   302      302   200
privacy                             200  200    200  200   200     200    200      200        200   302      200   200
set_language                        405  405    405  405   405     405    405      405        405   302      405   405
theme                               405  405    405  405   405     405    405      405        405   302      405   405
"""

POST = """
                              anonymous root parent self child sibling cousin stranger unfeatured owing disabled staff
home                                302  302    302  302   302     302    302      302        302   302      302   302
nothing_yet                         302  302    302  302   302     302    302      302        302   302      302   302
sign_in                             302  302    302  302   302     302    302      302        302   302      302   302
sign_out                            302  302    302  302   302     302    302      302        302   302      302   302
password_change                     302  302    302  302   302     302    302      302        302   302      302   302
close_notice                        302  302    302  302   302     302    302      302        302   302      302   302
my_account                          302  302    302  302   302     302    302      302        302   302      302   302
sign_in_details                     302  200    200  200   200     200    200      200        200   302      302   200
feedback                            302  302    302  302   302     302    302      302        302   302      302   302
administrator_list                  302  405    405  405   405     405    405      405        403   302      302   403
administrator_create                302  302    302  302   302     302    302      302        403   302      302   403
administrator_disable               302  302    302  404   404     404    404      404        403   302      302   403
administrator_enable                302  302    302  404   404     404    404      404        403   302      302   403
administrator_reset_password        302  302    302  404   404     404    404      404        403   302      302   403
administrator_account               302  302    302  404   404     404    404      404        403   302      302   403
administrator_contact               302  302    302  404   404     404    404      404        403   302      302   403
administrator_address               302  302    302  404   404     404    404      404        403   302      302   403
administrator_sites                 302  302    302  404   404     404    404      404        403   302      302   403
administrator_features              302  302    302  404   404     404    404      404        403   302      302   403
history                             302  405    405  405   405     405    405      405        403   302      302   403
history_export                      302  200    200  200   200     200    200      200        403   302      302   403
administrator_history               302  405    405  404   404     404    404      404        403   302      302   403
dashboard                           302  200    200  403   403     403    403      200        200   302      302   403
numbers                             302  200    403  403   403     403    403      200        403   302      302   403
devices                             302  200    403  403   403     403    403      200        403   302      302   403
users                               302  200    403  403   403     403    403      200        403   302      302   403
service_list                        302  200    403  403   403     403    403      200        403   302      302   403
services                            302  200    403  403   403     403    403      200        403   302      302   403
sip_trunks                          302  200    403  403   403     403    403      200        403   302      302   403
recordings                          302  200    403  403   403     403    403      200        403   302      302   403
analytics                           302  200    403  403   403     403    403      200        403   302      302   403
reports                             302  200    200  200   403     403    403      200        200   302      302   403
notes                               302  200    200  200   200     200    200      200        200   302      302   403
profile                             302  200    403  403   403     403    403      200        403   302      302   403
orders                              302  200    403  403   403     403    403      200        403   302      302   403
site_list                           302  405    405  405   405     405    405      405        405   302      302   405
site                                302  200    200  200   200     404    200      404        200   302      302   404
help                                302  200    200  200   200     200    200      200        200   302      302   200
help_page                           302  200    200  200   200     200    200      200        200   302      302   200
privacy                             200  200    200  200   200     200    200      200        200   302      200   200
set_language                        302  302    302  302   302     302    302      302        302   302      302   302
theme                               302  302    302  302   302     302    302      302        302   302      302   302
"""


def rows(table: str) -> list[tuple[str, str, int]]:
    """Each cell: URL name, kind of person, status."""
    head, *lines = table.strip().splitlines()
    kinds = head.split()
    cells = (line.split() for line in lines)
    return [
        (name, kind, int(status))
        for name, *row in cells
        for kind, status in zip(kinds, row, strict=True)
    ]


def cell(table: str, name: str, kind: str) -> int:
    """One status."""
    return next(status for *of, status in rows(table) if of == [name, kind])


def names(table: str) -> list[str]:
    """The URL names that have a row, in its order."""
    return list(dict.fromkeys(name for name, _kind, _status in rows(table)))
