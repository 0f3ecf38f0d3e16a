#pragma once

#include "core/mail/Mail.h"
#include "core/mail/MailKind.h"

#include <QHash>
#include <QStringList>

namespace warder {

struct MailPolicy;

/// What a template may say, by its name there: `{{link}}`. Texts without line ends or anything else that does not show.
using MailValues = QHash<QString, QString>;

/// Which variables the templates of a kind know. `app` (what mails call the service), `name` and `email` (of the recipient) all know.
struct MailVariables
{
    QStringList needed = {};   ///< A template without one of these is useless.
    QStringList possible = {}; ///< There only where there is something to say.

    bool knows(const QString &name) const;

    static const MailVariables &of(MailKind kind);
};

namespace mail_values {

/// What a template of the mail's kind says: link, time and lifetime in words of `language`, texts bounded and tidied, names that could be
/// taken for a link left out. Any thread.
MailValues of(const Mail &mail, const MailPolicy &policy, const QString &language, TimePoint now);

/// Of nobody, for a look at a template: every variable of the kind has something.
MailValues samples(MailKind kind, const MailPolicy &policy, const QString &language, TimePoint now);

/// "1 hour", "10 minutes", "7 days", in words of the language; what is left is never told as more than it is, but for two minutes.
QString lifetime(Milliseconds left, const QString &language);

} // namespace mail_values
} // namespace warder
