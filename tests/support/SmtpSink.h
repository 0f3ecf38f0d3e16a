#pragma once

#include "core/base/Clock.h"
#include "core/net/EventThread.h"
#include "tests/support/Certificates.h"

#include <QByteArrayList>
#include <QTcpServer>

#include <memory>
#include <mutex>

namespace warder::test {

/// How a mail server behaves, rightly or not.
struct SmtpManners
{
    enum class Tls { None, Start, FromTheFirstByte };
    enum class Silence { Never, BeforeGreeting, AfterContent, BeforeGoodbye };

    Tls tls = Tls::None;
    TestCertificate certificate = {};
    QByteArray user = {}; ///< Empty: nobody need log in, and it offers no AUTH.
    QByteArray password = {};
    QByteArray mechanisms = "PLAIN LOGIN XOAUTH2";
    QByteArray greeting = "220 sink.example";
    QByteArray injected = {};       ///< Sent in the clear right behind the answer to STARTTLS.
    QByteArray toSender = "250 ok"; ///< Answers to MAIL FROM, RCPT TO, DATA and the content.
    QByteArray toRecipient = "250 ok";
    QByteArray toData = "354 go on";
    QByteArray toContent = "250 taken";
    QByteArray toLogin = "535 wrong"; ///< To a login that is not the right one. %1: what it said.
    int greylisted = 0;               ///< So many recipients are told to come back first.
    bool knowsUtf8 = true;
    Silence silence = Silence::Never;
    Milliseconds judging {0}; ///< Before it answers to a content.
};

/// A mail server on this machine with a thread of its own, which keeps what it takes. The test's thread only.
class SmtpSink final
{
public:
    struct Taken
    {
        QByteArray from; ///< As said: "<a@example.com> SIZE=7".
        QByteArray to;
        QByteArray message; ///< Unstuffed, with CR LF.
        bool isEncrypted = false;
        QByteArray login; ///< "PLAIN ann secret", "XOAUTH2 ann token"; empty: nobody logged in.
    };

    explicit SmtpSink(SmtpManners manners = {});
    ~SmtpSink();
    Q_DISABLE_COPY_MOVE(SmtpSink)

    quint16 port() const { return m_port; }
    /// Of connections that begin from now on.
    void behave(const SmtpManners &manners);

    QList<Taken> mails() const;
    /// Every command that was said, without what a login says.
    QByteArrayList commands() const;
    int connections() const;

private:
    friend class SmtpSession;
    struct Kept
    {
        mutable std::mutex mutex; ///< Guards the rest.
        SmtpManners manners;
        QList<Taken> mails;
        QByteArrayList commands;
        int connections = 0;
    };

    std::shared_ptr<Kept> m_kept = std::make_shared<Kept>();
    std::unique_ptr<QTcpServer> m_listener; ///< The thread's.
    quint16 m_port = 0;
    EventThread m_thread {"smtp-sink"}; ///< Last: it ends first.
};

} // namespace warder::test
