#include "core/console/LocalConsole.h"

#include "core/accounts/AccountImport.h"
#include "core/accounts/AccountService.h"
#include "core/base/Text.h"
#include "core/config/LiveSettings.h"
#include "core/console/ListQuestions.h"
#include "core/console/SessionDirectory.h"
#include "core/console/ViewsOf.h"
#include "core/ratelimit/RateLimiter.h"
#include "core/sessions/SessionService.h"
#include "core/sessions/SessionStore.h"
#include "core/storage/Database.h"
#include "core/tokens/KeyStore.h"
#include "core/tokens/TokenPolicy.h"

#include <QScopeGuard>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int threads = 2;
constexpr int listThreads = 2;
constexpr size_t mostWaiting = 1000;
constexpr int mostInPage = 500;
constexpr qsizetype mostInPiece = 500;
constexpr size_t mostImports = 4;

QList<ImportedAccount> accountsFrom(const QList<ImportedUser> &users)
{
    QList<ImportedAccount> accounts;
    for (const ImportedUser &user : users)
        accounts += ImportedAccount {.line = user.line,
                                     .id = user.id,
                                     .email = user.email,
                                     .name = user.name,
                                     .roles = user.roles,
                                     .passwordHash = user.passwordHash,
                                     .disabled = user.disabled,
                                     .emailVerified = user.emailVerified,
                                     .createdAt = user.createdAt};
    return accounts;
}

UserImport viewOf(const ImportOutcome &outcome)
{
    UserImport view {.added = outcome.added, .skipped = {}, .faults = {}, .moreFaults = outcome.moreFaults};
    for (const ImportDouble &one : outcome.skipped)
        view.skipped += SkippedUser {.line = one.line, .id = one.id};
    for (const ImportFault &one : outcome.faults)
        view.faults += UserImportFault {.line = one.line, .field = one.field, .message = one.message};
    return view;
}

template <typename From>
auto viewsOf(const QList<From> &list)
{
    QList<decltype(viewOf(std::declval<const From &>()))> views;
    for (const From &one : list)
        views += viewOf(one);
    return views;
}

RuleView viewOf(const RateRule &rule, const RateLimiter &limiter, TimePoint now)
{
    RuleView view {.name = rule.name,
                   .appliesTo = rule.appliesTo,
                   .key = nameOf(rule.key),
                   .amount = rule.rate.amount,
                   .period = rule.rate.period,
                   .burst = rule.rate.burst,
                   .enabled = rule.enabled,
                   .deniedHistory = QList<qint64>(10, 0)};
    const QList<RatePoint> seconds = limiter.history(rule.name, std::chrono::minutes {10}, now);
    for (const RatePoint &second : seconds) {
        view.allowed += second.allowed;
        view.denied += second.denied;
        const auto minutesAgo = (now - second.from) / std::chrono::minutes {1};
        view.deniedHistory[std::clamp<qsizetype>(9 - minutesAgo, 0, 9)] += second.denied;
    }
    return view;
}

} // namespace

LocalConsole::LocalConsole(const ConsoleParts &parts)
    : m_parts(parts), m_index(parts.journal), m_workers(threads, mostWaiting), m_lists(listThreads, mostWaiting)
{}

LocalConsole::~LocalConsole()
{
    m_workers.close();
    m_lists.close();
}

template <typename T>
Answer<T> LocalConsole::ready(Result<T> result)
{
    QPromise<Result<T>> promise;
    promise.start();
    promise.addResult(std::move(result));
    promise.finish();
    return promise.future();
}

template <typename T>
Answer<T> LocalConsole::order(std::function<Result<T>()> job)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    auto answer = promise->future();
    const bool taken = m_workers.tryRun([promise, job = std::move(job)] {
        promise->addResult(job());
        promise->finish();
    });
    return taken ? answer : ready<T>(refused(ErrorCode::Busy, u"the console has too much to do"_s));
}

template <typename T>
Answer<T> LocalConsole::longOrder(std::function<Result<T>(const Course &)> job)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    auto answer = promise->future();
    const bool taken = m_lists.tryRun([this, promise, job = std::move(job)] {
        const Course course {.isCanceled = [promise] { return promise->isCanceled(); },
                             .tell =
                                 [promise](qsizetype done, qsizetype all) {
                                     promise->setProgressRange(0, int(all));
                                     promise->setProgressValue(int(done));
                                 }};
        DbConnection &reader = m_parts.database.reader();
        reader.stopWhen(course.isCanceled);
        const auto over = qScopeGuard([&reader] { reader.stopWhen({}); });
        if (!course.isCanceled())
            promise->addResult(job(course));
        promise->finish();
    });
    return taken ? answer : ready<T>(refused(ErrorCode::Busy, u"the console has too much to do"_s));
}

/// Sessions also end by time: what the journal counted is right again every minute, the index is always.
Result<qint64> LocalConsole::liveSessions(TimePoint now)
{
    if (const auto known = m_index.liveIfKnown(now))
        return *known;
    if (const auto counted = m_parts.journal.liveSessions())
        return *counted;
    return SessionStore::countLive(m_parts.database.reader(), now).transform([this](qint64 live) {
        m_parts.journal.seed(live);
        return live;
    });
}

Answer<OverviewView> LocalConsole::overview()
{
    return order<OverviewView>([this]() -> Result<OverviewView> {
        const TimePoint now = m_parts.clock.now();
        const auto live = liveSessions(now);
        const auto users = m_parts.accounts.count();
        const auto today = m_signIns.count(m_parts.database.reader(), now);
        if (!live || !users)
            return refused(live ? users : live);
        if (!today)
            return refused(today);
        const auto ring = m_parts.keys.ring();
        const auto key = std::ranges::find_if(
            ring->keys, [](const SigningKey &one) { return one.purpose == KeyPurpose::Access && one.state == KeyState::Current; });
        return OverviewView {.server = m_parts.server.view(),
                             .liveSessions = *live,
                             .users = *users,
                             .signInsToday = today->succeeded,
                             .failedSignInsToday = today->failed,
                             .limitedNow = qint64(m_parts.limiter.limitedNow(now).size()),
                             .signingKeySince = key == ring->keys.end() ? TimePoint() : key->activatedAt.value_or(key->createdAt),
                             .requestsPerSecond = m_parts.traffic.requestsPerSecond(Seconds {10}, now)};
    });
}

Answer<QList<TrafficView>> LocalConsole::traffic(Seconds window)
{
    return order<QList<TrafficView>>(
        [this, window] { return Result<QList<TrafficView>>(viewsOf(m_parts.traffic.history(window, m_parts.clock.now()))); });
}

Answer<Changes> LocalConsole::changesSince(quint64 position) { return ready<Changes>(m_parts.journal.since(position)); }

Answer<ServerView> LocalConsole::change(Result<void> (ServerControl::*to)())
{
    return order<ServerView>([&server = m_parts.server, to] { return (server.*to)().transform([&server] { return server.view(); }); });
}

Answer<ServerView> LocalConsole::startServer() { return change(&ServerControl::start); }

Answer<ServerView> LocalConsole::stopServer() { return change(&ServerControl::stop); }

Answer<ServerView> LocalConsole::pauseServer() { return change(&ServerControl::pause); }

Answer<ServerView> LocalConsole::resumeServer() { return change(&ServerControl::resume); }

Answer<QStringList> LocalConsole::reloadServer()
{
    return order<QStringList>([this] { return m_parts.server.reload(); });
}

Answer<PageOf<SessionView>> LocalConsole::sessions(const SessionFilter &filter, const QString &cursor, int limit)
{
    return longOrder<PageOf<SessionView>>([this, filter, cursor, limit](const Course &) -> Result<PageOf<SessionView>> {
        const quint64 position = m_parts.journal.position();
        const auto before = ListQuestions::checkText(filter.text).and_then([&cursor] { return ListQuestions::sessionCursor(cursor); });
        if (!before)
            return refused(before);
        const auto page = SessionDirectory::page(m_parts.database.reader(), m_index, filter, *before, std::clamp(limit, 1, mostInPage),
                                                 m_parts.clock.now());
        if (!page)
            return refused(page);
        return PageOf<SessionView> {
            .rows = page->rows, .next = page->next.isNull() ? QString() : page->next.toString(), .position = position};
    });
}

Answer<int> LocalConsole::revokeSessions(const QList<Id> &sessions)
{
    return order<int>(
        [this, sessions] { return m_parts.sessions.revokeById(sessions, SessionEnd::Admin, m_parts.actor, m_parts.clock.now()); });
}

Answer<int> LocalConsole::revokeShown(const SessionFilter &filter, qint64 seen)
{
    return longOrder<int>([this, filter, seen](const Course &course) -> Result<int> {
        if (const auto fit = ListQuestions::checkText(filter.text); !fit)
            return refused(fit);
        SessionFilter live = filter;
        live.ended = false;
        const auto shown = m_index.find(m_parts.database.reader(), live, m_parts.clock.now());
        if (!shown)
            return refused(shown);
        if (shown->size() != seen)
            return refused(ErrorCode::Conflict, u"%1 sessions match now, not %2"_s.arg(shown->size()).arg(seen));
        return endInPieces(*shown, course);
    });
}

Result<int> LocalConsole::endInPieces(const QList<Id> &sessions, const Course &course)
{
    int ended = 0;
    for (qsizetype from = 0; from < sessions.size() && !course.isCanceled(); from += SessionService::endedAtOnce) {
        const auto piece = m_parts.sessions.revokeById(sessions.mid(from, SessionService::endedAtOnce), SessionEnd::Admin, m_parts.actor,
                                                       m_parts.clock.now());
        if (!piece)
            return refused(piece.error().code, u"%1 (after %2 sessions had been ended)"_s.arg(piece.error().detail).arg(ended));
        ended += *piece;
        course.tell(from + SessionService::endedAtOnce, sessions.size());
    }
    return ended;
}

Answer<SessionCounts> LocalConsole::countSessions(const SessionFilter &filter)
{
    return longOrder<SessionCounts>([this, filter](const Course &) {
        return ListQuestions::checkText(filter.text).and_then([&] {
            return m_index.count(m_parts.database.reader(), filter, m_parts.clock.now());
        });
    });
}

Answer<PageOf<UserView>> LocalConsole::users(const QString &text, const QString &cursor, int limit)
{
    return longOrder<PageOf<UserView>>([this, text, cursor, limit](const Course &) -> Result<PageOf<UserView>> {
        const quint64 position = m_parts.journal.position();
        if (const auto fit = ListQuestions::checkText(text).and_then([&cursor] { return ListQuestions::checkUserCursor(cursor); }); !fit)
            return refused(fit);
        const auto page = m_parts.accounts.page(text, cursor, std::clamp(limit, 1, mostInPage));
        if (!page)
            return refused(page);
        return PageOf<UserView> {.rows = viewsOf(page->users), .next = page->next, .position = position};
    });
}

Answer<qint64> LocalConsole::countUsers(const QString &text)
{
    return longOrder<qint64>(
        [this, text](const Course &) { return ListQuestions::checkText(text).and_then([&] { return m_parts.accounts.count(text); }); });
}

Answer<UserView> LocalConsole::findUser(const QString &emailOrId)
{
    return order<UserView>([this, emailOrId]() -> Result<UserView> {
        if (const auto id = Id::fromString(emailOrId))
            return m_parts.accounts.findById(*id).transform([](const User &user) { return viewOf(user); });
        const auto found = m_parts.accounts.findByEmail(emailOrId);
        if (!found)
            return refused(found);
        if (!found->has_value())
            return refused(ErrorCode::NotFound, u"no user %1"_s.arg(shortened(emailOrId)));
        return viewOf(**found);
    });
}

Answer<UserView> LocalConsole::createUser(const NewUser &user)
{
    return order<UserView>([this, user] {
        const NewAccount account {
            .email = user.email, .password = user.password, .name = user.name, .roles = user.roles, .passwordHash = user.passwordHash};
        return m_parts.accounts.create(account, m_parts.actor, m_parts.clock.now()).transform([](const User &made) {
            return viewOf(made);
        });
    });
}

Answer<UserView> LocalConsole::editUser(Id user, const UserEdit &edit)
{
    return order<UserView>([this, user, edit]() -> Result<UserView> {
        const AccountEdit wanted {
            .email = edit.email, .name = edit.name, .roles = edit.roles, .addRoles = edit.addRoles, .removeRoles = edit.removeRoles};
        const auto changed = m_parts.accounts.edit(user, wanted, m_parts.actor, m_parts.clock.now());
        if (!changed)
            return refused(changed);
        return viewOf(*changed);
    });
}

Answer<UserView> LocalConsole::setUserDisabled(Id user, bool disabled)
{
    return order<UserView>([this, user, disabled]() -> Result<UserView> {
        if (const auto done = m_parts.sessions.setDisabled(user, disabled, m_parts.actor, m_parts.clock.now()); !done)
            return refused(done);
        return m_parts.accounts.findById(user).transform([](const User &changed) { return viewOf(changed); });
    });
}

Answer<void> LocalConsole::setUserPassword(Id user, const QString &password)
{
    return order<void>([this, user, password] { return m_parts.sessions.setPassword(user, password, m_parts.actor, m_parts.clock.now()); });
}

Answer<void> LocalConsole::removeUser(Id user)
{
    return order<void>([this, user] { return m_parts.sessions.removeAccount(user, m_parts.actor, m_parts.clock.now()); });
}

Answer<int> LocalConsole::endSessionsOf(Id user)
{
    return order<int>([this, user] { return m_parts.sessions.revokeByUser(user, SessionEnd::Admin, m_parts.actor, m_parts.clock.now()); });
}

std::shared_ptr<AccountImport> LocalConsole::import(Id id, bool mayBegin)
{
    const std::lock_guard lock(m_importsMutex);
    const auto found = std::ranges::find(m_imports, id, &decltype(m_imports)::value_type::first);
    if (found != m_imports.end())
        return found->second;
    if (!mayBegin)
        return {};
    if (m_imports.size() == mostImports)
        m_imports.erase(m_imports.begin());
    return m_imports.emplace_back(id, std::make_shared<AccountImport>(m_parts.database, m_parts.accounts)).second;
}

Answer<void> LocalConsole::addToImport(Id import, const QList<ImportedUser> &users)
{
    return order<void>([this, import, users]() -> Result<void> {
        if (import.isNull() || users.size() > mostInPiece)
            return refused(ErrorCode::InvalidInput, u"an import has an id, and pieces of at most %1 users"_s.arg(mostInPiece));
        return this->import(import, true)->add(accountsFrom(users), m_parts.clock.now());
    });
}

Answer<UserImport> LocalConsole::finishImport(Id import, const ImportOptions &options)
{
    return order<UserImport>([this, import, options]() -> Result<UserImport> {
        const auto known = this->import(import, false);
        if (!known)
            return refused(ErrorCode::NotFound,
                           u"this import is not known any more: four others have begun since, or the server was started anew"_s);
        const auto outcome =
            known->finish({.skipExisting = options.skipExisting, .dryRun = options.dryRun}, m_parts.actor, m_parts.clock.now());
        {
            const std::lock_guard lock(m_importsMutex);
            std::erase_if(m_imports, [import](const auto &one) { return one.first == import; });
        }
        if (!outcome)
            return refused(outcome);
        return viewOf(*outcome);
    });
}

Answer<QList<RuleView>> LocalConsole::limitRules()
{
    return order<QList<RuleView>>([this]() -> Result<QList<RuleView>> {
        QList<RuleView> views;
        for (const RateRule &rule : m_parts.limiter.rules())
            views += viewOf(rule, m_parts.limiter, m_parts.clock.now());
        return views;
    });
}

Answer<QList<LimitPoint>> LocalConsole::limitHistory(const QString &rule, Seconds window)
{
    return order<QList<LimitPoint>>([this, rule, window]() -> Result<QList<LimitPoint>> {
        QList<LimitPoint> points;
        for (const RatePoint &point : m_parts.limiter.history(rule, window, m_parts.clock.now()))
            points += LimitPoint {.from = point.from, .allowed = point.allowed, .denied = point.denied};
        return points;
    });
}

Answer<QList<LimitedView>> LocalConsole::limitedNow()
{
    return order<QList<LimitedView>>(
        [this] { return Result<QList<LimitedView>>(viewsOf(m_parts.limiter.limitedNow(m_parts.clock.now()))); });
}

Answer<void> LocalConsole::unblock(const QString &rule, const QString &key)
{
    return order<void>([this, rule, key]() -> Result<void> {
        if (!m_parts.limiter.unblock(rule, key, m_parts.clock.now()))
            return refused(ErrorCode::NotFound, u"%1 is not limited by %2 now"_s.arg(shortened(key), shortened(rule)));
        return {};
    });
}

Answer<QList<KeyView>> LocalConsole::keys()
{
    return order<QList<KeyView>>([this]() -> Result<QList<KeyView>> {
        const auto ring = m_parts.keys.ring();
        QList<KeyView> views;
        for (const SigningKey &key : ring->keys) {
            const auto view = counted(key, m_parts.clock.now());
            if (!view)
                return refused(view);
            views += *view;
        }
        return views;
    });
}

/// When the key signed the tokens that may still be good: nobody else signed then.
struct SigningSpan
{
    TimePoint from;
    TimePoint until;
};

static SigningSpan spanOf(const SigningKey &key, const TokenPolicy &tokens, TimePoint now)
{
    if (!key.activatedAt)
        return {.from = now, .until = now}; // it stands by, or never did more
    const TimePoint oldest = key.purpose == KeyPurpose::Access ? now - tokens.accessLifetime - tokens.leeway : *key.activatedAt;
    return {.from = std::max(*key.activatedAt, oldest), .until = key.retiredAt.value_or(now) + Milliseconds {1}};
}

Result<KeyView> LocalConsole::counted(const SigningKey &key, TimePoint now) const
{
    KeyView view = viewOf(key);
    if (key.state == KeyState::Revoked)
        return view;
    const SigningSpan span = spanOf(key, m_parts.tokens, now);
    return SessionStore::countIssuedBetween(m_parts.database.reader(), span.from, span.until, now).transform([&view](qint64 sessions) {
        view.sessions = sessions;
        return view;
    });
}

Answer<KeyView> LocalConsole::rotateKey(const QString &purpose)
{
    return order<KeyView>([this, purpose]() -> Result<KeyView> {
        const auto which = keyPurposeFromName(purpose);
        if (!which)
            return refused(ErrorCode::InvalidInput, u"the purpose is \"access\" or \"refresh\""_s);
        const Milliseconds overlap =
            *which == KeyPurpose::Access ? m_parts.tokens.overlap() : m_parts.settings.get().seconds("sessions.idle_lifetime"_L1);
        const auto key = m_parts.keys.rotate(*which, overlap, m_parts.actor, m_parts.clock.now());
        if (!key)
            return refused(key);
        return counted(*key, m_parts.clock.now());
    });
}

Answer<KeyView> LocalConsole::revokeKey(const QString &kid)
{
    return order<KeyView>([this, kid]() -> Result<KeyView> {
        const TimePoint now = m_parts.clock.now();
        const auto key = m_parts.keys.revoke(kid, m_parts.actor, now);
        if (!key)
            return refused(key);
        const SigningSpan span = spanOf(*key, m_parts.tokens, now);
        const auto concerned =
            key->purpose == KeyPurpose::Access
                ? SessionStore::countIssuedBetween(m_parts.database.reader(), span.from, span.until, now)
                : m_parts.sessions.revokeIssuedBetween(span.from, span.until, m_parts.actor, now).transform([](int ended) {
                      return qint64(ended);
                  });
        if (!concerned)
            return refused(concerned);
        KeyView view = viewOf(*key);
        view.sessions = *concerned;
        return view;
    });
}

Answer<QList<SettingView>> LocalConsole::settings()
{
    return order<QList<SettingView>>([this] { return Result<QList<SettingView>>(viewsOf(m_parts.settings.get())); });
}

} // namespace warder
