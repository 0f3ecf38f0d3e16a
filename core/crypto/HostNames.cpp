#include "core/crypto/HostNames.h"

#include "core/config/HostPort.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestName = 253;

/// In its one spelling; empty for anything else.
QString addressFrom(const QString &text)
{
    const auto address = parseAddress(text);
    return address ? address->toString() : QString();
}

/// Lower case and punycode; empty for what is no host name. A last label of digits would be read as an address.
QString nameFrom(const QString &text)
{
    static const QRegularExpression label(u"\\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\z"_s);
    static const QRegularExpression digits(u"\\A[0-9]+\\z"_s);
    const bool any = text.startsWith("*."_L1);
    if (text.size() > longestName)
        return {};
    const QString name = QString::fromLatin1(QUrl::toAce(any ? text.sliced(2) : text)).toLower();
    const QStringList labels = name.split(u'.');
    if (!std::ranges::all_of(labels, [](const QString &one) { return label.match(one).hasMatch(); }))
        return {};
    if (digits.match(labels.last()).hasMatch() || name.size() > longestName || (any && labels.size() < 2))
        return {};
    return any ? "*."_L1 + name : name;
}

} // namespace

Result<HostNames> HostNames::withLocalhost(const QStringList &names)
{
    HostNames result {.dns = {u"localhost"_s}, .addresses = {u"127.0.0.1"_s, u"::1"_s}};
    for (const QString &text : names) {
        if (const QString address = addressFrom(text); !address.isEmpty())
            result.addresses += address;
        else if (const QString name = nameFrom(text); !name.isEmpty())
            result.dns += name;
        else
            return refused(ErrorCode::InvalidInput, u"\"%1\" is no name of a host: give one as auth.example.test, *.example.test, or an IP "
                                                    "address, without https:// and port"_s.arg(text));
    }
    result.dns.removeDuplicates();
    result.addresses.removeDuplicates();
    return result;
}

} // namespace warder
