#pragma once

#include "core/base/Result.h"
#include "core/console/Change.h"
#include "core/console/SessionFilter.h"

#include <QFuture>

namespace warder {

template <typename T>
using Answer = QFuture<Result<T>>;

template <typename T>
struct PageOf
{
    QList<T> rows;
    QString next;         ///< Cursor of the next page; empty at the end.
    quint64 position = 0; ///< Of the journal when the page was read: apply changes since then.
};

struct NewUser
{
    QString email;
    QString name;
    QString password;
    QStringList roles;
    QString passwordHash; ///< Instead of a password: a hash from elsewhere.
};

/// What shall be other than it is; what is absent stays.
struct UserEdit
{
    std::optional<QString> email = {};
    std::optional<QString> name = {};
    std::optional<QStringList> roles = {}; ///< All of them.
    QStringList addRoles = {};
    QStringList removeRoles = {};
};

/// An account that has lived elsewhere.
struct ImportedUser
{
    qint64 line = 0; ///< Of the file it stands in.
    Id id;           ///< Kept.
    QString email;
    QString name;
    QStringList roles;
    QString passwordHash;
    bool disabled = false;
    bool emailVerified = false;
    std::optional<TimePoint> createdAt = {};
};

struct ImportOptions
{
    bool skipExisting = false; ///< Else an address that has an account already is a fault.
    bool dryRun = false;       ///< Judge only.
};

struct UserImportFault
{
    qint64 line = 0;
    QString field;
    QString message;
};

struct SkippedUser
{
    qint64 line = 0;
    Id id; ///< Of the account that was there.
};

struct UserImport
{
    qint64 added = 0; ///< 0 where there is a fault; of a dry run: how many it would be.
    QList<SkippedUser> skipped;
    QList<UserImportFault> faults; ///< By line, the first 1000.
    qint64 moreFaults = 0;
};

/// Everything the window and the command line may see and do; no page knows anything else of the core. Two
/// implementations: LocalConsole in the server's process, RemoteConsole over the 0600 local socket.
/// Call from one thread with an event loop (the GUI's); nothing here waits: every answer is a future, finished on a thread of
/// the console's own, so use `.then(context, …)`. Cancelling the future of a list, a count or revokeShown() stops the work;
/// nothing else heeds it. A text longer than TextMatcher::longest and a cursor that is none are InvalidInput.
class Console
{
public:
    virtual ~Console() = default;

    virtual Answer<OverviewView> overview() = 0;
    /// Oldest first; by second for windows up to ten minutes, by minute up to a day.
    virtual Answer<QList<TrafficView>> traffic(Seconds window) = 0;
    virtual Answer<Changes> changesSince(quint64 position) = 0;

    virtual Answer<ServerView> startServer() = 0;
    virtual Answer<ServerView> stopServer() = 0;
    virtual Answer<ServerView> pauseServer() = 0;
    virtual Answer<ServerView> resumeServer() = 0;
    /// Reads settings and certificate again; the keys of the settings whose change needs a restart.
    virtual Answer<QStringList> reloadServer() = 0;

    /// Newest first. `limit` 1–500.
    virtual Answer<PageOf<SessionView>> sessions(const SessionFilter &filter, const QString &cursor, int limit) = 0;
    virtual Answer<int> revokeSessions(const QList<Id> &sessions) = 0;
    /// Ends exactly the live ones the filter shows, if they are as many as the person saw (SessionCounts::live); else Conflict,
    /// and none is ended. In pieces, each a transaction, so that nobody else waits: who cancels, or meets an error midway, finds
    /// some ended and the others live. The future tells its progress.
    virtual Answer<int> revokeShown(const SessionFilter &filter, qint64 seen) = 0;

    /// By e-mail; those with the text in e-mail or name (TextMatcher). `limit` 1–500.
    virtual Answer<PageOf<UserView>> users(const QString &text, const QString &cursor, int limit) = 0;
    virtual Answer<UserView> findUser(const QString &emailOrId) = 0;
    virtual Answer<UserView> createUser(const NewUser &user) = 0;
    virtual Answer<UserView> editUser(Id user, const UserEdit &edit) = 0;
    virtual Answer<UserView> setUserDisabled(Id user, bool disabled) = 0;
    virtual Answer<void> setUserPassword(Id user, const QString &password) = 0;
    virtual Answer<void> removeUser(Id user) = 0;
    virtual Answer<int> endSessionsOf(Id user) = 0;

    /// Moves users in, all or none: first in pieces of at most 500, each after the answer to the one before, under an id that the
    /// caller makes; then finishImport() writes. Of imports that were never finished only the last four are kept, and
    /// over the local socket none whose client has left.
    virtual Answer<void> addToImport(Id import, const QList<ImportedUser> &users) = 0;
    virtual Answer<UserImport> finishImport(Id import, const ImportOptions &options) = 0;

    virtual Answer<QList<RuleView>> limitRules() = 0;
    /// An empty rule: all together.
    virtual Answer<QList<LimitPoint>> limitHistory(const QString &rule, Seconds window) = 0;
    virtual Answer<QList<LimitedView>> limitedNow() = 0;
    virtual Answer<void> unblock(const QString &rule, const QString &key) = 0;

    virtual Answer<QList<KeyView>> keys() = 0;
    /// "access" or "refresh". Nobody is signed out: the old key keeps verifying until its verifyUntil.
    virtual Answer<KeyView> rotateKey(const QString &purpose) = 0;
    /// At once: an access key's sessions must refresh, a refresh key's sessions end. A current key is rotated first. `sessions` of
    /// the answer: how many it was.
    virtual Answer<KeyView> revokeKey(const QString &kid) = 0;

    virtual Answer<QList<SettingView>> settings() = 0;

    /// How many the filter shows at this moment.
    virtual Answer<SessionCounts> countSessions(const SessionFilter &filter) = 0;
    /// How many users() lists for the text; of all of them without a scan.
    virtual Answer<qint64> countUsers(const QString &text) = 0;
};

} // namespace warder
