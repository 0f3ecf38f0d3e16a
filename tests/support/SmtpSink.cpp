#include "tests/support/SmtpSink.h"

#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>
#include <QTcpServer>
#include <QTimer>

#include <functional>

using namespace Qt::StringLiterals;

namespace warder::test {

/// One conversation. Lives on the sink's thread.
class SmtpSession final : public QObject
{
public:
    SmtpSession(QSslSocket *socket, std::shared_ptr<SmtpSink::Kept> kept);

private:
    using Silence = SmtpManners::Silence;

    void greet();
    void read();
    void take(const QByteArray &line);
    void takeContent(const QByteArray &line);
    void takeLogin(const QByteArray &mechanism, const QByteArray &initial);
    void judgeLogin(const QByteArray &said, const QByteArray &login);
    void hello();
    void startTls();
    void finish();
    void say(const QByteArray &answer) { m_socket->write(answer + "\r\n"); }
    bool isRefusal(const QByteArray &answer) const { return answer.startsWith('4') || answer.startsWith('5'); }
    QByteArray recipientAnswer();

    QSslSocket *const m_socket;
    const std::shared_ptr<SmtpSink::Kept> m_kept;
    SmtpManners m_manners;
    QByteArray m_buffer;
    SmtpSink::Taken m_mail;
    QByteArray m_loginUser;
    std::function<void(const QByteArray &)> m_next; ///< What becomes of the next line, where it is no command.
};

SmtpSession::SmtpSession(QSslSocket *socket, std::shared_ptr<SmtpSink::Kept> kept)
    : QObject(socket), m_socket(socket), m_kept(std::move(kept))
{
    {
        const std::lock_guard lock(m_kept->mutex);
        m_manners = m_kept->manners;
        ++m_kept->connections;
    }
    connect(m_socket, &QSslSocket::readyRead, this, [this] { read(); });
    connect(m_socket, &QSslSocket::disconnected, m_socket, &QObject::deleteLater);
    if (m_manners.tls == SmtpManners::Tls::FromTheFirstByte) {
        connect(m_socket, &QSslSocket::encrypted, this, [this] { greet(); });
        startTls();
    } else {
        greet();
    }
}

void SmtpSession::startTls()
{
    QSslConfiguration configuration = m_socket->sslConfiguration();
    configuration.setLocalCertificate(QSslCertificate(m_manners.certificate.certificate));
    configuration.setPrivateKey(QSslKey(m_manners.certificate.key, QSsl::Ec));
    m_socket->setSslConfiguration(configuration);
    m_socket->startServerEncryption();
}

void SmtpSession::greet()
{
    if (m_manners.silence != Silence::BeforeGreeting)
        say(m_manners.greeting);
}

void SmtpSession::read()
{
    m_buffer += m_socket->readAll();
    for (qsizetype end = m_buffer.indexOf("\r\n"); end >= 0; end = m_buffer.indexOf("\r\n")) {
        const QByteArray line = m_buffer.first(end);
        m_buffer.remove(0, end + 2);
        if (const auto next = m_next) // a copy: it may take another one's place
            next(line);
        else
            take(line);
    }
}

void SmtpSession::take(const QByteArray &line)
{
    const QByteArray word = line.left(4).toUpper();
    {
        const std::lock_guard lock(m_kept->mutex);
        m_kept->commands += word == "AUTH" ? line.left(line.indexOf(' ', 5) < 0 ? line.size() : line.indexOf(' ', 5)) : line;
    }
    if (word == "EHLO")
        return hello();
    if (word == "STAR") {
        m_socket->write("220 go on\r\n" + m_manners.injected);
        m_socket->flush();
        return startTls();
    }
    if (word == "AUTH")
        return takeLogin(line.split(' ').value(1), line.split(' ').value(2));
    if (word == "MAIL") {
        m_mail.from = line.sliced(10);
        return say(m_manners.toSender);
    }
    if (word == "RCPT") {
        m_mail.to = line.sliced(8);
        return say(recipientAnswer());
    }
    if (word == "DATA") {
        if (!isRefusal(m_manners.toData))
            m_next = [this](const QByteArray &content) { takeContent(content); };
        return say(m_manners.toData);
    }
    if (word == "QUIT") {
        if (m_manners.silence == Silence::BeforeGoodbye)
            return;
        say("221 bye");
        return m_socket->disconnectFromHost();
    }
    say("500 what?");
}

QByteArray SmtpSession::recipientAnswer()
{
    const std::lock_guard lock(m_kept->mutex);
    return m_kept->manners.greylisted-- > 0 ? "451 come back later"_ba : m_manners.toRecipient;
}

void SmtpSession::hello()
{
    QByteArrayList lines {"sink.example", "SIZE 1000000"};
    if (m_manners.tls == SmtpManners::Tls::Start && !m_socket->isEncrypted())
        lines += "STARTTLS";
    if (!m_manners.user.isEmpty())
        lines += "AUTH " + m_manners.mechanisms;
    if (m_manners.knowsUtf8)
        lines += "SMTPUTF8";
    for (qsizetype i = 0; i < lines.size(); ++i)
        say((i + 1 < lines.size() ? "250-" : "250 ") + lines[i]);
}

void SmtpSession::takeLogin(const QByteArray &mechanism, const QByteArray &initial)
{
    const auto judge = [this, mechanism](const QByteArray &said) {
        m_next = {};
        const QByteArray plain = QByteArray::fromBase64(said);
        if (mechanism == "PLAIN")
            return judgeLogin(said, "PLAIN " + plain.split('\0').value(1) + ' ' + plain.split('\0').value(2));
        judgeLogin(said, "XOAUTH2 " + plain.split('\1').value(0).sliced(5) + ' ' + plain.split('\1').value(1).mid(12));
    };
    const auto password = [this](const QByteArray &said) {
        m_next = {};
        judgeLogin(said, "LOGIN " + m_loginUser + ' ' + QByteArray::fromBase64(said));
    };
    const auto user = [this, password](const QByteArray &said) {
        m_loginUser = QByteArray::fromBase64(said);
        m_next = password;
        say("334 UGFzc3dvcmQ6");
    };
    if (mechanism == "LOGIN")
        m_next = user;
    else if (initial.isEmpty())
        m_next = judge;
    else
        return judge(initial);
    say(mechanism == "LOGIN" ? "334 VXNlcm5hbWU6" : "334 ");
}

void SmtpSession::judgeLogin(const QByteArray &said, const QByteArray &login)
{
    m_mail.login = login;
    const bool isRight = login.endsWith(' ' + m_manners.user + ' ' + m_manners.password);
    say(isRight ? "235 welcome" : QByteArray(m_manners.toLogin).replace("%1", said));
}

void SmtpSession::takeContent(const QByteArray &line)
{
    if (line == ".")
        return finish();
    m_mail.message += (line.startsWith('.') ? line.sliced(1) : line) + "\r\n";
}

void SmtpSession::finish()
{
    m_next = {};
    m_mail.isEncrypted = m_socket->isEncrypted();
    if (!isRefusal(m_manners.toContent)) {
        const std::lock_guard lock(m_kept->mutex);
        m_kept->mails += m_mail;
    }
    m_mail.message.clear();
    if (m_manners.silence != Silence::AfterContent)
        QTimer::singleShot(m_manners.judging, this, [this] { say(m_manners.toContent); });
}

namespace {

class SmtpListener final : public QTcpServer
{
public:
    explicit SmtpListener(std::function<void(QSslSocket *)> begin) : m_begin(std::move(begin)) {}

private:
    void incomingConnection(qintptr descriptor) override
    {
        auto *socket = new QSslSocket(this);
        if (socket->setSocketDescriptor(descriptor))
            m_begin(socket);
        else
            delete socket;
    }
    const std::function<void(QSslSocket *)> m_begin;
};

} // namespace

SmtpSink::SmtpSink(SmtpManners manners)
{
    m_kept->manners = std::move(manners);
    m_thread.run([this] {
        m_listener = std::make_unique<SmtpListener>([kept = m_kept](QSslSocket *socket) { new SmtpSession(socket, kept); });
        if (!m_listener->listen(QHostAddress::LocalHost))
            qFatal("the mail sink does not listen");
        m_port = m_listener->serverPort();
    });
}

SmtpSink::~SmtpSink()
{
    m_thread.run([this] { m_listener.reset(); });
}

void SmtpSink::behave(const SmtpManners &manners)
{
    const std::lock_guard lock(m_kept->mutex);
    m_kept->manners = manners;
}

QList<SmtpSink::Taken> SmtpSink::mails() const
{
    const std::lock_guard lock(m_kept->mutex);
    return m_kept->mails;
}

QByteArrayList SmtpSink::commands() const
{
    const std::lock_guard lock(m_kept->mutex);
    return m_kept->commands;
}

int SmtpSink::connections() const
{
    const std::lock_guard lock(m_kept->mutex);
    return m_kept->connections;
}

} // namespace warder::test
