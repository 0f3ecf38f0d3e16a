#include "core/api/body/Fields.h"

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostOthers = 20;
constexpr qsizetype longestOther = 100;

/// Also what people call it who mean something secret.
bool isSecret(QStringView name)
{
    constexpr std::array words {"pass"_L1, "pwd"_L1,  "token"_L1, "secret"_L1, "pin"_L1,
                                "otp"_L1,  "code"_L1, "key"_L1,   "auth"_L1,   "card"_L1};
    return std::ranges::any_of(words, [name](QLatin1StringView word) { return name.contains(word, Qt::CaseInsensitive); });
}

} // namespace

Fields::Fields(const QJsonObject &body, bool isForm) : m_body(body), m_isForm(isForm)
{
    for (auto member = body.begin(); member != body.end(); ++member) {
        // Objects and arrays could hide a secret under another name.
        if (!isSecret(member.key()) && !member->isObject() && !member->isArray())
            m_echo.insert(member.key(), *member);
    }
}

QString Fields::required(QLatin1StringView name)
{
    m_asked.insert(name);
    const auto member = m_body.constFind(name);
    if (member == m_body.constEnd()) {
        m_faults += Fault {.type = u"missing"_s,
                           .location = {u"body"_s, QString(name)},
                           .message = u"Field required"_s,
                           .input = m_isForm ? QJsonValue() : QJsonValue(m_echo)};
        return {};
    }
    return text(name, *member).value_or(QString());
}

std::optional<QString> Fields::optional(QLatin1StringView name)
{
    m_asked.insert(name);
    const auto member = m_body.constFind(name);
    if (member == m_body.constEnd() || member->isNull())
        return std::nullopt;
    return text(name, *member);
}

QString Fields::choice(QLatin1StringView name, const QStringList &choices, const QString &fallback)
{
    const auto given = optional(name);
    if (!given || given->isEmpty()) // a form sends its empty fields too
        return fallback;
    if (choices.contains(*given))
        return *given;
    const QString pattern = choices.size() == 1 ? u"^%1$"_s.arg(choices.first()) : u"^(%1)$"_s.arg(choices.join(u'|'));
    m_faults += Fault {.type = u"string_pattern_mismatch"_s,
                       .location = {u"body"_s, QString(name)},
                       .message = u"String should match pattern '%1'"_s.arg(pattern),
                       .input = given->left(200),
                       .context = {{u"pattern"_s, pattern}}};
    return fallback;
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
    for (auto member = m_body.begin(); member != m_body.end() && told < mostOthers; ++member) {
        if (m_asked.contains(member.key()))
            continue;
        Fault fault {.type = u"extra_forbidden"_s,
                     .location = {u"body"_s, member.key().left(longestOther)},
                     .message = u"Extra inputs are not permitted"_s};
        if (m_echo.contains(member.key()))
            fault.input = member.value();
        m_faults += fault;
        ++told;
    }
}

std::optional<Error> Fields::refusal() const
{
    if (m_faults.isEmpty())
        return std::nullopt;
    return Error {.code = ErrorCode::InvalidInput, .detail = u"%1 faults in the body"_s.arg(m_faults.size()), .faults = m_faults};
}

std::optional<QString> Fields::text(QLatin1StringView name, const QJsonValue &value)
{
    if (value.isString())
        return value.toString();
    Fault fault {.type = u"string_type"_s, .location = {u"body"_s, QString(name)}, .message = u"Input should be a valid string"_s};
    if (!isSecret(QString(name)))
        fault.input = value;
    m_faults += fault;
    return std::nullopt;
}

} // namespace warder
