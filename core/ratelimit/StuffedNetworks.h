#pragma once

#include "core/base/Clock.h"
#include "core/ratelimit/BoundedMap.h"
#include "core/ratelimit/LimitedName.h"

#include <QList>

namespace warder {

/// The numbers of the rule that counts accounts.
struct StuffingRule
{
    bool isOn = false;
    qint64 amount = 30; ///< So many accounts in `period` hold a network back for `longest`; StuffedNetworks::mostAccounts at most.
    Seconds period = std::chrono::hours {1};
    Seconds longest = std::chrono::hours {1};
};

/// Networks that fail at many accounts: one password at each, or pairs from a leak (credential stuffing). Who fails often at one
/// account is nobody of these. Bounded: a network that is held back fails no more. The owner guards it.
class StuffedNetworks final
{
public:
    static constexpr qsizetype mostAccounts = 1000;

    explicit StuffedNetworks(size_t capacity) : m_map(capacity) {}

    /// 0: a try of a stranger may be looked at.
    Milliseconds waitOf(const QString &network, const QString &account, const StuffingRule &rule, TimePoint now);
    void begin(const QString &network, const QString &account, const StuffingRule &rule, TimePoint now);
    void end(const QString &network, const QString &account);
    /// How many accounts, if it is held back by that; else 0.
    qint64 fail(const QString &network, const QString &account, const StuffingRule &rule, TimePoint now);
    void deny(const QString &network);
    /// Whether it was held back.
    bool unblock(const QString &network, TimePoint now);

    struct Wait
    {
        QString network;
        TimePoint since;
        TimePoint until;
        qint64 denials = 0;
    };
    QList<Wait> waits(TimePoint now) const;
    void restore(const Wait &wait, const StuffingRule &rule, TimePoint now);

private:
    struct Try
    {
        quint64 account = 0; ///< A hash.
        TimePoint last;
    };
    struct Entry
    {
        QList<Try> accounts = {};     ///< Of the last period; oldest first.
        QList<quint64> inFlight = {}; ///< The accounts of tries that are being looked at.
        TimePoint since;
        TimePoint until;
        qint64 denials = 0;
    };

    static qint64 amountOf(const StuffingRule &rule);
    static qint64 countOf(const Entry &entry, const StuffingRule &rule, TimePoint now);
    static qint64 countWithOthers(const Entry &entry, quint64 account, const StuffingRule &rule, TimePoint now);
    static Keep judge(const Entry &entry, const StuffingRule &rule, TimePoint now);
    Entry &touch(const QString &network, const StuffingRule &rule, TimePoint now);

    BoundedMap<QString, Entry, LimitedNameHash> m_map;
};

} // namespace warder
