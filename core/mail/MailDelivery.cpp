#include "core/mail/MailDelivery.h"

#include "core/mail/MailAddress.h"
#include "core/mail/MailLanguages.h"
#include "core/mail/MimeMessage.h"
#include "core/platform/Files.h"
#include "core/telemetry/Log.h"

#include <QDir>
#include <QSaveFile>

#include <cerrno>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

QString languageFor(const Mail &mail, const MailPolicy &policy)
{
    const QString wanted = mail_languages::nearest(mail.language);
    const QString usual = wanted.isEmpty() ? mail_languages::nearest(policy.language) : wanted;
    return usual.isEmpty() ? mail_languages::all().first() : usual;
}

MailOutcome later(const QString &why) { return {.fate = MailFate::Later, .line = why, .isAboutServer = true}; }

MailOutcome sent(const QString &where) { return {.fate = MailFate::Sent, .line = where}; }

MimeMessage messageOf(Id id, const Mail &mail, const RenderedMail &words, const QString &language, const MailPolicy &policy, TimePoint now)
{
    return {.id = id,
            .from = {.address = policy.sender(), .name = policy.fromName},
            .to = mail.to,
            .replyTo = policy.replyTo,
            .subject = words.subject,
            .text = words.text,
            .html = words.html,
            .language = language,
            .date = now};
}

/// Ids sort by time, and so do the files' names.
void removeOldest(const QString &folder, int most)
{
    const QStringList files = QDir(folder).entryList({u"*.eml"_s}, QDir::Files, QDir::Name);
    for (qsizetype i = 0; i < files.size() - most; ++i)
        QFile::remove(folder + u'/' + files[i]);
}

} // namespace

MailDelivery::MailDelivery(const QString &dataDirectory, QByteArray authorities)
    : m_dataDirectory(QDir::cleanPath(dataDirectory)), m_client(std::move(authorities))
{}

MailTemplates MailDelivery::templates(const MailPolicy &policy) const
{
    return MailTemplates(policy.templates.isEmpty() ? m_dataDirectory + u"/mail-templates"_s : QDir::cleanPath(policy.templates));
}

QString MailDelivery::placeOf(const MailPolicy &policy) const
{
    switch (policy.transport) {
    case MailTransport::Off:  return u"nowhere"_s;
    case MailTransport::Log:  return u"the log"_s;
    case MailTransport::File: return u"files in "_s + folder();
    case MailTransport::Smtp: return u"the mail server %1:%2"_s.arg(policy.server.host).arg(policy.server.port);
    }
    Q_UNREACHABLE_RETURN({});
}

RenderedMail MailDelivery::preview(MailKind kind, const QString &language, const MailPolicy &policy, TimePoint now) const
{
    return templates(policy).render(kind, language, mail_values::samples(kind, policy, language, now));
}

MailOutcome MailDelivery::writeFile(Id id, const QByteArray &message) const
{
    QSaveFile file(u"%1/%2.eml"_s.arg(folder(), id.toString()));
    if (!platform::makeFolder(folder()))
        return later(u"%1 cannot be made: %2"_s.arg(folder(), qt_error_string(errno)));
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
                         && file.write(message) == message.size() && file.commit();
    if (!written)
        return later(u"%1 cannot be written: %2"_s.arg(file.fileName(), file.errorString()));
    removeOldest(folder(), mostFiles);
    return sent(file.fileName());
}

MailOutcome MailDelivery::deliver(Id id, const Mail &mail, const MailPolicy &policy, TimePoint now, const std::atomic<bool> &stop) const
{
    if (const QString why = policy.whyNot(); !why.isEmpty())
        return later(why);
    const QString language = languageFor(mail, policy);
    const MailValues values = mail_values::of(mail, policy, language, now);
    const RenderedMail words = templates(policy).render(mail.kind, language, values);
    const auto message = messageOf(id, mail, words, language, policy, now).toBytes();
    if (!message)
        return {.fate = MailFate::Never, .line = message.error().detail};
    switch (policy.transport) {
    case MailTransport::Off: break;
    case MailTransport::Log:
        log(LogLevel::Info, "mail"_L1,
            {{"to"_L1, mail.to},
             {"subject"_L1, words.subject},
             {"link"_L1, values.value(u"link"_s)},
             {"code"_L1, values.value(u"code"_s)}});
        return sent(u"written to the log"_s);
    case MailTransport::File: return writeFile(id, *message);
    case MailTransport::Smtp:
        return m_client.send(policy.server,
                             {.from = mail_address::toWire(policy.sender()).value_or(QByteArray()),
                              .to = mail_address::toWire(mail.to).value_or(QByteArray()),
                              .message = *message},
                             stop);
    }
    return later(u"mail.transport is off"_s);
}

} // namespace warder
