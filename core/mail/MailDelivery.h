#pragma once

#include "core/mail/Mail.h"
#include "core/mail/MailKind.h"
#include "core/mail/MailPolicy.h"
#include "core/mail/MailTemplates.h"
#include "core/outbound/SmtpClient.h"

namespace warder {

/// Writes a mail out in its recipient's language and hands it to where `mail.transport` says. Any thread that may wait for a mail server
/// (SmtpServer::longest()); holds no state but where the data directory is.
class MailDelivery final
{
public:
    static constexpr int mostFiles = 1000; ///< Of transport `file`: the oldest go.

    /// `authorities`: see SmtpClient.
    explicit MailDelivery(const QString &dataDirectory, QByteArray authorities = {});

    /// `id` becomes the Message-ID. What cannot be written out is Never; where nothing can be sent as the settings are, Later.
    MailOutcome deliver(Id id, const Mail &mail, const MailPolicy &policy, TimePoint now, const std::atomic<bool> &stop) const;

    /// What somebody would read, with made-up values. `language`: one of mail_languages::all().
    RenderedMail preview(MailKind kind, const QString &language, const MailPolicy &policy, TimePoint now) const;

    /// The built-in templates, and the operator's over them.
    MailTemplates templates(const MailPolicy &policy) const;

    /// Where transport `file` writes.
    QString folder() const { return m_dataDirectory + QStringLiteral("/mails"); }
    /// For people: "the mail server smtp.example.com:587", "files in /data/mails".
    QString placeOf(const MailPolicy &policy) const;

private:
    MailOutcome writeFile(Id id, const QByteArray &message) const;

    const QString m_dataDirectory;
    const SmtpClient m_client;
};

} // namespace warder
