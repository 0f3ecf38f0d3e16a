#include "core/accounts/AccountFaults.h"

#include "core/accounts/EmailAddress.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int longestPassword = 1024;
constexpr int longestName = 200;

Fault tooShort(const QString &field, int least)
{
    return {.type = u"string_too_short"_s, .location = {u"body"_s, field},
            .message = u"String should have at least %1 characters"_s.arg(least), .context = {{u"min_length"_s, least}}};
}

Fault tooLong(const QString &field, int most)
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

} // namespace warder
