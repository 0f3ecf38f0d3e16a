#pragma once

#include "core/console/ChangeJournal.h"
#include "core/console/ServerControl.h"
#include "core/console/SessionIndex.h"
#include "core/console/SignInsToday.h"

namespace warder {

class AccountChanges;
class AccountDeletions;
class AccountImport;
class Accounts;
class Authenticator;
class Backups;
class BulkChanges;
class Database;
class FactorChanges;
class Federation;
class Identities;
class IdentityChanges;
class Invitations;
class Limits;
class LiveSettings;
class MailSender;
class MasterKeys;
class Outbox;
class Passkeys;
class Providers;
class RateLimiter;
class RecentRefusals;
class RefreshTokens;
class Registration;
class Sessions;
class SigningKeys;
class TrafficHistory;
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
    AccountDeletions &deletions;
    BulkChanges &bulk;
    FactorChanges &factors;
    Invitations &invitations;
    SigningKeys &keys;
    MasterKeys &masterKeys;
    const TokenPolicy &tokens;
    const RefreshTokens &refreshTokens;
    const Authenticator &authenticator;
    const RecentRefusals &refusals;
    const Passkeys &passkeys;
    Providers &providers;
    Federation &federation;
    const Identities &identities;
    IdentityChanges &identityChanges;
    RateLimiter &limiter;
    Limits &limits;
    Outbox &outbox;
    MailSender &mailSender;
    TrafficStatistics &traffic;
    TrafficHistory &trafficHistory;
    ChangeJournal &journal;
    Backups &backups;
    ServerControl &server;
    const LiveSettings &settings;
    QString actor; ///< "console", "command line": for the audit record.
};

/// What the handlers of a LocalConsole work with: its parts, and what they remember. Any thread.
struct ConsoleContext : ConsoleParts
{
    explicit ConsoleContext(const ConsoleParts &parts) : ConsoleParts(parts), index(parts.journal) {}

    TimePoint now() const { return clock.now(); }

    std::atomic<bool> isClosing {false}; ///< Who waits for another server gives up.
    SessionIndex index;
    SignInsToday signIns;
    std::mutex importing; ///< Guards the imports, oldest first, that were begun and are not finished, and the last of those that are over.
    std::vector<std::pair<Id, std::shared_ptr<AccountImport>>> imports;
    QList<Id> importsOver; ///< None of them begins again: what comes late would be a part for the whole.
    std::mutex stopping;   ///< Guards the next.
    QList<Id> stopped;     ///< Changes of many that somebody stopped last, oldest first.
};

} // namespace warder
