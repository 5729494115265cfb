/**
 * Who may do what, for every route that is rendered on demand and every form.
 *
 * What is asked for belongs to the team Platform of the organisation Northwind. Of each role somebody in
 * that team asks, somebody in another team (Data), and somebody in another organisation (Contoso).
 *
 *   GET <path> [sees <text>]          a page or an endpoint
 *   POST <path> <form>&<fields>       a form; {email} and {password} are the asker's own
 *   SEND <path>                       a POST of an empty JSON object
 *
 * Cells, in the order of the heading, one for all of a group or one for all rows' askers:
 *
 *   200, 403 ...   this status, nothing was changed, and the text is not seen
 *   see            200, nothing was changed, and the text is seen
 *   in             sent to sign in, or asked to with what was typed kept; nothing was changed
 *   no             sent on, nothing was changed
 *   ok             sent on, and something was changed, with an audit row for an organisation of theirs
 *   out            signed out: the session ended, nothing else was changed
 *   +              behind a cell: something is written, namely that it was read
 */
export const table = `
                                          anonymous | learner: own, other team, other organisation | author | manager | admin: own, other organisation

GET /healthz                                             200
GET /readyz                                              200
GET /metrics                                             403
GET /500/                                                500
GET /unavailable/                                        503
GET /signed-out/                                         in
GET /assignments/missing/                                404
GET /organisation/admins-only/                           403
GET /setup/                                              410
POST /setup/ set-up&code=AAAA-BBBB-CCCC&organisation=Own&name=Eve&email=eve@evil.example&password={password}
                                                         410

GET /sign-in/                                            200 | no | no | no | no
GET /sign-in/link/?token=none                            410
GET /sign-in/provider/                                   no
GET /sign-in/provider/start/                             no
POST /sign-in/ password&email={email}&password=a-wrong-one
                                                         422
POST /sign-in/ link&email={email}                        422 | no | no | no | no
POST /sign-in/link/ link&token=none                      410

GET /account/                                            in | 200 | 200 | 200 | 200
GET /account/confirm/?token=none                         in | 410 | 410 | 410 | 410
GET /account/export.json sees measured for Liv alone     in | 200+ | 200+ | 200+ | 200+
POST /account/ name&name=Somebody+Else                   in | ok | ok | ok | ok
POST /account/ mail&email=new@north.example&current={password}
                                                         in | no | no | no | no
POST /account/ mail&email=new@north.example&current=a-wrong-one
                                                         in | 422 | 422 | 422 | 422
POST /account/ password&password=another+long+password&current={password}
                                                         in | ok | ok | ok | ok
POST /account/ password&password=another+long+password&current=a-wrong-one
                                                         in | 422 | 422 | 422 | 422
POST /account/ session&session=session-of-liv            in | no | no | no | no
POST /account/ sessions                                  in | no | no | no | no
POST /account/ passkey&passkey=passkey-of-liv            in | no | no | no | no
POST /account/ sign-out                                  in | out | out | out | out
POST /account/ delete&email=liv@north.example&current={password}
                                                         in | 422 | 422 | 422 | 422
POST /account/ delete&email={email}&current={password}   in | ok | ok | ok | 409
POST /account/ constructor                               in | 404 | 404 | 404 | 404
POST /account/confirm/ confirm&token=none                in | 410 | 410 | 410 | 410

GET /invitation/none/                                    404
GET /invitation/invitation-into-platform/                200
POST /invitation/none/ join&name=Eve&password={password} 404
POST /invitation/invitation-into-platform/ join&name=Eve&password={password}
                                                         ok | 403 | 403 | 403 | 403

GET /organisation/ sees liv@north.example                in | 200 | 200 | see 200 200 | see 200
GET /organisation/?person=liv sees liv@north.example     in | 200 | 200 | see 200 200 | see 200
POST /organisation/ choose&organisation=north            in | no no 403 | no no 403 | no no 403 | no 403
POST /organisation/ invite&organisation=north&email=new@north.example&role=learner&team=platform
                                                         in | 403 | 403 | ok 403 403 | ok 403
POST /organisation/ invite&organisation=north&email=new@north.example&role=learner&team=data
                                                         in | 403 | 403 | 403 ok 403 | ok 403
POST /organisation/ invite&organisation=north&email=new@north.example&role=learner&team=contoso-team
                                                         in | 403 | 403 | 403 403 403 | 422 403
POST /organisation/ invite&organisation=north&email=new@north.example&role=admin&team=platform
                                                         in | 403 | 403 | 403 | ok 403
POST /organisation/ invite&organisation=north&email=new@north.example&role=manager&team=platform
                                                         in | 403 | 403 | 403 | ok 403
POST /organisation/ invite&organisation=north&email=new@north.example&role=learner&team=
                                                         in | 403 | 403 | 403 | ok 403
POST /organisation/ invite-many&organisation=north&rows=new@north.example,learner,Platform
                                                         in | 403 | 403 | ok 422 403 | ok 403
POST /organisation/ invite-many&organisation=north&rows=new@north.example,admin,Platform
                                                         in | 403 | 403 | 422 422 403 | ok 403
POST /organisation/ mail-again&organisation=north        in | 403 | 403 | 409 409 403 | 409 403
POST /organisation/ mail-again&organisation=north&invitation=invitation-into-platform
                                                         in | 403 | 403 | 409 403 403 | 409 403
POST /organisation/ mail-again&organisation=contoso&invitation=invitation-into-platform
                                                         in | 403 | 403 | 403 | 403
POST /organisation/ withdraw&organisation=north&invitation=invitation-into-platform
                                                         in | 403 | 403 | ok 403 403 | ok 403
POST /organisation/ withdraw&organisation=north&invitation=invitation-into-contoso
                                                         in | 403 | 403 | 403 | 403
POST /organisation/ withdraw&organisation=contoso&invitation=invitation-into-contoso
                                                         in | 403 | 403 | 403 403 ok | 403 ok
POST /organisation/ withdraw&organisation=contoso&invitation=invitation-into-platform
                                                         in | 403 | 403 | 403 | 403
POST /organisation/ role&organisation=north&person=liv&role=manager
                                                         in | 403 | 403 | 403 | ok 403
POST /organisation/ role&organisation=north&person=bert&role=admin
                                                         in | 403 | 403 | 403 | 409 403
POST /organisation/ role&organisation=contoso&person=liv&role=admin
                                                         in | 403 | 403 | 403 | 403 409
POST /organisation/ remove&organisation=north&person=liv in | 403 | 403 | 403 | ok 403
POST /organisation/ remove&organisation=north&person=bert
                                                         in | 403 | 403 | 403 | 409 403
POST /organisation/ create-team&organisation=north&name=Own+team
                                                         in | 403 | 403 | 403 | ok 403
POST /organisation/ rename-team&organisation=north&team=platform&name=Mine
                                                         in | 403 | 403 | 403 | ok 403
POST /organisation/ rename-team&organisation=north&team=contoso-team&name=Mine
                                                         in | 403 | 403 | 403 | 409 403
POST /organisation/ delete-team&organisation=north&team=platform
                                                         in | 403 | 403 | 403 | ok 403
POST /organisation/ delete-team&organisation=north&team=contoso-team
                                                         in | 403 | 403 | 403 | 409 403
POST /organisation/ add-to-team&organisation=north&person=dan&team=platform
                                                         in | 403 | 403 | 403 | ok 403
POST /organisation/ add-to-team&organisation=north&person=bert&team=platform
                                                         in | 403 | 403 | 403 | 409 403
POST /organisation/ add-to-team&organisation=north&person=liv&team=contoso-team
                                                         in | 403 | 403 | 403 | 409 403
POST /organisation/ remove-from-team&organisation=north&person=liv&team=platform
                                                         in | 403 | 403 | ok 403 403 | ok 403
POST /organisation/ remove-from-team&organisation=north&person=mona&team=platform
                                                         in | 403 | 403 | 403 403 403 | ok 403
POST /organisation/ remove-from-team&organisation=north&person=bert&team=contoso-team
                                                         in | 403 | 403 | 403 | 403
POST /organisation/ toString&organisation=north          in | 404 404 403 | 404 404 403 | 404 404 403 | 404 403

GET /organisation/settings/ sees Northwind               in | 403 | 403 | 403 | see 200
GET /organisation/settings/ sees Migrations              in | 403 | 403 | 403 | see 200
POST /organisation/settings/ settings&organisation=north&revision=0&zone=Europe/Oslo&late=close&reminders=no&managersInvite=no
                                                         in | 403 | 403 | 403 | ok 409
POST /organisation/settings/ rename&organisation=north&name=Mine
                                                         in | 403 | 403 | 403 | ok 409
POST /organisation/settings/ test-mail&organisation=north
                                                         in | 403 | 403 | 403 | no 409
POST /organisation/settings/ test-mail&organisation=contoso
                                                         in | 403 | 403 | 403 | 409 403
GET /organisation/audit/ sees Liv Berg                   in | 403 | 403 | 403 | see 200
GET /organisation/audit/export.csv sees user:liv         in | 403 | 403 | 403 | see+ 200+

GET /paths/ sees Path of Northwind                       200 | see see 200 | see see 200 | see see 200 | see 200
GET /paths/path-of-north/                                404 | 200 200 404 | 200 200 404 | 200 200 404 | 200 404
GET /paths/new/                                          in | 404 | 200 | 200 | 200
GET /paths/path-of-north/edit/                           in | 404 | 200 200 404 | 200 200 404 | 200 404
POST /paths/new/ publish&base=0&title=Another+path&summary=What+everybody+here+does+first.&items=-+lab:+l06-first-service
                                                         in | 404 | ok | ok | ok
POST /paths/path-of-north/edit/ publish&base=1&title=Another+path&summary=What+everybody+here+does+first.&items=-+lab:+l06-first-service
                                                         in | 404 | ok ok 404 | ok ok 404 | ok 404
POST /paths/path-of-north/edit/ retire                   in | 404 | ok ok 404 | ok ok 404 | ok 404

GET /assignments/ sees Path of Northwind                 in | see 200 200 | see 200 200 | see 200 200 | see 200
GET /assignments/new/                                    in | 404 | 404 | 200 | 200
GET /assignments/new/?path=path-of-north sees Path of Northwind
                                                         in | 404 | 404 | see see 200 | see 200
GET /assignments/for-platform/ sees Liv Berg             in | 200 404 404 | 200 404 404 | see 404 404 | see 404
GET /assignments/for-platform/edit/                      in | 404 | 404 | 200 404 404 | 200 404
GET /assignments/calendar/none.ics                       404
POST /assignments/ calendar                              in | ok | ok | ok | ok
POST /assignments/ calendar-off                          in | ok | ok | ok | ok
POST /assignments/ mails-on                              in | ok | ok | ok | ok
POST /assignments/ mails-off                             in | ok | ok | ok | ok
POST /assignments/new/?path=path-of-north assignment&team:platform=on&starts-day=2026-01-01&due-day=2099-01-01&zone=UTC&late=accept
                                                         in | 404 | 404 | ok 422 200 | ok 200
POST /assignments/new/?path=path-of-north assignment&person:bert=on&starts-day=2026-01-01&due-day=2099-01-01&zone=UTC&late=accept
                                                         in | 404 | 404 | 422 422 200 | 422 200
POST /assignments/for-platform/edit/ assignment&revision=0&team:platform=on&starts-day=2026-01-01&due-day=2099-06-01&zone=UTC&late=close
                                                         in | 404 | 404 | ok 404 404 | ok 404
POST /assignments/for-platform/ extend&person=liv&due-day=2099-12-01&reason=On+call+last+week.
                                                         in | 200 404 404 | 200 404 404 | ok 404 404 | ok 404
POST /assignments/for-platform/ extend&person=dan&due-day=2099-12-01&reason=On+call+last+week.
                                                         in | 200 404 404 | 200 404 404 | 422 404 404 | 422 404
POST /assignments/for-platform/ withdraw&reason=Not+needed.
                                                         in | 200 404 404 | 200 404 404 | ok 404 404 | ok 404

GET /team/ sees Liv Berg                                 in | no | no | see 200 200 | see 200
GET /team/?team=platform sees Liv Berg                   in | no | no | see 200 200 | see 200
GET /team/blocked/                                       in | no | no | 200 | 200
GET /team/missing/                                       404
GET /team/me/                                            in | 200 | 200 | 200 | 200
GET /team/liv/ sees Liv Berg                             in | 404 | 404 | see 404 404 | see 404
GET /team/me/0192f0c0-0000-7000-8000-000000000000/       in | 404 | 404 | 404 | 404
GET /team/liv/0192f0c0-0000-7000-8000-000000000000/      in | 404 | 404 | 404 | 404
GET /team/liv/0192f0c0-0000-7000-8000-00000000011e/ sees measured for Liv alone
                                                         in | 404 | 404 | see 404 404 | see 404
GET /team/me/0192f0c0-0000-7000-8000-00000000011e/ sees measured for Liv alone
                                                         in | 404 | 404 | 404 | 404
GET /team/lea/0192f0c0-0000-7000-8000-00000000011e/ sees measured for Liv alone
                                                         in | 404 | 404 | 404 | 404
GET /team/doug/0192f0c0-0000-7000-8000-00000000011e/ sees measured for Liv alone
                                                         in | 404 | 404 | 404 | 404
GET /team/bess/0192f0c0-0000-7000-8000-00000000011e/ sees measured for Liv alone
                                                         in | 404 | 404 | 404 | 404
GET /team/export.csv sees Liv Berg                       in | 404 | 404 | see+ 200+ 200+ | see+ 200+
GET /team/export.json sees Liv Berg                      in | 404 | 404 | see+ 200+ 200+ | see+ 200+
GET /team/statements.json sees l35-own-its-dependencies  in | 404 | 404 | see+ 200+ 200+ | see+ 200+
GET /team/records/                                       in | 404 | 404 | 200 | 200
POST /team/records/ start&actor=account                  in | 404 | 404 | 403 | ok
POST /team/records/ start&actor=name                     in | 404 | 404 | 403 | 422
POST /team/records/ stop                                 in | 404 | 404 | 403 | no
POST /team/records/ constructor                          in | 404 | 404 | 403 | 404

GET /api/session/                                        200
GET /api/assignments/mine/ sees Path of Northwind        200 | see 200 200 | see 200 200 | see 200 200 | 200
SEND /api/progress/                                      401 | 409 | 409 | 409 | 409
SEND /api/checks/                                        401 | 400 | 400 | 400 | 400
GET /api/submissions/?lab=l06-first-service              401 | 200 | 200 | 200 | 200
GET /api/submissions/?lab=l35-own-its-dependencies&person=liv sees 0192f0c0-0000-7000-8000-00000000011f
                                                         401 | 200 | 200 | 200 | 200
SEND /api/submissions/                                   401 | 409 | 409 | 409 | 409
SEND /api/submissions/again/                             in | 400 | 400 | 400 | 400
POST /api/submissions/again/ again&submission=0192f0c0-0000-7000-8000-00000000011f
                                                         in | 404 | 404 | ok 404 404 | ok 404
GET /api/auth/passkey/generate-register-options          401 | 200 | 200 | 200 | 200
GET /api/auth/passkey/generate-authenticate-options      200
SEND /api/auth/passkey/verify-registration               400
SEND /api/auth/passkey/verify-authentication             400
GET /api/auth/callback/oidc                              503
GET /api/auth/get-session                                404
GET /api/auth/organization/get-full-organization         404
SEND /api/auth/sign-up/email                             404
SEND /api/auth/sign-in/email                             404
SEND /api/auth/update-user                               404
SEND /api/auth/delete-user                               404
SEND /api/auth/organization/create                       404
SEND /api/auth/organization/update-member-role           404
SEND /api/auth/organization/invite-member                404
SEND /api/auth/passkey/delete-passkey                    404
`;
