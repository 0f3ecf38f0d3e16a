#include "core/accounts/AccountFaults.h"

#include "core/accounts/EmailAddress.h"
#include "core/base/Text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostRoles = 32;
constexpr int longestRole = 64;

/// Beside what isPlain() knows: byte order mark, marks of annotations, tags, which show as nothing or carry a second text.
bool isNameCharacter(char32_t c) { return isPlain(c) && c != 0xfeff && !(c >= 0xfff9 && c <= 0xfffb) && !(c >= 0xe0000 && c <= 0xe007f); }

bool isInName(const QString &name)
{
    const QList<uint> characters = name.toUcs4();
    return name.isValidUtf16() && std::ranges::all_of(characters, isNameCharacter);
}

bool isRoleCharacter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || QStringView(u"_-.:").contains(c);
}

bool isRole(const QString &role) { return !role.isEmpty() && role.size() <= longestRole && std::ranges::all_of(role, isRoleCharacter); }

} // namespace

std::optional<Fault> emailFault(const QString &field, const QString &value)
{
    const auto parsed = EmailAddress::parse(value);
    if (parsed)
        return std::nullopt;
    Fault fault = valueFault(field, parsed.error(), u"value is not a valid email address: "_s);
    fault.input = value.left(320);
    return fault;
}

std::optional<Fault> nameFault(const QString &field, const QString &value)
{
    constexpr qsizetype longestTyped = 4 * longestName; // a letter may come in four pieces
    const auto name = normalized(value, longestTyped);
    if (value.size() > longestTyped || (name && codePointCount(*name) > longestName))
        return tooLongFault(field, longestName, u"characters"_s);
    if (name && isInName(*name))
        return std::nullopt;
    Fault fault = valueFault(field, name ? FaultReason::NameCharacters : FaultReason::NameMarks);
    fault.input = value;
    return fault;
}

QString tidyName(const QString &typed)
{
    const QString name = normalized(typed.trimmed(), typed.size()).value_or(QString());
    return isBlank(name) ? QString() : name;
}

std::optional<Fault> rolesFault(const QString &field, const QStringList &roles)
{
    if (roles.size() <= mostRoles && std::ranges::all_of(roles, isRole))
        return std::nullopt;
    return valueFault(field, FaultReason::RolesMalformed);
}

Error unacceptable(const QList<Fault> &faults)
{
    return {.code = ErrorCode::InvalidInput, .detail = u"the account's values are not acceptable"_s, .faults = faults};
}

} // namespace warder
