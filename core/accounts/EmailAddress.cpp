#include "core/accounts/EmailAddress.h"

#include "core/accounts/MailDomain.h"
#include "core/base/Text.h"
#include "core/crypto/Primitives.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestAddress = 254;    // octets, RFC 5321 §4.5.3.1
constexpr qsizetype longestLocal = 64;       // octets, RFC 6531 §3.3
constexpr qsizetype longestTypedLocal = 192; // 64 letters that each came in three pieces
constexpr qsizetype longestTypedDomain = 253;

/// The two sides of the @ as typed, the left one in normal form C.
struct Sides
{
    QString local;
    QStringView domain;
};

std::expected<Sides, FaultReason> sidesOf(QStringView typed)
{
    const QStringView text = typed.trimmed();
    const qsizetype at = text.indexOf(u'@');
    if (at < 0)
        return std::unexpected(FaultReason::EmailWithoutAt);
    if (text.sliced(at + 1).contains(u'@'))
        return std::unexpected(FaultReason::EmailWithSeveralAts);
    if (text.size() - at - 1 > longestTypedDomain)
        return std::unexpected(FaultReason::EmailDomainTooLong);
    if (at > longestTypedLocal)
        return std::unexpected(FaultReason::EmailUserTooLong);
    const auto local = normalized(text.first(at), longestTypedLocal);
    if (!local)
        return std::unexpected(FaultReason::EmailUserCharacters);
    return Sides {.local = *local, .domain = text.sliced(at + 1)};
}

bool isLocalCharacter(char32_t c)
{
    return (QChar::isLetterOrNumber(c) || QChar::isMark(c) || (c < 0x80 && QStringView(u".!#$%&'*+-/=?^_`{|}~").contains(QChar(c))))
           && !isIgnorable(c);
}

/// Thai and Lao keyboards have the vowel am as one character; normal form KC takes it for two.
bool standsForOthers(const QString &local)
{
    QString rest = local;
    rest.removeIf([](QChar c) { return c == u'\u0e33' || c == u'\u0eb3'; });
    return hasStandIns(rest) || local.contains(u"\u0e4d\u0e32"_s) || local.contains(u"\u0ecd\u0eb2"_s);
}

std::optional<FaultReason> whyNotLocal(const QString &local)
{
    if (local.isEmpty())
        return FaultReason::EmailUserEmpty;
    if (local.toUtf8().size() > longestLocal)
        return FaultReason::EmailUserTooLong;
    const QList<uint> characters = local.toUcs4();
    if (!std::ranges::all_of(characters, isLocalCharacter) || QChar::isMark(characters.first()))
        return FaultReason::EmailUserCharacters;
    if (standsForOthers(local))
        return FaultReason::EmailUserLookAlikes;
    if (local.startsWith(u'.') || local.endsWith(u'.') || local.contains(u".."_s))
        return FaultReason::EmailUserPeriods;
    return {};
}

QString lowered(const QString &local)
{
    const QString lower = local.toLower();
    return normalized(lower, lower.size()).value_or(lower);
}

/// Σ has two small letters, and which one is meant depends on where it stands.
QString withOneSigma(QString lower) { return lower.replace(u'ς', u'σ'); }

QString withFinalSigmas(QString lower)
{
    const auto isLetter = [&lower](qsizetype i) { return i >= 0 && i < lower.size() && lower[i].isLetter(); };
    for (qsizetype i = 0; i < lower.size(); ++i) {
        if (lower[i] == u'σ' && isLetter(i - 1) && !isLetter(i + 1))
            lower[i] = u'ς';
    }
    return lower;
}

/// The domain of an account that an earlier version took; it asked Qt, which knows no faults.
QString earlierDomain(QStringView typed) { return QString::fromLatin1(QUrl::toAce(typed.toString())).toLower(); }

} // namespace

std::expected<EmailAddress, FaultReason> EmailAddress::parse(QStringView typed)
{
    const auto sides = sidesOf(typed);
    if (!sides)
        return std::unexpected(sides.error());
    if (const auto why = whyNotLocal(sides->local))
        return std::unexpected(*why);
    const auto domain = MailDomain::parse(sides->domain);
    if (!domain)
        return std::unexpected(domain.error());
    const QString text = sides->local + u'@' + domain->text;
    if (text.toUtf8().size() > longestAddress)
        return std::unexpected(FaultReason::EmailTooLong);
    return EmailAddress {.text = text, .key = withOneSigma(lowered(sides->local)) + u'@' + domain->ascii};
}

QStringList EmailAddress::keysOf(QStringView typed)
{
    const auto sides = sidesOf(typed);
    if (!sides || sides->local.isEmpty())
        return {};
    const auto domain = MailDomain::parse(sides->domain);
    const QString behind = u'@' + (domain ? domain->ascii : earlierDomain(sides->domain));
    const QString lower = lowered(sides->local);
    QStringList keys {lower + behind, withOneSigma(lower) + behind, withFinalSigmas(withOneSigma(lower)) + behind};
    keys.removeDuplicates();
    return keys;
}

QString EmailAddress::countedName(QStringView typed)
{
    const QStringList keys = keysOf(typed);
    if (!keys.isEmpty())
        return withOneSigma(keys.first());
    const QStringView text = typed.trimmed();
    if (text.size() <= longestAddress)
        return text.toString().toLower();
    return u"#"_s
           + QString::fromLatin1(
               sha256(QByteArrayView(reinterpret_cast<const char *>(text.utf16()), text.size() * qsizetype(sizeof(char16_t)))).toHex());
}

} // namespace warder
