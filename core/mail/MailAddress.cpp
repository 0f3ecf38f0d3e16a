#include "core/mail/MailAddress.h"

#include "core/base/Text.h"

#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestWire = 254;    // octets, RFC 5321 §4.5.3.1
constexpr qsizetype longestBeforeAt = 64; // octets, RFC 6531 §3.3

/// Of an atom (RFC 5322 §3.2.3), and the period between them; quoted strings are nobody's.
bool isOfLocal(char32_t c)
{
    if (c >= 0x80)
        return isPlain(c) && !QChar::isSpace(c) && !isIgnorable(c);
    const QChar ascii(c);
    return ascii.isLetterOrNumber() || u".!#$%&'*+-/=?^_`{|}~"_s.contains(ascii);
}

QByteArray asciiDomain(QStringView domain)
{
    const QByteArray ascii = QUrl::toAce(domain.toString()).toLower();
    const auto isOfDomain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_'; };
    const bool isWhole = !ascii.isEmpty() && !ascii.startsWith('.') && !ascii.endsWith('.') && !ascii.contains("..");
    return isWhole && std::ranges::all_of(ascii, isOfDomain) ? ascii : QByteArray();
}

} // namespace

std::optional<QByteArray> mail_address::toWire(QStringView address)
{
    const qsizetype at = address.lastIndexOf(u'@');
    if (address.size() > longestWire || at < 1)
        return std::nullopt;
    const QString local = address.first(at).toString();
    const QByteArray domain = asciiDomain(address.sliced(at + 1));
    const QByteArray wire = local.toUtf8() + '@' + domain;
    const bool isTaken = std::ranges::all_of(local.toUcs4(), isOfLocal) && local.toUtf8().size() <= longestBeforeAt
                         && wire.size() <= longestWire && !domain.isEmpty();
    return isTaken ? std::optional(wire) : std::nullopt;
}

QString mail_address::keyOf(QStringView address)
{
    const QStringView bounded = address.left(longestWire);
    const qsizetype at = bounded.lastIndexOf(u'@');
    const QByteArray domain = at < 1 ? QByteArray() : asciiDomain(bounded.sliced(at + 1));
    return domain.isEmpty() ? bounded.toString().toLower() : bounded.first(at).toString().toLower() + u'@' + QString::fromLatin1(domain);
}

} // namespace warder
