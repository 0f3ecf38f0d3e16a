#pragma once

#include "core/base/Clock.h"
#include "core/base/Fault.h"
#include "core/config/Settings.h"
#include "core/outbound/HttpsClient.h"

#include <atomic>

namespace warder {

class Health;

/// Whether new passwords are looked up among those of known data breaches, and where.
struct BreachPolicy
{
    bool isOn = false;
    QByteArray url = "https://api.pwnedpasswords.com"; ///< Without a slash at its end. Answers as Have I Been Pwned's range API does.

    Milliseconds longest {1500}; ///< How long an answer is waited for; no setting.

    static BreachPolicy from(const Settings &settings)
    {
        return {.isOn = settings.get<"passwords.breach_check">() == u"on", .url = settings.get<"passwords.breach_url">().toLatin1()};
    }
};

/// What an answer of the range API says of one hash: lines of the other 35 hexadecimal digits (in capitals or not), a colon, and how often
/// it was found; 0 is padding. Nothing if it holds no such line: that was something else. Pure.
std::optional<bool> isInRange(QByteArrayView answer, QByteArrayView rest);

/// Asks a server of breached passwords for new ones (NIST SP 800-63B §3.1.1.2), by range: it gets the first 5 hexadecimal digits of a
/// SHA-1, which some thousand known passwords share, and neither the password nor whose it is. Fails open: where nobody answers in time
/// the password is taken, the health problem `breach_check_failed` stands until somebody does, and the log has a line when it begins. For
/// new passwords only, never at a sign-in and never for imported hashes.
/// Any thread that may wait so long (lane outbound, the console's), never an HTTP thread, a hashing lane or the writer.
class BreachCheck final
{
public:
    static constexpr Seconds rest {30}; ///< After a failure nobody is asked and nobody waits for so long.

    BreachCheck(BreachPolicy policy, const HttpsClient &client, Health &health);

    bool isOn() const { return m_policy.isOn; }

    /// What is wrong with a password that has no other fault: that it is known. Nothing while the check is off.
    std::optional<Fault> faultOf(const QString &field, const QString &password, TimePoint now);

private:
    std::expected<bool, QString> ask(const QByteArray &hash) const;
    bool isResting(TimePoint now) const;
    void noteFailure(const QString &why, TimePoint now);

    const BreachPolicy m_policy;
    const HttpsClient &m_client;
    Health &m_health;
    std::atomic<qint64> m_failedAt {0}; ///< Milliseconds; 0: the last one was answered.
};

} // namespace warder
