#include "core/console/RemoteConsole.h"

#include "core/console/Messages.h"
#include "core/console/SocketPath.h"

#include <QFutureWatcher>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int patienceMs = 2000;
constexpr Milliseconds triedAgainAfter {500};

} // namespace

RemoteConsole::RemoteConsole()
{
    connect(&m_socket, &QLocalSocket::readyRead, this, &RemoteConsole::read);
    connect(&m_socket, &QLocalSocket::disconnected, this, &RemoteConsole::failAll);
}

RemoteConsole::~RemoteConsole()
{
    m_socket.disconnect(this);
    failAll();
}

Result<void> RemoteConsole::connectTo(const QString &path)
{
    const SocketPath name(path);
    m_socket.connectToServer(name.name());
    if (m_socket.waitForConnected(patienceMs))
        return {};
    const bool forbidden = m_socket.error() == QLocalSocket::SocketAccessError;
    return refused(forbidden ? ErrorCode::StorageFailure : ErrorCode::Busy, u"%1: %2"_s.arg(path, m_socket.errorString()));
}

void RemoteConsole::attachTo(const QString &path)
{
    const auto connectAgain = [this, path] {
        const SocketPath name(path); // of the folder that is there now
        if (m_socket.state() == QLocalSocket::UnconnectedState)
            m_socket.connectToServer(name.name());
    };
    connect(&m_retry, &QTimer::timeout, this, connectAgain);
    m_retry.start(triedAgainAfter);
    connectAgain();
}

template <typename T>
Answer<T> RemoteConsole::call(QLatin1StringView method, const QJsonObject &params)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    const auto take = [promise](const Result<QJsonValue> &result) {
        if (!result) {
            promise->addResult(Result<T>(refused(result)));
        } else if constexpr (std::is_void_v<T>) {
            promise->addResult(Result<T> {});
        } else {
            T value {};
            fromJson(*result, value);
            promise->addResult(Result<T>(std::move(value)));
        }
        promise->finish();
    };
    if (m_socket.state() != QLocalSocket::ConnectedState) {
        take(refused(ErrorCode::Busy, u"the server is gone"_s));
        return promise->future();
    }
    const auto progress = [promise](int done, int all) {
        promise->setProgressRange(0, all);
        promise->setProgressValue(done);
    };
    m_waiting.insert(++m_lastId, {.take = take, .progress = progress});
    heed(m_lastId, promise);
    m_socket.write(
        QJsonDocument(QJsonObject {{u"id"_s, m_lastId}, {u"method"_s, method}, {u"params"_s, params}}).toJson(QJsonDocument::Compact)
        + '\n');
    return promise->future();
}

template <typename T>
void RemoteConsole::heed(qint64 id, const std::shared_ptr<QPromise<Result<T>>> &promise)
{
    auto *watcher = new QFutureWatcher<Result<T>>(this);
    connect(watcher, &QFutureWatcherBase::canceled, this, [this, id, promise] {
        if (!m_waiting.remove(id))
            return;
        m_socket.write(QJsonDocument(QJsonObject {{u"cancel"_s, id}}).toJson(QJsonDocument::Compact) + '\n');
        promise->finish();
    });
    connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(promise->future());
}

void RemoteConsole::read()
{
    while (m_socket.canReadLine())
        hear(QJsonDocument::fromJson(m_socket.readLine()).object());
}

void RemoteConsole::hear(const QJsonObject &message)
{
    if (const auto working = m_waiting.constFind(message.value("progress"_L1).toInteger()); working != m_waiting.cend())
        return working->progress(message.value("done"_L1).toInt(), message.value("all"_L1).toInt());
    const Waiting waiting = m_waiting.take(message.value("id"_L1).toInteger());
    if (!waiting.take)
        return;
    if (message.contains("error"_L1))
        waiting.take(std::unexpected(errorFromJson(message.value("error"_L1).toObject())));
    else
        waiting.take(message.value("result"_L1));
}

void RemoteConsole::failAll()
{
    const auto waiting = std::exchange(m_waiting, {});
    for (const Waiting &each : waiting)
        each.take(refused(ErrorCode::Busy, u"the server went away before it answered"_s));
}

Answer<OverviewView> RemoteConsole::overview() { return call<OverviewView>("overview"_L1); }

Answer<QList<TrafficView>> RemoteConsole::traffic(Seconds window)
{
    return call<QList<TrafficView>>("traffic"_L1, {{u"window"_s, qint64(window.count())}});
}

Answer<Changes> RemoteConsole::changesSince(quint64 position)
{
    return call<Changes>("changesSince"_L1, {{u"position"_s, qint64(position)}});
}

Answer<ServerView> RemoteConsole::pauseServer() { return call<ServerView>("pauseServer"_L1); }

Answer<ServerView> RemoteConsole::resumeServer() { return call<ServerView>("resumeServer"_L1); }

Answer<QStringList> RemoteConsole::reloadServer() { return call<QStringList>("reloadServer"_L1); }

Answer<ServerView> RemoteConsole::startServer() { return call<ServerView>("startServer"_L1); }
Answer<ServerView> RemoteConsole::stopServer() { return call<ServerView>("stopServer"_L1); }

Answer<PageOf<SessionView>> RemoteConsole::sessions(const SessionFilter &filter, const QString &cursor, int limit)
{
    return call<PageOf<SessionView>>("sessions"_L1, {{u"filter"_s, toJson(filter)}, {u"cursor"_s, cursor}, {u"limit"_s, limit}});
}

Answer<int> RemoteConsole::revokeSessions(const QList<Id> &sessions)
{
    QJsonArray ids;
    for (const Id &id : sessions)
        ids.append(id.toString());
    return call<int>("revokeSessions"_L1, {{u"sessions"_s, ids}});
}

Answer<int> RemoteConsole::revokeShown(const SessionFilter &filter, qint64 seen)
{
    return call<int>("revokeShown"_L1, {{u"filter"_s, toJson(filter)}, {u"seen"_s, seen}});
}

Answer<SessionCounts> RemoteConsole::countSessions(const SessionFilter &filter)
{
    return call<SessionCounts>("countSessions"_L1, {{u"filter"_s, toJson(filter)}});
}

Answer<qint64> RemoteConsole::countUsers(const QString &text) { return call<qint64>("countUsers"_L1, {{u"text"_s, text}}); }

Answer<PageOf<UserView>> RemoteConsole::users(const QString &text, const QString &cursor, int limit)
{
    return call<PageOf<UserView>>("users"_L1, {{u"text"_s, text}, {u"cursor"_s, cursor}, {u"limit"_s, limit}});
}

Answer<UserView> RemoteConsole::findUser(const QString &emailOrId) { return call<UserView>("findUser"_L1, {{u"user"_s, emailOrId}}); }
Answer<UserView> RemoteConsole::createUser(const NewUser &user) { return call<UserView>("createUser"_L1, {{u"user"_s, toJson(user)}}); }

Answer<UserView> RemoteConsole::editUser(Id user, const UserEdit &edit)
{
    return call<UserView>("editUser"_L1, {{u"user"_s, user.toString()}, {u"edit"_s, toJson(edit)}});
}

Answer<UserView> RemoteConsole::setUserDisabled(Id user, bool disabled)
{
    return call<UserView>("setUserDisabled"_L1, {{u"user"_s, user.toString()}, {u"disabled"_s, disabled}});
}

Answer<void> RemoteConsole::setUserPassword(Id user, const QString &password)
{
    return call<void>("setUserPassword"_L1, {{u"user"_s, user.toString()}, {u"password"_s, password}});
}

Answer<void> RemoteConsole::removeUser(Id user) { return call<void>("removeUser"_L1, {{u"user"_s, user.toString()}}); }
Answer<int> RemoteConsole::endSessionsOf(Id user) { return call<int>("endSessionsOf"_L1, {{u"user"_s, user.toString()}}); }

Answer<void> RemoteConsole::addToImport(Id import, const QList<ImportedUser> &users)
{
    return call<void>("addToImport"_L1, {{u"import"_s, import.toString()}, {u"users"_s, toJson(users)}});
}

Answer<UserImport> RemoteConsole::finishImport(Id import, const ImportOptions &options)
{
    return call<UserImport>("finishImport"_L1, {{u"import"_s, import.toString()}, {u"options"_s, toJson(options)}});
}

Answer<QList<RuleView>> RemoteConsole::limitRules() { return call<QList<RuleView>>("limitRules"_L1); }

Answer<QList<LimitPoint>> RemoteConsole::limitHistory(const QString &rule, Seconds window)
{
    return call<QList<LimitPoint>>("limitHistory"_L1, {{u"rule"_s, rule}, {u"window"_s, qint64(window.count())}});
}

Answer<QList<LimitedView>> RemoteConsole::limitedNow() { return call<QList<LimitedView>>("limitedNow"_L1); }
Answer<void> RemoteConsole::unblock(const QString &rule, const QString &key)
{
    return call<void>("unblock"_L1, {{u"rule"_s, rule}, {u"key"_s, key}});
}
Answer<QList<KeyView>> RemoteConsole::keys() { return call<QList<KeyView>>("keys"_L1); }
Answer<KeyView> RemoteConsole::rotateKey(const QString &purpose) { return call<KeyView>("rotateKey"_L1, {{u"purpose"_s, purpose}}); }
Answer<KeyView> RemoteConsole::revokeKey(const QString &kid) { return call<KeyView>("revokeKey"_L1, {{u"kid"_s, kid}}); }
Answer<QList<SettingView>> RemoteConsole::settings() { return call<QList<SettingView>>("settings"_L1); }

} // namespace warder
