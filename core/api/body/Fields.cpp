#include "core/api/body/Fields.h"

#include "core/base/Error.h"
#include "core/base/ErrorCode.h"
#include "core/base/Fault.h"
#include "core/base/Text.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostOthers = 20;
constexpr int mostElements = 20;
constexpr qsizetype longestOther = 100;

/// Also what people call it who mean something secret.
bool isSecret(QStringView name)
{
    constexpr std::array words {"pass"_L1, "pwd"_L1,  "token"_L1, "secret"_L1, "pin"_L1,  "otp"_L1,       "code"_L1,   "key"_L1,
                                "auth"_L1, "card"_L1, "state"_L1, "ticket"_L1, "cred"_L1, "assertion"_L1, "attempt"_L1};
    return std::ranges::any_of(words, [name](QLatin1StringView word) { return name.contains(word, Qt::CaseInsensitive); });
}

/// Objects and arrays could hide a secret under another name; a name of any length would take long to look through.
bool mayBeEchoed(QStringView name, const QJsonValue &value)
{
    return name.size() <= longestOther && !isSecret(name) && !value.isObject() && !value.isArray();
}

/// pydantic's words for a boolean, of its lax mode.
std::optional<bool> truthOf(const QString &word)
{
    static const QStringList yes {u"1"_s, u"true"_s, u"t"_s, u"yes"_s, u"y"_s, u"on"_s};
    static const QStringList no {u"0"_s, u"false"_s, u"f"_s, u"no"_s, u"n"_s, u"off"_s};
    if (yes.contains(word, Qt::CaseInsensitive))
        return true;
    return no.contains(word, Qt::CaseInsensitive) ? std::optional(false) : std::nullopt;
}

/// "1 item", "2 items"
QString counted(qsizetype count, const QString &what) { return u"%1 %2%3"_s.arg(count).arg(what, count == 1 ? u""_s : u"s"_s); }

} // namespace

Fields::Fields(const QJsonObject &members, const QString &place, bool isText) : m_members(members), m_place(place), m_isText(isText)
{
    for (auto member = members.begin(); member != members.end(); ++member) {
        if (mayBeEchoed(member.key(), *member))
            m_echo.insert(member.key(), *member);
    }
}

QString Fields::required(QLatin1StringView name)
{
    const auto value = member(name, true);
    return value ? textOf(name, *value).value_or(QString()) : QString();
}

std::optional<QString> Fields::optional(QLatin1StringView name)
{
    const auto value = member(name, false);
    return value ? textOf(name, *value) : std::nullopt;
}

QString Fields::choice(QLatin1StringView name, const QStringList &choices, const QString &fallback)
{
    const auto given = text({.name = name, .required = false, .choices = choices});
    return given && !given->isEmpty() ? *given : fallback;
}

std::optional<QString> Fields::text(const FieldDoc &field)
{
    const auto value = member(field.name, field.required);
    const auto given = value ? textOf(field.name, *value) : std::nullopt;
    if (!given || !hasLength(field, codePointCount(*given), *value))
        return std::nullopt;
    if (field.choices.isEmpty() || field.choices.contains(*given)
        || (given->isEmpty() && !field.required)) // a form sends its empty fields too
        return given;
    const bool isOne = field.choices.size() == 1;
    const QString pattern = isOne ? u"^%1$"_s.arg(field.choices.first()) : u"^(%1)$"_s.arg(field.choices.join(u'|'));
    return fault(u"string_pattern_mismatch"_s, u"String should match pattern '%1'"_s.arg(pattern), {field.name}, given->left(200),
                 {{u"pattern"_s, pattern}});
}

std::optional<qint64> Fields::integer(const FieldDoc &field)
{
    const auto value = member(field.name, field.required);
    const auto number = value ? integerOf(field.name, *value) : std::nullopt;
    if (number && *number < field.minimum)
        return fault(u"greater_than_equal"_s, u"Input should be greater than or equal to %1"_s.arg(field.minimum), {field.name}, *value,
                     {{u"ge"_s, field.minimum}});
    if (number && *number > field.maximum)
        return fault(u"less_than_equal"_s, u"Input should be less than or equal to %1"_s.arg(field.maximum), {field.name}, *value,
                     {{u"le"_s, field.maximum}});
    return number;
}

std::optional<bool> Fields::boolean(const FieldDoc &field)
{
    const auto value = member(field.name, field.required);
    if (!value || value->isBool())
        return value.transform([](const QJsonValue &given) { return given.toBool(); });
    if (!m_isText)
        return fault(u"bool_type"_s, u"Input should be a valid boolean"_s, {field.name}, *value);
    const auto word = textOf(field.name, *value);
    const auto truth = word.and_then(truthOf);
    if (word && !truth)
        return fault(u"bool_parsing"_s, u"Input should be a valid boolean, unable to interpret input"_s, {field.name}, *value);
    return truth;
}

std::optional<QStringList> Fields::texts(const FieldDoc &field)
{
    auto value = member(field.name, field.required);
    if (!value)
        return std::nullopt;
    if (m_isText && value->isString())
        value = QJsonArray {*value};
    if (!value->isArray())
        return fault(u"list_type"_s, u"Input should be a valid list"_s, {field.name}, *value);
    const QJsonArray elements = value->toArray();
    if (!hasLength(field, elements.size(), *value))
        return std::nullopt;
    QStringList texts;
    int wrong = 0;
    for (int i = 0; i < elements.size() && wrong < mostElements; ++i) {
        texts += elements[i].toString();
        if (elements[i].isString())
            continue;
        ++wrong;
        fault(u"string_type"_s, u"Input should be a valid string"_s, {field.name, i}, elements[i]);
    }
    return wrong == 0 ? std::optional(texts) : std::nullopt;
}

std::optional<QJsonObject> Fields::object(const FieldDoc &field)
{
    const auto value = member(field.name, field.required);
    if (value && !value->isObject())
        return fault(u"dict_type"_s, u"Input should be a valid dictionary"_s, {field.name}, *value);
    return value.transform([](const QJsonValue &given) { return given.toObject(); });
}

void Fields::add(const QList<Fault> &faults)
{
    for (const Fault &fault : faults) {
        // A field that is missing or no text has been told so already.
        const bool told = std::ranges::any_of(m_faults, [&fault](const Fault &earlier) { return earlier.location == fault.location; });
        if (!told)
            m_faults += fault;
    }
}

void Fields::refuseOthers()
{
    int told = 0;
    for (auto member = m_members.begin(); member != m_members.end() && told < mostOthers; ++member) {
        if (m_asked.contains(member.key()))
            continue;
        fault(u"extra_forbidden"_s, u"Extra inputs are not permitted"_s, {member.key().left(longestOther)},
              mayBeEchoed(member.key(), *member) ? std::optional<QJsonValue>(*member) : std::nullopt);
        ++told;
    }
}

std::optional<Error> Fields::refusal() const
{
    if (m_faults.isEmpty())
        return std::nullopt;
    return Error {
        .code = ErrorCode::InvalidInput, .detail = u"%1 faults in the %2"_s.arg(m_faults.size()).arg(m_place), .faults = m_faults};
}

/// The value, if it is there; null counts as absent where nothing is required.
std::optional<QJsonValue> Fields::member(const QString &name, bool isRequired)
{
    m_asked.insert(name);
    const auto found = m_members.constFind(name);
    if (found != m_members.constEnd() && (isRequired || !found->isNull()))
        return *found;
    if (!isRequired)
        return std::nullopt;
    m_faults += Fault {.type = u"missing"_s,
                       .location = {m_place, name},
                       .message = u"Field required"_s,
                       .input = m_isText ? QJsonValue() : QJsonValue(m_echo)};
    return std::nullopt;
}

std::optional<QString> Fields::textOf(const QString &name, const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    if (m_isText) // a parameter of a query
        return fault(u"value_error"_s, u"Value error, given more than once"_s, {name}, {}, {{u"reason"_s, u"given more than once"_s}});
    return fault(u"string_type"_s, u"Input should be a valid string"_s, {name}, value);
}

std::optional<qint64> Fields::integerOf(const QString &name, const QJsonValue &value)
{
    const QString tooLarge = u"Unable to parse input string as an integer, exceeded maximum size"_s;
    if (m_isText) {
        const auto text = textOf(name, value);
        if (!text)
            return std::nullopt;
        const QByteArray digits = text->toUtf8();
        qint64 number = 0;
        const auto [end, error] = std::from_chars(digits.begin(), digits.end(), number);
        if (end != digits.end() || error == std::errc::invalid_argument)
            return fault(u"int_parsing"_s, u"Input should be a valid integer, unable to parse string as an integer"_s, {name}, value);
        if (error != std::errc())
            return fault(u"int_parsing_size"_s, tooLarge, {name}, value);
        return number;
    }
    if (!value.isDouble())
        return fault(u"int_type"_s, u"Input should be a valid integer"_s, {name}, value);
    if (value.toInteger(0) == value.toInteger(1)) // else neither is its own
        return value.toInteger();
    if (value.toDouble() == std::floor(value.toDouble()))
        return fault(u"int_parsing_size"_s, tooLarge, {name}, value);
    return fault(u"int_from_float"_s, u"Input should be a valid integer, got a number with a fractional part"_s, {name}, value);
}

/// `length` in characters of a text, in texts of a list.
bool Fields::hasLength(const FieldDoc &field, qsizetype length, const QJsonValue &value)
{
    const bool isShort = length < field.minLength;
    if (!isShort && (field.maxLength == 0 || length <= field.maxLength))
        return true;
    const int limit = isShort ? field.minLength : field.maxLength;
    const QString bound = isShort ? u"at least "_s : u"at most "_s;
    QJsonObject context {{isShort ? u"min_length"_s : u"max_length"_s, limit}};
    if (field.type == FieldType::TextList) {
        context.insert("field_type"_L1, u"List"_s);
        context.insert("actual_length"_L1, length);
        fault(isShort ? u"too_short"_s : u"too_long"_s,
              u"List should have %1%2 after validation, not %3"_s.arg(bound, counted(limit, u"item"_s)).arg(length), {field.name}, value,
              context);
    } else {
        if (!isShort)
            context.insert("unit"_L1, u"characters"_s);
        fault(isShort ? u"string_too_short"_s : u"string_too_long"_s,
              u"String should have %1%2"_s.arg(bound, counted(limit, u"character"_s)), {field.name},
              field.type == FieldType::Password ? std::nullopt : std::optional(value), context);
    }
    return false;
}

std::nullopt_t Fields::fault(const QString &type, const QString &message, const QList<QJsonValue> &at,
                             const std::optional<QJsonValue> &input, const QJsonObject &context)
{
    const bool isEchoed = input && mayBeEchoed(at.first().toString(), *input);
    m_faults += Fault {.type = type,
                       .location = QList<QJsonValue> {m_place} + at,
                       .message = message,
                       .input = isEchoed ? input : std::nullopt,
                       .context = context};
    return std::nullopt;
}

} // namespace warder
