#include "core/accounts/AccountFaults.h"

#include "core/accounts/EmailAddress.h"
#include "core/accounts/PasswordGuesses.h"
#include "core/base/Text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostRoles = 32;
constexpr int longestRole = 64;

Fault tooShort(const QString &field, int least)
{
    return {.type = u"string_too_short"_s,
            .location = {u"body"_s, field},
            .message = u"String should have at least %1 characters"_s.arg(least),
            .context = {{u"min_length"_s, least}}};
}

Fault tooLong(const QString &field, qsizetype most, const QString &unit)
{
    return {.type = u"string_too_long"_s,
            .location = {u"body"_s, field},
            .message = u"String should have at most %1 %2"_s.arg(most).arg(unit),
            .context = {{u"max_length"_s, most}, {u"unit"_s, unit}}};
}

Fault wrongValue(const QString &field, const QString &what, const QString &reason)
{
    return {.type = u"value_error"_s, .location = {u"body"_s, field}, .message = what + reason, .context = {{u"reason"_s, reason}}};
}

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
    Fault fault = wrongValue(field, u"value is not a valid email address: "_s, parsed.error());
    fault.input = value.left(320);
    return fault;
}

std::optional<Fault> passwordFault(const QString &field, const QString &value, int minLength)
{
    constexpr qsizetype longestTyped = 2 * longestPassword; // what has two bytes may come in two pieces
    if (value.size() > longestTyped)
        return passwordTooLongFault(field, longestPassword);
    const auto text = normalized(value, longestTyped);
    if (!text)
        return wrongValue(field, u"Value error, "_s, u"a password cannot have more than 30 combining marks in a row"_s);
    if (codePointCount(*text) < minLength)
        return tooShort(field, minLength);
    if (text->toUtf8().size() > longestPassword)
        return passwordTooLongFault(field, longestPassword);
    if (text->contains(QChar(0)))
        return wrongValue(field, u"Value error, "_s, u"a password cannot contain NUL"_s);
    return std::nullopt;
}

std::optional<Fault> guessableFault(const QString &field, const QString &value, const QStringList &words, qint64 fewest)
{
    if (fewest <= 0 || guessesOf(value, words) >= double(fewest))
        return std::nullopt;
    return wrongValue(field, u"Value error, "_s,
                      u"this password is too easy to guess: take a longer one, for example four words that do not belong together"_s);
}

std::optional<Fault> nameFault(const QString &field, const QString &value)
{
    constexpr qsizetype longestTyped = 4 * longestName; // a letter may come in four pieces
    const auto name = normalized(value, longestTyped);
    if (value.size() > longestTyped || (name && codePointCount(*name) > longestName))
        return tooLong(field, longestName, u"characters"_s);
    if (name && isInName(*name))
        return std::nullopt;
    Fault fault = wrongValue(field, u"Value error, "_s,
                             name ? u"a name cannot contain control characters, line ends or characters that turn the text round"_s
                                  : u"a name cannot have more than 30 combining marks in a row"_s);
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
    return wrongValue(field, u"Value error, "_s, u"at most 32 roles of 1 to 64 letters, digits or _ - . :"_s);
}

Fault passwordTooLongFault(const QString &field, qsizetype most) { return tooLong(field, most, u"bytes"_s); }

} // namespace warder
