#include "tests/support/RangeServer.h"

#include "core/net/gate/ServeConfig.h"
#include "tests/support/EchoServer.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

QByteArray hashOf(const QString &password)
{
    const QByteArray text = password.normalized(QString::NormalizationForm_C).toUtf8();
    return QCryptographicHash::hash(text, QCryptographicHash::Sha1).toHex().toUpper();
}

/// Rows that stand for nothing.
QByteArray paddingRows()
{
    QByteArray rows;
    for (int i = 0; i < 800; ++i)
        rows += QCryptographicHash::hash(QByteArray::number(i), QCryptographicHash::Sha1).toHex().toUpper().first(35) + ":0\r\n";
    return rows;
}

} // namespace

RangeServer::RangeServer(const QStringList &breached)
{
    for (const QString &password : breached)
        m_handler.hashes += hashOf(password);
    ListenerLimits limits;
    limits.threads = 1;
    limits.drainIdle = Milliseconds {0};
    const auto shared = std::shared_ptr<HttpHandler>(&m_handler, [](HttpHandler *) {});
    if (const auto listening = m_listener.listen(localSockets(), std::make_shared<ServeConfig>(limits, shared)); !listening)
        qFatal("the range server does not listen: %s", qPrintable(listening.error().detail));
}

RangeServer::~RangeServer()
{
    answer(Answers::Rightly);
    m_listener.stop(Seconds {5});
}

QByteArray RangeServer::url() const { return "http://127.0.0.1:" + QByteArray::number(m_listener.port()); }

void RangeServer::answer(Answers how)
{
    std::vector<PendingAnswer> dropped; // each answers 500, once the lock is gone
    const std::scoped_lock lock(m_handler.mutex);
    m_handler.how = how;
    dropped.swap(m_handler.kept);
}

QByteArrayList RangeServer::asked() const
{
    const std::scoped_lock lock(m_handler.mutex);
    return m_handler.asked;
}

int RangeServer::waiting() const
{
    const std::scoped_lock lock(m_handler.mutex);
    return int(m_handler.kept.size());
}

bool RangeServer::wantedPadding() const
{
    const std::scoped_lock lock(m_handler.mutex);
    return m_handler.padding;
}

void RangeServer::Handler::handle(HttpRequest request, PendingAnswer pending)
{
    HttpResponse answer;
    {
        const std::scoped_lock lock(mutex);
        asked += request.path;
        padding = padding && request.headers.value("Add-Padding") == QByteArrayView("true");
        if (how == Answers::Never)
            return kept.push_back(std::move(pending));
        answer = answerTo(request.path);
    }
    pending.answer(std::move(answer));
}

HttpResponse RangeServer::Handler::answerTo(const QByteArray &path) const
{
    if (how == Answers::Unavailable)
        return {.status = 503, .body = "try later"};
    if (how == Answers::Nonsense)
        return {.body = "<html>Sign in to this network</html>"};
    if (how == Answers::ByRedirect)
        return {.status = 302, .headers = QHttpHeaders::fromListOfPairs({{"Location", "/elsewhere"}})};
    QByteArray rows = paddingRows();
    for (const QByteArray &hash : hashes) {
        if (path == "/range/" + hash.first(5))
            rows += hash.sliced(5) + ":4711\r\n";
    }
    if (how == Answers::Hugely)
        rows = rows.repeated(1 + 1024 * 1024 / rows.size());
    return {.body = how == Answers::InSmallLetters ? rows.toLower() : rows};
}

} // namespace warder::test
