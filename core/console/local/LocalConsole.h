#pragma once

#include "core/console/ChangeJournal.h"
#include "core/console/Console.h"
#include "core/console/ServerControl.h"
#include "core/console/SessionIndex.h"

namespace warder {

class AccountChanges;
class Accounts;
class Database;
class LiveSettings;
class OrderTable;
class RateLimiter;
class Registration;
class Sessions;
class SigningKeys;
class TrafficStatistics;
struct TokenPolicy;

/// What the console stands on; all must outlive it.
struct ConsoleParts
{
    const Clock &clock;
    Database &database;
    Accounts &accounts;
    Sessions &sessions;
    Registration &registration;
    AccountChanges &changes;
    SigningKeys &keys;
    RateLimiter &limiter;
    TrafficStatistics &traffic;
    ChangeJournal &journal;
    ServerControl &server;
    const LiveSettings &settings;
    const TokenPolicy &tokens;
    QString actor; ///< "console", "command line": for the audit record.
};

/// The console in the server's own process. Orders run on threads of its own (OrderTable); none blocks the caller.
class LocalConsole final : public Console
{
public:
    explicit LocalConsole(const ConsoleParts &parts);
    ~LocalConsole() override; ///< Finishes what was ordered; who waits for changes is refused.

private:
    void carry(std::unique_ptr<Errand> errand) override;

    SessionIndex m_index;
    std::unique_ptr<OrderTable> m_table;
};

} // namespace warder
