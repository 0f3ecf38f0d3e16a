#include "core/accounts/Accounts.h"
#include "core/audit/AuditList.h"
#include "core/config/LiveSettings.h"
#include "core/console/TextMatcher.h"
#include "core/console/local/LocalConsole.h"
#include "core/console/local/TokenChecks.h"
#include "core/console/orders/Refusals.h"
#include "core/sessions/Authenticator.h"
#include "core/sessions/FormerTokens.h"
#include "core/sessions/SessionStore.h"
#include "core/telemetry/RecentRefusals.h"
#include "core/tokens/RefreshTokens.h"
#include "core/tokens/SigningKeys.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What was pasted, perhaps with the header's name or scheme before it.
QByteArray bare(const QString &given)
{
    QString text = given.trimmed();
    for (const QLatin1StringView before : {"Authorization:"_L1, "Bearer "_L1, "X-Request-Id:"_L1}) {
        if (text.startsWith(before, Qt::CaseInsensitive))
            text = text.sliced(before.size()).trimmed();
    }
    return text.toUtf8();
}

/// What is known of the session that a token names, and of its account.
struct Owner
{
    std::optional<Session> session = {};
    std::optional<User> user = {};
    QString endedBy = {};
};

Result<Owner> ownerOf(ConsoleContext &console, Id session, std::optional<Id> claimed)
{
    DbConnection &reader = console.database.reader();
    const auto found = SessionStore::findById(reader, session);
    if (!found)
        return refused(found);
    Owner owner {.session = *found};
    const auto id = *found ? std::optional((*found)->userId) : claimed;
    if (!id)
        return owner;
    const auto ended = AuditList::endOfSession(reader, *id, session);
    const auto user = console.accounts.findById(*id);
    if (!ended)
        return refused(ended);
    if (!user && user.error().code != ErrorCode::NotFound)
        return refused(user);
    owner.endedBy = *ended ? (*ended)->actor : QString();
    owner.user = user ? std::optional(*user) : std::nullopt;
    return owner;
}

RefusalCheckView accountCheck(const std::optional<User> &user)
{
    RefusalCheckView check {.check = RefusalCheck::Account};
    if (user && !user->disabled)
        return check;
    check.outcome = CheckOutcome::Failed;
    check.reason = user ? RefusalReason::AccountDisabled : RefusalReason::AccountUnknown;
    return check;
}

void noteOwner(RefusalView &view, const Owner &owner, Id session, std::optional<Id> claimed)
{
    view.sessionId = session;
    view.userId = owner.session ? std::optional(owner.session->userId) : claimed;
    view.email = owner.user ? owner.user->email : QString();
}

/// The Authenticator decides; if it refuses what nothing above explains, its own words stand there.
void judgeAccess(ConsoleContext &console, RefusalView &view, QByteArrayView token)
{
    const auto verdict = console.authenticator.authenticate(token, view.now);
    view.isAccepted = verdict.has_value();
    if (!verdict && token_checks::haveAllPassed(view.checks))
        view.checks +=
            {.check = RefusalCheck::Other, .outcome = CheckOutcome::Failed, .reason = RefusalReason::Said, .found = verdict.error().detail};
}

/// FormerTokens decides, and says why not.
Result<RefusalView> whyFormer(ConsoleContext &console, const FormerTokens &former, QByteArrayView token)
{
    RefusalView view {.subject = RefusalSubject::AccessToken, .now = console.now(), .checks = {}};
    const auto owner = former.ownerOf(token, view.now);
    if (!owner && owner.error().code != ErrorCode::InvalidToken)
        return refused(owner);
    view.isAccepted = owner.has_value();
    view.checks += {.check = RefusalCheck::Form};
    if (!owner) {
        view.checks +=
            {.check = RefusalCheck::Other, .outcome = CheckOutcome::Failed, .reason = RefusalReason::Said, .found = owner.error().detail};
        return view;
    }
    view.checks += {.check = RefusalCheck::Signature, .reason = RefusalReason::TokenFormer};
    view.userId = owner->id;
    view.email = owner->email;
    return view;
}

/// Who it belongs to is looked up only where its signature says that it is ours: else anybody could have written that.
Result<RefusalView> whyAccess(ConsoleContext &console, const QByteArray &token, const ParsedJwt &jwt)
{
    RefusalView view {.subject = RefusalSubject::AccessToken, .now = console.now(), .checks = {}};
    view.checks = token_checks::ofAccessToken(jwt, *console.keys.ring(), console.tokens, view.now);
    const auto isSignature = [](const RefusalCheckView &each) {
        return each.check == RefusalCheck::Signature && each.outcome == CheckOutcome::Passed;
    };
    const auto session = Id::fromString(jwt.claims.value("sid"_L1).toString());
    const auto user = Id::fromString(jwt.claims.value("sub"_L1).toString());
    if (!session || !std::ranges::any_of(view.checks, isSignature)) {
        view.checks += {.check = RefusalCheck::Session, .outcome = CheckOutcome::Skipped};
        judgeAccess(console, view, token);
        return view;
    }
    const auto owner = ownerOf(console, *session, user);
    if (!owner)
        return refused(owner);
    noteOwner(view, *owner, *session, user);
    view.checks += token_checks::ofSession(owner->session, owner->endedBy, view.now);
    if (owner->session && !owner->session->revokedAt) // one that is over lets its last access token live to its end
        view.checks.last() = {.check = RefusalCheck::Session, .at = view.checks.last().at};
    judgeAccess(console, view, token);
    return view;
}

Result<RefusalView> whyRefresh(ConsoleContext &console, const QByteArray &token)
{
    RefusalView view {.subject = RefusalSubject::RefreshToken, .now = console.now(), .checks = {}};
    view.checks += {.check = RefusalCheck::Form};
    const auto claim = console.refreshTokens.verify(token, view.now);
    if (!claim) {
        view.checks += {.check = RefusalCheck::Signature, .outcome = CheckOutcome::Failed, .reason = RefusalReason::NoKeyFits};
        return view;
    }
    view.checks += {.check = RefusalCheck::Signature};
    const auto owner = ownerOf(console, claim->session, {});
    if (!owner)
        return refused(owner);
    noteOwner(view, *owner, claim->session, {});
    view.checks += token_checks::ofSession(owner->session, owner->endedBy, view.now);
    if (owner->session) {
        const auto policy = SessionPolicy::from(console.settings.get());
        view.checks += token_checks::ofGeneration(*owner->session, claim->generation, policy, view.now);
        view.checks += accountCheck(owner->user);
    }
    view.isAccepted = token_checks::haveAllPassed(view.checks);
    return view;
}

RefusalView explained(const RefusedRequest &refusal, TimePoint now)
{
    const RefusedRequestView request {.id = refusal.id,
                                      .at = refusal.at,
                                      .method = refusal.method,
                                      .route = refusal.route,
                                      .status = refusal.status,
                                      .code = refusal.code,
                                      .why = refusal.why,
                                      .address = refusal.address,
                                      .rule = refusal.rule,
                                      .number = refusal.number};
    return {.subject = RefusalSubject::Request, .now = now, .checks = {token_checks::ofRequest(request)}, .request = request};
}

Result<RefusalView> whyRequest(ConsoleContext &console, const QString &id)
{
    const auto found = console.refusals.find(id);
    if (!found)
        return refused(ErrorCode::NotFound,
                       u"none of the last %1 refused requests has this id, and it is no token"_s.arg(qint64(RecentRefusals::most)));
    return explained(*found, console.now());
}

Result<RefusalView> why(ConsoleContext &console, const WhyRefused &order)
{
    if (order.given.size() > WhyRefused::longest)
        return refused(ErrorCode::InvalidInput, u"at most %1 characters"_s.arg(WhyRefused::longest));
    const QByteArray given = bare(order.given);
    if (given.isEmpty())
        return refused(ErrorCode::InvalidInput, u"nothing was given"_s);
    if (RefreshTokens::isOfForm(given))
        return whyRefresh(console, given);
    if (const FormerTokens former(console.keys, console.accounts, console.database); former.mayBe(given, console.now()))
        return whyFormer(console, former, given);
    if (const auto jwt = parseJwt(given, JwtKid::Either))
        return whyAccess(console, given, *jwt);
    if (given.size() <= 64 && given.count('.') != 2) // as long as the id of a request may be
        return whyRequest(console, QString::fromUtf8(given));
    return RefusalView {.subject = RefusalSubject::Unknown,
                        .now = console.now(),
                        .checks = {{.check = RefusalCheck::Form, .outcome = CheckOutcome::Failed, .reason = RefusalReason::NoToken}}};
}

bool isShown(const RefusedRequest &refusal, const TextMatcher &matcher)
{
    const QString asked = refusal.method + u' ' + refusal.route;
    const QString answered = QString::number(refusal.status) + u' ' + QString(nameOf(refusal.code));
    return std::ranges::any_of(QStringList {refusal.id, refusal.address, asked, answered, refusal.rule},
                               [&matcher](const QString &shown) { return matcher.isIn(shown); });
}

/// Those that the text shows, older than the last one of the page before: one more than the page has, so that somebody knows of it.
QList<RefusedRequest> shownBefore(ConsoleContext &console, const ListRefusals &order, qint64 before, qsizetype limit)
{
    const TextMatcher matcher(order.text);
    QList<RefusedRequest> shown;
    for (const RefusedRequest &refusal : console.refusals.newestFirst()) {
        if ((before == 0 || refusal.number < before) && isShown(refusal, matcher))
            shown += refusal;
        if (shown.size() > limit)
            break;
    }
    return shown;
}

Result<PageOf<RefusalView>> list(ConsoleContext &console, const ListRefusals &order, Errand &)
{
    PageOf<RefusalView> page {.rows = {}, .next = {}, .position = console.journal.position()};
    const qint64 before = order.cursor.toLongLong();
    if (before < 1 && !order.cursor.isEmpty())
        return refused(ErrorCode::InvalidInput, u"the cursor is none of this list"_s);
    if (const auto fits = TextMatcher::check(order.text); !fits)
        return refused(fits);
    const qsizetype limit = std::clamp(order.limit, 1, ListRefusals::longestPage);
    QList<RefusedRequest> shown = shownBefore(console, order, before, limit);
    if (shown.size() > limit) {
        shown.removeLast();
        page.next = QString::number(shown.last().number);
    }
    for (const RefusedRequest &refusal : std::as_const(shown))
        page.rows += explained(refusal, console.now());
    return page;
}

} // namespace

void LocalConsole::addRefusalHandlers() { add(why, list); }

} // namespace warder
