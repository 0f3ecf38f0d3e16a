#include "core/mail/MailPolicy.h"

#include "core/mail/MailAddress.h"

#include <QHostAddress>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

quint16 usualPort(SmtpSecurity security)
{
    switch (security) {
    case SmtpSecurity::StartTls: return 587;
    case SmtpSecurity::Tls:      return 465;
    case SmtpSecurity::None:     return 25;
    }
    Q_UNREACHABLE_RETURN(587);
}

/// Nobody can listen in on the way there. A name could lead elsewhere.
bool isThisMachine(const QString &host)
{
    QHostAddress address;
    return address.setAddress(host) && address.isLoopback();
}

SmtpServer smtpServerFrom(const Settings &settings)
{
    const auto security = fromName<SmtpSecurity>(settings.get<"mail.smtp_security">()).value_or(SmtpSecurity::StartTls);
    const qint64 port = settings.get<"mail.smtp_port">();
    const auto sender = mail_address::toWire(settings.get<"mail.from">());
    return {.host = settings.get<"mail.smtp_host">(),
            .port = port == 0 ? usualPort(security) : quint16(port),
            .security = security,
            .login = fromName<SmtpLogin>(settings.get<"mail.smtp_auth">()).value_or(SmtpLogin::Password),
            .user = settings.get<"mail.smtp_user">().toUtf8(),
            .secret = SecretBytes(settings.get<"mail.smtp_password">().toUtf8()),
            .ownName = sender ? sender->sliced(sender->lastIndexOf('@') + 1) : QByteArray()};
}

QHash<MailKind, QString> linkPathsFrom(const Settings &settings)
{
    const QString email = settings.get<"mail.email_path">();
    const QString reset = settings.get<"mail.reset_path">();
    return {{MailKind::VerifyEmail, settings.get<"mail.verify_path">()},
            {MailKind::ResetPassword, reset},
            {MailKind::AccountExists, reset},
            {MailKind::EmailChangeNotice, email},
            {MailKind::EmailChangeConfirm, email},
            {MailKind::SignInLink, settings.get<"mail.sign_in_path">()},
            {MailKind::NewDevice, settings.get<"mail.report_path">()},
            {MailKind::Invitation, settings.get<"mail.invitation_path">()}};
}

} // namespace

MailPolicy MailPolicy::from(const Settings &settings)
{
    const QString name = settings.get<"mail.from_name">();
    return {.transport = warder::fromName<MailTransport>(settings.get<"mail.transport">()).value_or(MailTransport::Off),
            .server = smtpServerFrom(settings),
            .fromAddress = settings.get<"mail.from">(),
            .fromName = name.isEmpty() ? u"Warder"_s : name,
            .replyTo = settings.get<"mail.reply_to">(),
            .language = settings.get<"mail.language">(),
            .templates = settings.get<"mail.templates">(),
            .linkBase = settings.get<"mail.link_base">(),
            .linkPaths = linkPathsFrom(settings),
            .mostAnHour = settings.get<"mail.per_hour">()};
}

QString MailPolicy::sender() const { return fromAddress.isEmpty() ? u"warder@localhost"_s : fromAddress; }

QString MailPolicy::whyNot() const
{
    if (transport == MailTransport::Off || transport == MailTransport::Log)
        return {};
    if (!fromAddress.isEmpty() && !mail_address::toWire(fromAddress))
        return u"mail.from is no address that mail servers take"_s;
    if (!replyTo.isEmpty() && !mail_address::toWire(replyTo))
        return u"mail.reply_to is no address that mail servers take"_s;
    if (transport != MailTransport::Smtp)
        return {};
    if (server.host.isEmpty())
        return u"mail.smtp_host is empty: name the mail server"_s;
    if (fromAddress.isEmpty())
        return u"mail.from is empty: say which address mails are from"_s;
    if (server.login == SmtpLogin::None)
        return {};
    if (server.user.isEmpty() || server.secret.isEmpty())
        return u"mail.smtp_user or mail.smtp_password is empty: set both, or mail.smtp_auth = none"_s;
    if (server.security == SmtpSecurity::None && !isThisMachine(server.host))
        return u"mail.smtp_security = none would send mail.smtp_password in the clear: that is done to an address of this machine only, such "
               "as 127.0.0.1. Set starttls or tls, or mail.smtp_auth = none"_s;
    return {};
}

QStringList MailPolicy::warnings() const
{
    QStringList warnings;
    if (const QString why = whyNot(); !why.isEmpty())
        warnings += u"mail.transport = %1, but nothing can be sent: "_s.arg(nameOf(transport)) + why;
    else if (transport == MailTransport::Smtp && server.security == SmtpSecurity::None && !isThisMachine(server.host))
        warnings += u"mail.smtp_security = none: mails cross the network in the clear, and with them links that set passwords"_s;
    if (transport == MailTransport::Log)
        warnings += u"mail.transport = log: links that set passwords stand in the log; for development only"_s;
    const QUrl base(linkBase);
    const bool isOwn = base.host() == "localhost"_L1 || isThisMachine(base.host());
    if (transport == MailTransport::Smtp && isOwn)
        warnings += u"mail.link_base is %1: links in mails lead everybody to their own machine. Set it to the address of your pages"_s.arg(
            linkBase);
    else if (transport == MailTransport::Smtp && base.scheme() != "https"_L1)
        warnings += u"mail.link_base is plain HTTP: whoever is on the way can use the links in mails"_s;
    return warnings;
}

} // namespace warder
