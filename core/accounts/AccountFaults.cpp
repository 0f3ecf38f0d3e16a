#include "core/accounts/AccountFaults.h"

#include "core/accounts/EmailAddress.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int longestPassword = 1024;
constexpr int longestName = 200;
constexpr int mostRoles = 32;
constexpr int longestRole = 64;

Fault tooShort(const QString &field, int least)
{
    return {.type = u"string_too_short"_s, .location = {u"body"_s, field},
            .message = u"String should have at least %1 characters"_s.arg(least), .context = {{u"min_length"_s, least}}};
}

Fault tooLong(const QString &field, qsizetype most)
{
    return {.type = u"string_too_long"_s, .location = {u"body"_s, field},
            .message = u"String should have at most %1 characters"_s.arg(most), .context = {{u"max_length"_s, most}}};
}

Fault wrongValue(const QString &field, const QString &what, const QString &reason)
{
    return {.type = u"value_error"_s, .location = {u"body"_s, field}, .message = what + reason, .context = {{u"reason"_s, reason}}};
}

bool isControl(QChar c)
{
    return c.category() == QChar::Other_Control;
}

bool isRoleCharacter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || QStringView(u"_-.:").contains(c);
}

bool isRole(const QString &role)
{
    return !role.isEmpty() && role.size() <= longestRole && std::ranges::all_of(role, isRoleCharacter);
}

} // namespace

std::optional<Fault> emailFault(const QString &field, const QString &value)
{
    const auto parsed = EmailAddress::parse(value);
    if (parsed)
        return std::nullopt;
    Fault fault = wrongValue(field, u"value is not a valid email address: "_s, parsed.error());
    fault.input = value.left(320);
    return fault;
}

std::optional<Fault> passwordFault(const QString &field, const QString &value, int minLength)
{
    const QByteArray bytes = value.normalized(QString::NormalizationForm_C).toUtf8();
    if (bytes.size() < minLength)
        return tooShort(field, minLength);
    if (bytes.size() > longestPassword)
        return tooLong(field, longestPassword);
    if (bytes.contains('\0'))
        return wrongValue(field, u"Value error, "_s, u"a password cannot contain NUL"_s);
    return std::nullopt;
}

std::optional<Fault> nameFault(const QString &field, const QString &value)
{
    if (value.size() > longestName)
        return tooLong(field, longestName);
    if (std::ranges::any_of(value, isControl)) {
        Fault fault = wrongValue(field, u"Value error, "_s, u"a name cannot contain control characters"_s);
        fault.input = value;
        return fault;
    }
    return std::nullopt;
}

std::optional<Fault> rolesFault(const QString &field, const QStringList &roles)
{
    if (roles.size() <= mostRoles && std::ranges::all_of(roles, isRole))
        return std::nullopt;
    return wrongValue(field, u"Value error, "_s, u"at most 32 roles of 1 to 64 letters, digits or _ - . :"_s);
}

Fault passwordTooLongFault(const QString &field, qsizetype most)
{
    return tooLong(field, most);
}

} // namespace warder
