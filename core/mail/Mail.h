#pragma once

#include "core/base/Clock.h"
#include "core/base/Id.h"
#include "core/mail/MailKind.h"

#include <QJsonObject>

#include <optional>

namespace warder {

/// A mail to one person, as whoever causes it says it. Nothing in it is markup: every value is escaped where it is shown.
struct Mail
{
    MailKind kind = MailKind::Test;
    QString to = {}; ///< An e-mail address as an account has it; one that no mail server could take is dropped, and told in the outbox.
    QString language = {}; ///< BCP 47, "de-AT": the nearest that there are texts in; empty, or none near: `mail.language`.

    /// Where its link leads, below `mail.link_base`: "/verify". Empty: the kind's own path, of the settings `mail.…_path`.
    QString linkPath = {};
    QByteArray token = {}; ///< Secret; the link gets `?token=…`. Empty: the mail has no link.
    QString code = {};     ///< Secret, six digits on a line of their own; empty: none.

    /// What else the text says, plain: texts and numbers, see MailKind. Each may also have `name` (of the person), `device` (a user agent
    /// in words), `address` (of a client), and `time` (toText()), which is `now` of Outbox::queue() where it is missing.
    /// What no template of the kind knows is ignored. Not sealed for long, but sealed: all of it goes once the mail is sent.
    QJsonObject values = {};

    std::optional<Id> user = {}; ///< It goes with the account's row, sent or not. Nothing for one that must outlive it.
    /// When its link or code is over: dropped unsent from then on, and what the mail says of its lifetime. Nothing: of no consequence.
    std::optional<TimePoint> useBy = {};
    /// Of two mails with the same one the first is kept: "reset_password|" and the challenge's id. Empty: as good as none of before. No
    /// secret. At most 200 bytes; kept as long as the row is (Outbox::kept).
    QByteArray once = {};
    /// Only the owner can have caused it, by a link of another mail: counted with notices, whatever its kind.
    bool isOwners = false;
};

} // namespace warder
