#include "core/credentials/PasswordFaults.h"

#include "core/base/Text.h"
#include "core/credentials/PasswordGuesses.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype longestSpelling = 2 * longestPassword; // what has two bytes may come in two pieces

Fault tooShort(const QString &field, int least)
{
    return {.type = u"string_too_short"_s,
            .location = {u"body"_s, field},
            .message = u"String should have at least %1 characters"_s.arg(least),
            .context = {{u"min_length"_s, least}}};
}

} // namespace

std::optional<Fault> passwordFault(const QString &field, const QString &value, int minLength)
{
    if (value.size() > longestSpelling)
        return tooLongFault(field, longestPassword, u"bytes"_s);
    const auto text = normalized(value, longestSpelling);
    if (!text)
        return valueFault(field, FaultReason::PasswordMarks);
    if (codePointCount(*text) < minLength)
        return tooShort(field, minLength);
    if (text->toUtf8().size() > longestPassword)
        return tooLongFault(field, longestPassword, u"bytes"_s);
    if (text->contains(QChar(0)))
        return valueFault(field, FaultReason::PasswordNul);
    return std::nullopt;
}

std::optional<Fault> guessableFault(const QString &field, const QString &value, const QStringList &words, qint64 fewest)
{
    if (fewest <= 0 || guessesOf(normalized(value, longestSpelling).value_or(value), words) >= double(fewest)) // of what is hashed
        return std::nullopt;
    return valueFault(field, FaultReason::PasswordGuessable);
}

} // namespace warder
