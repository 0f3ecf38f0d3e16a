#include "core/mail/MailVariables.h"

#include "core/base/StrictJson.h"
#include "core/base/Text.h"
#include "core/base/TimeText.h"
#include "core/mail/MailPolicy.h"

#include <QDateTime>
#include <QFile>
#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestValue = 254; // an address may be as long
constexpr qsizetype longestName = 64;

/// Chosen by strangers, for others to read: mail programs make links of what looks like one.
const QStringList namesByStrangers {u"name"_s, u"factor"_s, u"passkey"_s, u"inviter"_s, u"device"_s};

/// Of what is no mail's: every template may say these.
const QStringList commonVariables {u"app"_s, u"name"_s, u"email"_s};

/// When and by whom, as far as is known; `facts` is all of it in lines.
const QStringList factVariables {u"facts"_s, u"time"_s, u"device"_s, u"address"_s};

QHash<MailKind, MailVariables> makeVariables()
{
    using enum MailKind;
    const MailVariables linked {.needed = {u"link"_s}, .possible = {u"lifetime"_s}};
    const MailVariables told {.possible = factVariables};
    const auto with = [](MailVariables known, const QStringList &needed, const QStringList &possible = {}) {
        return MailVariables {.needed = known.needed + needed, .possible = known.possible + possible};
    };
    return {{VerifyEmail, linked},
            {ResetPassword, linked},
            {PasswordChanged, told},
            {EmailChangeNotice, {.needed = {u"new_email"_s}, .possible = {u"link"_s, u"lifetime"_s}}},
            {EmailChangeConfirm, linked},
            {EmailChanged, with(told, {u"new_email"_s}, {u"old_email"_s})},
            {SignInLink, with(linked, {}, {u"code"_s})},
            {NewDevice, with(told, {}, {u"link"_s})},
            {FactorAdded, with(told, {}, {u"factor"_s})},
            {FactorRemoved, with(told, {}, {u"factor"_s})},
            {RecoveryCodeUsed, with(told, {u"left"_s})},
            {RecoveryCodesRenewed, told},
            {SecondFactorGuessed, told},
            {PasskeyAdded, with(told, {}, {u"passkey"_s})},
            {PasskeyRemoved, with(told, {}, {u"passkey"_s})},
            {AccountExists, {.possible = {u"link"_s, u"lifetime"_s}}},
            {IdentityLinked, with(told, {u"provider"_s})},
            {IdentityRemoved, with(told, {u"provider"_s})},
            {Invitation, with(linked, {}, {u"inviter"_s})},
            {Test, {.possible = {u"facts"_s, u"time"_s}}}};
}

/// In one line, without what does not show or turns the line around.
QString tidied(const QString &text, qsizetype most)
{
    QString plain;
    for (const char32_t c : text.left(4 * longestValue).toUcs4())
        plain += isPlain(c) ? QString::fromUcs4(&c, 1) : u" "_s;
    return shortened(plain.simplified(), most);
}

/// "evil.example", "www…", "https://…": a name of nobody.
bool looksLikeLink(const QString &text)
{
    static const QRegularExpression link(uR"(://|@|/|\bwww\b|[^\s.]\.[^\s.]{2,})"_s,
                                         QRegularExpression::UseUnicodePropertiesOption | QRegularExpression::CaseInsensitiveOption);
    return link.match(text).hasMatch();
}

/// Our own words for a program (deviceOf()) are no links.
QString withoutProgram(const QString &device)
{
    for (const QLatin1StringView own : {"Next.js"_L1, "Node.js"_L1}) {
        if (device == own || device.startsWith(QString(own) + ", "_L1))
            return device.sliced(own.size());
    }
    return device;
}

QString linkOf(const Mail &mail, const MailPolicy &policy)
{
    const QString path = mail.linkPath.isEmpty() ? policy.linkPaths.value(mail.kind) : mail.linkPath;
    if (mail.token.isEmpty() || path.isEmpty())
        return {};
    return policy.linkBase + path + (path.contains(u'?') ? u"&token="_s : u"?token="_s) + QString::fromLatin1(mail.token);
}

/// What is put together by code: a moment, and of each unit of time singular and plural. (None of our languages has more forms.)
QJsonObject wordsOf(const QString &language)
{
    QFile file(u":/warder/mails/%1/words.json"_s.arg(language));
    return file.open(QIODevice::ReadOnly) ? parseStrictJsonObject(file.readAll()).value_or(QJsonObject()) : QJsonObject();
}

QString timeText(TimePoint time, const QString &language)
{
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(toMilliseconds(time), QTimeZone::UTC);
    const QLocale locale(language);
    QString day = locale.toString(utc.date(), QLocale::LongFormat);
    const QString weekday = locale.dayName(utc.date().dayOfWeek());
    if (const qsizetype at = day.indexOf(weekday); at >= 0 && !weekday.isEmpty()) { // the date alone is clearer
        day.remove(at, weekday.size());
        static const QRegularExpression around(u"^[\\s,،、]+|[\\s,،、]+$"_s);
        day.remove(around);
    }
    return wordsOf(language).value("moment"_L1).toString().arg(day, utc.time().toString(u"HH:mm"_s));
}

QString textOf(const QJsonValue &value) { return value.isDouble() ? QString::number(value.toInteger()) : value.toString(); }

} // namespace

bool MailVariables::knows(const QString &name) const
{
    return needed.contains(name) || possible.contains(name) || commonVariables.contains(name);
}

const MailVariables &MailVariables::of(MailKind kind)
{
    static const QHash<MailKind, MailVariables> all = makeVariables();
    static const MailVariables none;
    const auto found = all.constFind(kind);
    return found == all.constEnd() ? none : *found;
}

QString mail_values::lifetime(Milliseconds left, const QString &language)
{
    const qint64 minutes = std::max<qint64>(1, std::chrono::round<std::chrono::minutes>(left).count());
    const qint64 hours = (minutes + 2) / 60; // a moment passes before it is read, and nobody counts it
    const auto [unit, count] = hours >= 48  ? std::pair(u"days"_s, hours / 24)
                               : hours >= 1 ? std::pair(u"hours"_s, hours)
                                            : std::pair(u"minutes"_s, minutes);
    return wordsOf(language).value(unit).toArray().at(count == 1 ? 0 : 1).toString().arg(count);
}

MailValues mail_values::of(const Mail &mail, const MailPolicy &policy, const QString &language, TimePoint now)
{
    const MailVariables &known = MailVariables::of(mail.kind);
    MailValues values {{u"app"_s, tidied(policy.fromName, longestName)}, {u"email"_s, tidied(mail.to, longestValue)}};
    const auto put = [&values](const QString &name, const QString &text) {
        if (!text.isEmpty())
            values.insert(name, text);
    };
    for (auto each = mail.values.begin(); each != mail.values.end(); ++each) {
        const bool isName = namesByStrangers.contains(each.key());
        const QString text = tidied(textOf(each.value()), isName ? longestName : longestValue);
        const bool isLink = isName && looksLikeLink(each.key() == "device"_L1 ? withoutProgram(text) : text);
        if (known.knows(each.key()) && each.key() != "app"_L1 && !isLink)
            put(each.key(), text);
    }
    put(u"link"_s, linkOf(mail, policy));
    put(u"code"_s, tidied(mail.code, longestName));
    if (mail.useBy && known.knows(u"lifetime"_s))
        put(u"lifetime"_s, lifetime(*mail.useBy - now, language));
    if (known.knows(u"time"_s))
        put(u"time"_s, timeText(timeFromText(textOf(mail.values[u"time"_s])).value_or(now), language));
    return values;
}

MailValues mail_values::samples(MailKind kind, const MailPolicy &policy, const QString &language, TimePoint now)
{
    const QJsonObject said {{u"name"_s, u"Ann"_s},
                            {u"device"_s, u"Firefox, Linux"_s},
                            {u"address"_s, u"192.0.2.7"_s},
                            {u"old_email"_s, u"ann@example.com"_s},
                            {u"new_email"_s, u"ann@example.org"_s},
                            {u"factor"_s, u"Phone"_s},
                            {u"passkey"_s, u"Laptop"_s},
                            {u"provider"_s, u"GitHub"_s},
                            {u"inviter"_s, u"Bob"_s},
                            {u"left"_s, 7}};
    const auto life = kind == MailKind::SignInLink ? std::chrono::minutes {10} : std::chrono::minutes {60};
    return of({.kind = kind,
               .to = u"ann@example.com"_s,
               .token = "a-secret-that-opens-nothing-0123456789abcdef",
               .code = MailVariables::of(kind).knows(u"code"_s) ? u"123456"_s : QString(),
               .values = said,
               .useBy = now + life},
              policy, language, now);
}

} // namespace warder
