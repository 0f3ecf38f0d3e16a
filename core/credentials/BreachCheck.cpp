#include "core/credentials/BreachCheck.h"

#include "core/base/Text.h"
#include "core/credentials/PasswordFaults.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/SecretBytes.h"
#include "core/telemetry/Health.h"
#include "core/telemetry/Log.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype prefixSize = 5;
constexpr qsizetype restSize = 35;
constexpr qsizetype mostBytes = 512 * 1024; ///< With padding some 1000 lines of 40 bytes.
constexpr QLatin1StringView problem {"breach_check_failed"};

bool isHex(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); });
}

/// As the hasher takes it: letters in pieces are whole ones.
QByteArray hashOf(const QString &password)
{
    QString text = normalized(password, 2 * longestPassword).value_or(password);
    QByteArray bytes = text.toUtf8();
    const QByteArray hash = sha1(bytes).toHex().toUpper();
    wipe(bytes);
    wipe(text);
    return hash;
}

} // namespace

std::optional<bool> isInRange(QByteArrayView answer, QByteArrayView rest)
{
    std::optional<bool> found;
    while (!answer.isEmpty()) {
        const qsizetype end = answer.indexOf('\n');
        const QByteArrayView line = (end < 0 ? answer : answer.first(end)).trimmed();
        answer = end < 0 ? QByteArrayView() : answer.sliced(end + 1);
        bool isNumber = false;
        if (line.size() <= restSize + 1 || line[restSize] != ':' || !isHex(line.first(restSize)))
            continue;
        const qulonglong count = line.sliced(restSize + 1).toULongLong(&isNumber);
        if (!isNumber)
            continue;
        const bool isOurs = line.first(restSize).compare(rest, Qt::CaseInsensitive) == 0;
        found = found.value_or(false) || (isOurs && count > 0);
    }
    return found;
}

BreachCheck::BreachCheck(BreachPolicy policy, const HttpsClient &client, Health &health)
    : m_policy(std::move(policy)), m_client(client), m_health(health)
{}

std::optional<Fault> BreachCheck::faultOf(const QString &field, const QString &password, TimePoint now)
{
    if (!m_policy.isOn || isResting(now))
        return std::nullopt;
    const auto known = ask(hashOf(password));
    if (!known) {
        noteFailure(known.error(), now);
        return std::nullopt;
    }
    if (m_failedAt.exchange(0) != 0)
        log(LogLevel::Info, "breach_check_answered"_L1);
    m_health.clear(QString(problem));
    return *known ? std::optional(valueFault(field, FaultReason::PasswordBreached)) : std::nullopt;
}

std::expected<bool, QString> BreachCheck::ask(const QByteArray &hash) const
{
    const auto answer = m_client.ask({.url = m_policy.url + "/range/" + hash.first(prefixSize),
                                      .headers = {"Add-Padding: true"}, // or the length of what is encrypted would tell which range it was
                                      .timeout = m_policy.longest,
                                      .mostBytes = mostBytes});
    if (!answer)
        return std::unexpected(answer.error());
    if (answer->status != 200)
        return std::unexpected(u"answered with status %1"_s.arg(answer->status));
    const auto known = isInRange(answer->body, hash.sliced(prefixSize));
    if (!known)
        return std::unexpected(u"answered with something else than hashes"_s);
    return *known;
}

bool BreachCheck::isResting(TimePoint now) const
{
    const qint64 failedAt = m_failedAt.load();
    const Milliseconds since {toMilliseconds(now) - failedAt};
    return failedAt != 0 && since >= Milliseconds {0} && since < rest; // the clock may have been set back
}

void BreachCheck::noteFailure(const QString &why, TimePoint now)
{
    if (m_failedAt.exchange(toMilliseconds(now)) == 0)
        log(LogLevel::Warning, "breach_check_failed"_L1, {{"why"_L1, why}});
    m_health.set({.code = problem, .detail = u"new passwords are taken unchecked: %1"_s.arg(why)}, now);
}

} // namespace warder
