#include "core/accounts/EmailAddress.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestAddress = 254; // RFC 5321 §4.5.3.1
constexpr qsizetype longestLocal = 64;
constexpr qsizetype longestDomain = 253;

bool isLocalCharacter(char32_t c)
{
    return QChar::isLetterOrNumber(c) || QChar::isMark(c) || (c < 0x80 && QStringView(u".!#$%&'*+-/=?^_`{|}~").contains(QChar(c)));
}

QString whyNotLocal(QStringView local)
{
    if (local.isEmpty())
        return u"There must be something before the @-sign."_s;
    if (local.size() > longestLocal)
        return u"The email address is too long before the @-sign."_s;
    const QList<uint> characters = local.toUcs4();
    if (!std::ranges::all_of(characters, isLocalCharacter) || QChar::isMark(characters.first()))
        return u"The email address contains invalid characters before the @-sign."_s;
    if (local.startsWith(u'.') || local.endsWith(u'.') || local.contains(u".."_s))
        return u"A period may neither start nor end the part before the @-sign, nor stand twice in a row."_s;
    return {};
}

QString whyNotDomain(const QString &ascii)
{
    static const QRegularExpression label(u"\\A[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\z"_s);
    const QStringList labels = ascii.split(u'.');
    if (ascii.size() > longestDomain)
        return u"The email address is too long after the @-sign."_s;
    if (labels.size() < 2)
        return u"The part after the @-sign is not valid. It should have a period."_s;
    for (const QString &part : labels) {
        if (!label.match(part).hasMatch())
            return u"The part after the @-sign is not a valid domain name."_s;
    }
    static const QRegularExpression letters(u"[a-z]"_s);
    return labels.last().contains(letters) ? QString() : u"The part after the @-sign is not a valid domain name."_s;
}

} // namespace

std::expected<EmailAddress, QString> EmailAddress::parse(QStringView typed)
{
    const QString text = typed.trimmed().toString().normalized(QString::NormalizationForm_C);
    if (text.count(u'@') != 1)
        return std::unexpected(u"An email address must have an @-sign."_s);
    if (text.toUtf8().size() > longestAddress)
        return std::unexpected(u"The email address is too long."_s);
    const QString local = text.section(u'@', 0, 0);
    if (const QString why = whyNotLocal(local); !why.isEmpty())
        return std::unexpected(why);
    const QString domain = QString::fromLatin1(QUrl::toAce(text.section(u'@', 1))).toLower();
    if (const QString why = whyNotDomain(domain); !why.isEmpty())
        return std::unexpected(why);
    return EmailAddress {.text = text, .key = local.toLower().normalized(QString::NormalizationForm_C) + u'@' + domain};
}

} // namespace warder
