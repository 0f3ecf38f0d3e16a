#pragma once

#include "core/base/Clock.h"
#include "core/base/EnumNames.h"
#include "core/crypto/SecretBytes.h"

#include <QByteArray>
#include <QString>

#include <atomic>

namespace warder {

/// How the way to a mail server is kept secret. Named as the setting has them.
enum class SmtpSecurity {
    StartTls, ///< Asked for in the clear, and demanded: a server that has none gets nothing.
    Tls,      ///< From the first byte.
    None,
};

/// How we log in there.
enum class SmtpLogin { Password, OAuth2, None };

template <>
inline constexpr std::array namesOf<SmtpSecurity> {"starttls"_L1, "tls"_L1, "none"_L1};
template <>
inline constexpr std::array namesOf<SmtpLogin> {"password"_L1, "xoauth2"_L1, "none"_L1};

/// A mail server that takes mails for others.
struct SmtpServer
{
    QString host; ///< A name in ASCII, or an address.
    quint16 port = 587;
    SmtpSecurity security = SmtpSecurity::StartTls;
    SmtpLogin login = SmtpLogin::Password;
    QByteArray user = {};
    SecretBytes secret = {};                         ///< The password, or the access token of OAuth 2.
    QByteArray ownName = {};                         ///< What we call ourselves in EHLO: a domain in ASCII; empty: as libcurl does.
    Milliseconds timeout = Seconds {30};             ///< For each of its answers, but the one to the content.
    Milliseconds judging = std::chrono::minutes {5}; ///< For that one: whoever gives up sooner sends a mail again that was taken.
    Milliseconds connectTimeout = Seconds {10};

    /// For all of one mail.
    Milliseconds longest() const { return 2 * timeout + judging; }
};

/// A message (RFC 5322) and whom it is from and for: addresses as wireAddress() makes them, or a line end in one would be a command.
struct SmtpMail
{
    QByteArray from;
    QByteArray to;
    QByteArray message;
};

/// What became of a mail.
enum class MailFate {
    Sent,  ///< The server took it.
    Later, ///< It may be taken at another time: no network, no TLS, a wrong password, a 4xx.
    Never, ///< The server refused this very mail: a 5xx to its recipient or to itself.
};

struct MailOutcome
{
    MailFate fate = MailFate::Later;
    int code = 0;      ///< The server's last answer; 0: it gave none.
    QString line = {}; ///< That answer in one line, or why there is none, in libcurl's words; without secrets, at most 300 characters.
    bool isAboutServer = false; ///< The same would become of any other mail now.
    bool isInterrupted = false; ///< We were told to stop; the server may have it all the same.
};

/// Hands mails to a mail server by libcurl, each by a connection of its own: TLS 1.2 or newer with a certificate that the system believes,
/// no proxy whatever the environment says, AUTH PLAIN or LOGIN (nothing older), SMTPUTF8 where an address needs it and the server has it.
/// Any thread that may wait so long, never an HTTP thread, a hashing lane or the writer. Like HttpsClient the first one is made before
/// other threads ask.
class SmtpClient final
{
public:
    /// `authorities`: PEM of those who may vouch for servers; empty: the system's.
    explicit SmtpClient(QByteArray authorities = {});

    /// Waits for the server's answer, at most `server.longest()`, and for its goodbye `server.timeout`. Gives up within 0.3 s of `stop`,
    /// whatever the server does not say; within a second while it judges a content that it has whole.
    MailOutcome send(const SmtpServer &server, const SmtpMail &mail, const std::atomic<bool> &stop) const;

private:
    const QByteArray m_authorities;
};

} // namespace warder
