#pragma once

#include "core/console/Console.h"

#include <QHash>
#include <QJsonObject>
#include <QLocalSocket>
#include <QPromise>
#include <QTimer>

namespace warder {

/// The façade of a server in another process, over its local socket. Belongs to one thread with an event loop.
class RemoteConsole final : public QObject, public Console
{
    Q_OBJECT
public:
    RemoteConsole();
    ~RemoteConsole() override;

    /// Waits up to two seconds. Busy when no server answers on the socket, StorageFailure when it may not be opened.
    Result<void> connectTo(const QString &path);
    /// Connects as soon as a server answers there, and again whenever it went away and came back. What is asked meanwhile is Busy.
    /// Never waits.
    void attachTo(const QString &path);

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
    struct Waiting
    {
        std::function<void(const Result<QJsonValue> &)> take;
        std::function<void(int done, int all)> progress;
    };

    template <typename T>
    Answer<T> call(QLatin1StringView method, const QJsonObject &params = {});
    /// Who cancels the future takes the question back.
    template <typename T>
    void heed(qint64 id, const std::shared_ptr<QPromise<Result<T>>> &promise);
    void read();
    void hear(const QJsonObject &message);
    void failAll();

    QLocalSocket m_socket;
    QTimer m_retry;
    QHash<qint64, Waiting> m_waiting;
    qint64 m_lastId = 0;
};

} // namespace warder
