#include "app/SingleWindow.h"

#include "core/base/Clock.h"
#include "core/platform/FileLock.h"
#include "core/platform/Process.h"
#include "core/storage/DataDirectory.h"

#include <QDeadlineTimer>
#include <QFileInfo>
#include <QLocalSocket>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace warder {
namespace {

constexpr Milliseconds patience = 10s;
constexpr Milliseconds startPatience = 60s;
constexpr Milliseconds between = 50ms;
constexpr qint64 longestMessage = 4096;
const QByteArray answerText = "raised\n"_ba;

/// An administrator who looks at the service's folder leaves nothing there that the service's own user could not take over.
void giveToOwnerOf(const QString &directory, const QString &file)
{
    const auto owner = platform::statusOf(directory);
    if (owner && platform::currentUser() == 0)
        (void)platform::giveTo(*owner, file);
}

/// A Wayland desktop brings a window to the front for whoever shows this: the start that a person made.
QByteArray activationToken() { return qgetenv("XDG_ACTIVATION_TOKEN").left(longestMessage / 2); }

/// Whether who listens there answers, and has brought its window to the front then. False at once where nobody listens.
bool isAnswered(const QString &path, const QDeadlineTimer &deadline)
{
    const SocketPath name(path);
    QLocalSocket socket;
    socket.connectToServer(name.name());
    if (!socket.waitForConnected(int(deadline.remainingTime())))
        return false;
    socket.write("raise " + activationToken() + '\n');
    while (!socket.canReadLine()) {
        if (!socket.waitForReadyRead(int(deadline.remainingTime())))
            return false;
    }
    return socket.readLine() == answerText;
}

} // namespace

SingleWindow::SingleWindow(const QString &dataDirectory) : m_directory(dataDirectory)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleWindow::acceptConnections);
}

SingleWindow::~SingleWindow() { m_server.close(); }

Result<SingleWindow::Place> SingleWindow::enter()
{
    if (!QFileInfo::exists(m_directory)) {
        if (const auto made = DataDirectory::prepare(m_directory); !made)
            return refused(made);
    }
    const QString path = m_directory + "/window.lock"_L1;
    m_lock = platform::openLockFile(path);
    if (!m_lock.isOpen())
        return Place::First;
    for (const QDeadlineTimer startBy(startPatience); !file_lock::take(m_lock.get(), Milliseconds {0}); QThread::sleep(between)) {
        const QDeadlineTimer answerBy(patience);
        if (isAnswered(socketPath(), answerBy))
            return Place::Later;
        if (answerBy.hasExpired() || startBy.hasExpired())
            return refused(
                ErrorCode::AlreadyRunning,
                u"the window of Warder on %1 is open already, but does not answer: end it, or wait until it does"_s.arg(m_directory));
    }
    giveToOwnerOf(m_directory, path);
    QMetaObject::invokeMethod(this, &SingleWindow::listen, Qt::QueuedConnection); // as soon as it can answer
    return Place::First;
}

QString SingleWindow::socketPath() const { return m_directory + "/window.sock"_L1; }

void SingleWindow::listen()
{
    m_name = std::make_unique<SocketPath>(socketPath());
    QLocalServer::removeServer(m_name->name());
    if (m_server.listen(m_name->name()))
        giveToOwnerOf(m_directory, socketPath());
}

void SingleWindow::acceptConnections()
{
    while (QLocalSocket *client = m_server.nextPendingConnection()) {
        connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
        client->setReadBufferSize(longestMessage);
        const auto read = [this, client] {
            if (!client->canReadLine())
                return;
            const QByteArray token = client->readLine(longestMessage).trimmed().mid(6);
            if (!token.isEmpty())
                qputenv("XDG_ACTIVATION_TOKEN", token);
            Q_EMIT raiseWanted();
            client->write(answerText);
            client->disconnectFromServer();
        };
        connect(client, &QLocalSocket::readyRead, this, read);
        read();
    }
}

} // namespace warder
