#include "ui/activity/RefusalTexts.h"

#include "ui/activity/ActivityTexts.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// The exact time, and how far away it is.
QString refusalTime(const RefusalCheckView &check, TimePoint now)
{
    if (!check.at)
        return u"–"_s;
    return *check.at > now ? Times::together(Times::exact(*check.at), Times::until(*check.at, now)) : Times::withAge(*check.at, now);
}

} // namespace

QString RefusalTexts::subject(RefusalCheck check)
{
    switch (check) {
    //: What is checked of a token.
    case RefusalCheck::Form: return tr("Form");
    //: What is checked of a token: the key that signed it.
    case RefusalCheck::Key: return tr("Key");
    //: What is checked of a token.
    case RefusalCheck::Signature: return tr("Signature");
    //: What is checked of a token: which kind of token it is.
    case RefusalCheck::Kind: return tr("Kind");
    //: What is checked of a token: who made it.
    case RefusalCheck::Issuer: return tr("Issuer");
    //: What is checked of a token: for whom it was made.
    case RefusalCheck::Audience: return tr("Audience");
    //: What is checked of a token: from when until when it is good.
    case RefusalCheck::Times: return tr("Time");
    //: What is checked of a token: the sign-in that it belongs to.
    case RefusalCheck::Session: return tr("Session");
    //: What is checked of a refresh token: whether it was exchanged already.
    case RefusalCheck::Generation: return tr("Exchanged before");
    //: What is checked of a token: the account that it belongs to.
    case RefusalCheck::Account: return tr("Account");
    //: What is checked of a request: the site of the page that sent it.
    case RefusalCheck::Origin: return tr("Origin (CORS)");
    //: What is checked of a request: that a page of one's own sent it.
    case RefusalCheck::Csrf: return tr("CSRF");
    //: What is checked of a request: how many there were.
    case RefusalCheck::Limit: return tr("Limit");
    //: What is checked of a request: whether its network is blocked.
    case RefusalCheck::Block: return tr("Network");
    //: What the server said of a request.
    case RefusalCheck::Other: return tr("Reason");
    }
    Q_UNREACHABLE_RETURN({});
}

Tone RefusalTexts::tone(const RefusalCheckView &check)
{
    switch (check.outcome) {
    case CheckOutcome::Passed:  return check.reason == RefusalReason::None ? Tone::Good : Tone::Warning;
    case CheckOutcome::Failed:  return Tone::Bad;
    case CheckOutcome::Skipped: return Tone::Neutral;
    }
    Q_UNREACHABLE_RETURN({});
}

QString RefusalTexts::of(const RefusalCheckView &check, TimePoint now)
{
    if (check.outcome == CheckOutcome::Skipped)
        //: Of a check that says nothing because another one failed.
        return tr("Not looked at: what comes before it failed.");
    if (check.outcome == CheckOutcome::Passed)
        return passed(check, now);
    for (const QString &text : {ofKey(check, now), ofClaims(check, now), ofSession(check, now), ofRequest(check)}) {
        if (!text.isEmpty())
            return text;
    }
    //: Of a check that failed. The words of the server follow.
    return tr("The server refused it.") + u' ' + UiTexts::reason(check.found);
}

QString RefusalTexts::ofKey(const RefusalCheckView &check, TimePoint now)
{
    const QString kid = UiTexts::foreign(check.found);
    switch (check.reason) {
    case RefusalReason::NoToken:
        //: What is wrong with something that was pasted.
        return tr("This is neither a token of this server nor the id of a request. Copy all of it, without line breaks.");
    case RefusalReason::NoKeyNamed:
        //: What is wrong with a token.
        return tr("It names no key: another program made it, perhaps the backend that was there before.");
    case RefusalReason::KeyUnknown:
        //: What is wrong with a token; %1 is the id of a key.
        return tr("No key %1 is there. Another server made the token, or the key has left the ring since.").arg(kid);
    case RefusalReason::KeyOfOther:
        //: What is wrong with a token; %1 is the id of a key.
        return tr("The key %1 is not for access tokens.").arg(kid);
    case RefusalReason::KeyRevoked:
        //: What is wrong with a token; %1 is the id of a key, %2 a time.
        return tr("The key %1 was revoked: %2. Nothing that it signed is accepted; a refresh gives a new token.")
            .arg(kid, refusalTime(check, now));
    case RefusalReason::KeyOver:
        //: What is wrong with a token; %1 is the id of a key, %2 a time.
        return tr("The key %1 verifies nothing any more: %2. All that it signed has expired.").arg(kid, refusalTime(check, now));
    case RefusalReason::NoKeyFits:
        //: What is wrong with a refresh token.
        return tr("No key that is good now has signed it: it is forged, of another server, or its key was revoked or has left the ring.");
    case RefusalReason::SignatureWrong:
        //: What is wrong with a token.
        return tr("It does not fit the key: the token was changed, cut off, or forged.");
    default: return {};
    }
}

QString RefusalTexts::ofClaims(const RefusalCheckView &check, TimePoint now)
{
    const QString found = check.found.isEmpty() ? u"–"_s : UiTexts::foreign(check.found);
    const QString expected = UiTexts::foreign(check.expected);
    switch (check.reason) {
    case RefusalReason::KindOther:
        //: What is wrong with a token; %1 and %2 are kinds of tokens: "JWT", "at+jwt".
        return tr("It is of the kind %1, where %2 is needed. Perhaps it is an id_token, or of an older server.").arg(found, expected);
    case RefusalReason::IssuerOther:
        //: What is wrong with a token; %1 and %2 are addresses of servers.
        return tr("%1 made it, and this server calls itself %2. Set tokens.issuer to the address that everybody knows.")
            .arg(found, expected);
    case RefusalReason::AudienceOther:
        //: What is wrong with a token; %1 and %2 are names.
        return tr("It is for %1, and this server takes those for %2 (tokens.audience).").arg(found, expected);
    case RefusalReason::ClaimsMissing:
        //: What is wrong with a token; the words in brackets are names in it.
        return tr("It does not say from when until when it is good (iat, nbf, exp).");
    case RefusalReason::Expired:
        //: What is wrong with a token; %1 is a time.
        return tr("It has expired: %1. Whoever has it must refresh. If it was made just now, a clock is wrong.")
            .arg(refusalTime(check, now));
    case RefusalReason::NotYetValid:
        //: What is wrong with a token; %1 is a time that is still to come.
        return tr("It begins in the future: %1. The clock of this machine, or of the one that made it, is wrong.")
            .arg(refusalTime(check, now));
    default: return {};
    }
}

QString RefusalTexts::ofSession(const RefusalCheckView &check, TimePoint now)
{
    const QString when = refusalTime(check, now);
    switch (check.reason) {
    case RefusalReason::SessionUnknown:
        //: What is wrong with a token.
        return tr("The database does not know it: it went with its account, ended long ago, or is younger than the backup that was put "
                  "back.");
    case RefusalReason::SessionEnded:
        if (!check.by.isEmpty())
            //: What is wrong with a token: its session has ended. %1 says why ("Revoked by an admin"), %2 who did it, %3 is a time.
            return tr("It has ended: %1. By: %2. When: %3.").arg(UiTexts::endReason(check.found), ActivityTexts::actor(check.by), when);
        //: What is wrong with a token: its session has ended. %1 says why ("Revoked by an admin"), %2 is a time.
        return tr("It has ended: %1. When: %2.").arg(UiTexts::endReason(check.found), when);
    case RefusalReason::SessionExpired:
        //: What is wrong with a token; %1 is a time.
        return tr("It is over since %1: not used for too long, or too old.").arg(when);
    case RefusalReason::TokenSpent:
        //: What is wrong with a refresh token; %1 and %2 are numbers that count its exchanges.
        return tr("It was exchanged already: it is number %1, and number %2 is the good one. Presenting it again would end the session for "
                  "everybody who has tokens of it. Two programs share a token, or one was stolen.")
            .arg(check.found, check.expected);
    case RefusalReason::AccountUnknown:
        //: What is wrong with a token.
        return tr("Its account is gone.");
    case RefusalReason::AccountDisabled:
        //: What is wrong with a token; "Users" is a page of this window.
        return tr("Its account is disabled or deleted. The page Users enables it again, or restores it.");
    default: return {};
    }
}

QString RefusalTexts::ofRequest(const RefusalCheckView &check)
{
    switch (check.reason) {
    case RefusalReason::OriginRefused:
        //: Why a request was refused. The words of the server follow.
        return tr("The page that sent it is of a site that http.allowed_origins does not list.") + u' ' + UiTexts::reason(check.found);
    case RefusalReason::CsrfWrong:
        //: Why a request was refused; X-CSRF-Token is the name of a header. The words of the server follow.
        return tr("It came with cookies, and without the right X-CSRF-Token.") + u' ' + UiTexts::reason(check.found);
    case RefusalReason::LimitReached:
        //: Why a request was refused; %1 is the name of a limit, "Limits" a page of this window.
        return tr("Too many requests, by the limit %1. The page Limits says who is held back, and lets them go on.")
            .arg(UiTexts::foreign(check.found));
    case RefusalReason::NetworkBlocked:
        //: Why a request was refused; %1 is a network address, "Limits" a page of this window.
        return tr("The network of %1 is blocked, on the page Limits.").arg(UiTexts::foreign(check.found));
    default: return {};
    }
}

QString RefusalTexts::passed(const RefusalCheckView &check, TimePoint now)
{
    if (check.reason == RefusalReason::TokenRepeated)
        //: Of a refresh token that is good.
        return tr("It was exchanged a moment ago: within the grace it gets the same answer again.");
    if (check.reason == RefusalReason::TokenAhead)
        //: Of a refresh token that is good.
        return tr("It is newer than the database, which a backup was put into: it is taken all the same.");
    if (check.reason == RefusalReason::TokenFormer)
        //: Of an access token that is good.
        return tr("The backend that was there before made it. It still shows who its owner is, and opens nothing else.");
    if (check.check == RefusalCheck::Times && check.at)
        //: Of a token that is good; %1 is a time.
        return tr("Good until %1.").arg(refusalTime(check, now));
    if (check.check == RefusalCheck::Session && check.at)
        //: Of a token whose session lives; %1 is a time.
        return tr("It lives; without use until %1.").arg(refusalTime(check, now));
    return tokenPassed(check);
}

QString RefusalTexts::tokenPassed(const RefusalCheckView &check)
{
    switch (check.check) {
    //: Of a check that a token passed; %1 is the id of a key.
    case RefusalCheck::Key: return tr("%1, which verifies.").arg(UiTexts::foreign(check.found));
    //: Of a check that a token passed.
    case RefusalCheck::Signature: return tr("It fits: this server made the token.");
    case RefusalCheck::Issuer:
    case RefusalCheck::Audience:
    case RefusalCheck::Kind:      return UiTexts::foreign(check.found);
    //: Of a check that a refresh token passed.
    case RefusalCheck::Generation: return tr("It is the good one of its session.");
    default:                       break;
    }
    //: Of a check that a token passed.
    return tr("Fine.");
}

QString RefusalTexts::verdict(const RefusalView &view)
{
    switch (view.subject) {
    case RefusalSubject::AccessToken:
        return view.isAccepted ? /*: What became of a token that was pasted. */ tr("An access token that the server accepts.")
                               : /*: What became of a token that was pasted. */ tr("An access token that the server refuses.");
    case RefusalSubject::RefreshToken:
        return view.isAccepted ? /*: What became of a token that was pasted. */ tr("A refresh token that the server accepts.")
                               : /*: What became of a token that was pasted. */ tr("A refresh token that the server refuses.");
    //: What became of the id of a request that was pasted.
    case RefusalSubject::Request: return tr("A request that the server refused.");
    //: What became of something that was pasted.
    case RefusalSubject::Unknown: return tr("Nothing that this server knows.");
    }
    Q_UNREACHABLE_RETURN({});
}

Tone RefusalTexts::tone(const RefusalView &view)
{
    if (view.subject == RefusalSubject::Unknown)
        return Tone::Warning;
    return view.isAccepted ? Tone::Good : Tone::Bad;
}

QString RefusalTexts::asked(const RefusedRequestView &request)
{
    return request.route.isEmpty() ? request.method : request.method + u' ' + request.route;
}

QString RefusalTexts::answer(const RefusedRequestView &request)
{
    return QString::number(request.status) + u' ' + QString(nameOf(request.code));
}

QString RefusalTexts::request(const RefusedRequestView &request, TimePoint now)
{
    //: About a request: %1 is such as "POST /login", %2 a network address, %3 a time, %4 such as "401 invalid_token".
    return tr("%1 from %2. When: %3. Answer: %4.")
        .arg(UiTexts::foreign(asked(request)), UiTexts::foreign(request.address), Times::withAge(request.at, now), answer(request));
}

} // namespace warder
