#pragma once

#include "core/base/Workers.h"
#include "core/console/ChangeJournal.h"
#include "core/console/Console.h"
#include "core/console/ServerControl.h"
#include "core/console/SessionIndex.h"
#include "core/console/SignInsToday.h"

#include <mutex>

namespace warder {

class AccountImport;
class AccountService;
class Database;
class LiveSettings;
class RateLimiter;
class SessionService;
class SigningKeys;
class TrafficStatistics;
struct SigningKey;
struct TokenPolicy;

/// What the console stands on; all must outlive it.
struct ConsoleParts
{
    const Clock &clock;
    Database &database;
    AccountService &accounts;
    SessionService &sessions;
    SigningKeys &keys;
    RateLimiter &limiter;
    TrafficStatistics &traffic;
    ChangeJournal &journal;
    ServerControl &server;
    const LiveSettings &settings;
    const TokenPolicy &tokens;
    QString actor; ///< "console", "command line": for the audit record.
};

/// The console in the server's own process. Orders run on threads of its own; none blocks the caller.
class LocalConsole final : public Console
{
public:
    explicit LocalConsole(const ConsoleParts &parts);
    ~LocalConsole() override; ///< Finishes what was ordered.

    Answer<OverviewView> overview() override;
    Answer<QList<TrafficView>> traffic(Seconds window) override;
    Answer<Changes> changesSince(quint64 position) override;
    Answer<ServerView> startServer() override;
    Answer<ServerView> stopServer() override;
    Answer<ServerView> pauseServer() override;
    Answer<ServerView> resumeServer() override;
    Answer<QStringList> reloadServer() override;

    Answer<PageOf<SessionView>> sessions(const SessionFilter &filter, const QString &cursor, int limit) override;
    Answer<int> revokeSessions(const QList<Id> &sessions) override;
    Answer<int> revokeShown(const SessionFilter &filter, qint64 seen) override;

    Answer<PageOf<UserView>> users(const QString &text, const QString &cursor, int limit) override;
    Answer<UserView> findUser(const QString &emailOrId) override;
    Answer<UserView> createUser(const NewUser &user) override;
    Answer<UserView> editUser(Id user, const UserEdit &edit) override;
    Answer<UserView> setUserDisabled(Id user, bool disabled) override;
    Answer<void> setUserPassword(Id user, const QString &password) override;
    Answer<void> removeUser(Id user) override;
    Answer<int> endSessionsOf(Id user) override;
    Answer<void> addToImport(Id import, const QList<ImportedUser> &users) override;
    Answer<UserImport> finishImport(Id import, const ImportOptions &options) override;

    Answer<QList<RuleView>> limitRules() override;
    Answer<QList<LimitPoint>> limitHistory(const QString &rule, Seconds window) override;
    Answer<QList<LimitedView>> limitedNow() override;
    Answer<void> unblock(const QString &rule, const QString &key) override;

    Answer<QList<KeyView>> keys() override;
    Answer<KeyView> rotateKey(const QString &purpose) override;
    Answer<KeyView> revokeKey(const QString &kid) override;
    Answer<QList<SettingView>> settings() override;

    Answer<SessionCounts> countSessions(const SessionFilter &filter) override;
    Answer<qint64> countUsers(const QString &text) override;

private:
    /// What a long job asks and tells while it runs; both end with it.
    struct Course
    {
        std::function<bool()> isCanceled;
        std::function<void(qsizetype done, qsizetype all)> tell;
    };
    template <typename T>
    Answer<T> order(std::function<Result<T>()> job);
    /// For what may take long: a lane of its own, so that Overview and orders never wait behind a search. Its reading stops
    /// when the future is cancelled.
    template <typename T>
    Answer<T> longOrder(std::function<Result<T>(const Course &)> job);
    template <typename T>
    static Answer<T> ready(Result<T> result);
    Result<KeyView> counted(const SigningKey &key, TimePoint now) const;
    Result<qint64> liveSessions(TimePoint now);
    Result<int> endInPieces(const QList<Id> &sessions, const Course &course);
    Answer<ServerView> change(Result<void> (ServerControl::*to)());
    /// Null when it is not known and shall not begin.
    std::shared_ptr<AccountImport> import(Id id, bool mayBegin);

    ConsoleParts m_parts;
    std::mutex m_importsMutex;
    std::vector<std::pair<Id, std::shared_ptr<AccountImport>>> m_imports; ///< Oldest first.
    SessionIndex m_index;
    SignInsToday m_signIns;
    Workers m_workers; ///< These last: they end before what their jobs use.
    Workers m_lists;
};

} // namespace warder
