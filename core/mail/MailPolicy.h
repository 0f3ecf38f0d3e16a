#pragma once

#include "core/config/Settings.h"
#include "core/mail/MailKind.h"
#include "core/outbound/SmtpClient.h"

namespace warder {

/// Where mails go. Named as the setting has them.
enum class MailTransport {
    Off,  ///< Nowhere: what needs a mail is not configured.
    Log,  ///< Subject and link are a line of the log.
    File, ///< One .eml a mail, in the data directory.
    Smtp,
};

template <>
inline constexpr std::array namesOf<MailTransport> {"off"_L1, "log"_L1, "file"_L1, "smtp"_L1};

/// What the settings `mail.*` say; all of them act at once.
struct MailPolicy
{
    MailTransport transport = MailTransport::File;
    SmtpServer server = {};
    QString fromAddress = {}; ///< Empty: none is set.
    QString fromName = {};    ///< Also what mails call the service.
    QString replyTo = {};
    QString language = {};
    QString templates = {}; ///< Folder of templates of one's own; empty: `mail-templates` in the data directory.
    QString linkBase = {};  ///< Without a slash at its end.
    QHash<MailKind, QString> linkPaths = {};
    qint64 mostAnHour = 500;

    static MailPolicy from(const Settings &settings);

    /// Who mails are from, whatever is set.
    QString sender() const;
    /// Why nothing can be sent as the settings are; empty if it can.
    QString whyNot() const;
    /// What a start should say aloud although it goes on, a line each.
    QStringList warnings() const;
};

} // namespace warder
