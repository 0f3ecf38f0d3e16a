// seed-users DATA-DIR USERS [SESSIONS [RECORDS]]: fills a new data directory with accounts, of which one in a hundred is deleted, live
// sessions, and audit records, for the scale axis of the benchmark.

#include "core/accounts/UserStore.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/PasswordStore.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/sessions/SessionStore.h"
#include "core/storage/DataDirectory.h"
#include "core/storage/Database.h"
#include "core/storage/Transaction.h"

#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

constexpr int perTransaction = 10'000;
constexpr int oneDeletedIn = 100;

const QStringList names {u"Ada Dubois"_s, u"José Öztürk"_s, u"МАРИЯ Иванова"_s, u"Li Wei"_s, u"Grace Hopper"_s};
const QStringList agents {
    u"Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"_s,
    u"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"_s,
    u"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"_s,
    u"curl/8.14.1"_s};

QString emailOf(qint64 number) { return u"person%1@example.com"_s.arg(number, 8, 10, QChar(u'0')); }

Result<void> insertSome(DbConnection &connection, int from, int to, TimePoint now)
{
    const QString hash = u"$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8"_s;
    for (int i = from; i < to; ++i) {
        const QString email = emailOf(i);
        User user;
        user.id = Id::create(now);
        user.email = email;
        user.name = names[i % names.size()];
        user.createdAt = user.updatedAt = now;
        const auto done =
            UserStore::insert(connection, user, email).and_then([&] { return PasswordStore::insert(connection, user.id, hash, now); });
        if (!done)
            return done;
    }
    return {};
}

Result<void> insertSessions(DbConnection &connection, int from, int to, int users, TimePoint now)
{
    for (int i = from; i < to; ++i) {
        const auto owner = UserStore::ownerOfEmailKey(connection, emailOf(qint64(i) * 7919 % users));
        if (!owner)
            return refused(owner);
        const TimePoint opened = now - Seconds {i};
        const Session session {.id = Id::create(opened),
                               .userId = *owner,
                               .generation = 0,
                               .openedAt = opened,
                               .rotatedAt = opened,
                               .lastSeenAt = opened,
                               .idleExpiresAt = opened + std::chrono::days {7},
                               .expiresAt = opened + std::chrono::days {30},
                               .revokedAt = {},
                               .revokedReason = {},
                               .userAgent = agents[i % agents.size()],
                               .address = u"203.0.%1.%2"_s.arg(i / 256 % 256).arg(i % 256),
                               .method = u"password"_s};
        if (const auto done = SessionStore::insert(connection, session); !done)
            return done;
    }
    return {};
}

Result<void> deleteSome(DbConnection &connection, int from, int to, TimePoint now)
{
    for (int i = from; i < to; ++i) {
        const auto user = UserStore::ownerOfEmailKey(connection, emailOf(qint64(i) * oneDeletedIn));
        if (!user)
            return refused(user);
        if (const auto done = UserStore::updateDeleted(connection, *user, now, now + std::chrono::days {30}); !done)
            return done;
    }
    return {};
}

/// Oldest first, ten a second; one of ten is a failed sign-in.
Result<void> insertRecords(Transaction &transaction, int from, int to, int all, int users, TimePoint now)
{
    for (int i = from; i < to; ++i) {
        const auto subject = UserStore::ownerOfEmailKey(transaction, emailOf(qint64(i) * 7919 % users));
        if (!subject)
            return refused(subject);
        const AuditEvent event {.at = now - Milliseconds {qint64(all - i) * 100},
                                .type = i % 10 == 0 ? audit::loginFailed : audit::loginSucceeded,
                                .actor = u"user"_s,
                                .subject = *subject,
                                .address = u"203.0.%1.%2"_s.arg(i / 256 % 256).arg(i % 256)};
        if (const auto done = AuditStore::append(transaction, event); !done)
            return done;
    }
    return {};
}

bool fill(Database &database, int count, const std::function<Result<void>(Transaction &, int from, int to)> &insert)
{
    for (int from = 0; from < count; from += perTransaction) {
        const auto done =
            database.write([&](Transaction &transaction) { return insert(transaction, from, std::min(count, from + perTransaction)); });
        if (!done) {
            std::fprintf(stderr, "%s\n", qPrintable(done.error().detail));
            return false;
        }
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    umask(077);
    const QCoreApplication application(argc, argv);
    const CryptoLibraries libraries;
    if (argc < 3)
        return 2;
    const auto directory = DataDirectory::open(QString::fromLocal8Bit(argv[1]));
    const auto database = Database::open(directory.value().databasePath());
    const int users = std::atoi(argv[2]);
    const int sessions = argc > 3 ? std::atoi(argv[3]) : 0;
    const int records = argc > 4 ? std::atoi(argv[4]) : 0;
    const TimePoint now = SystemClock().now();
    const bool done =
        fill(**database, users, [now](Transaction &transaction, int from, int to) { return insertSome(transaction, from, to, now); })
        && fill(**database, users / oneDeletedIn,
                [now](Transaction &transaction, int from, int to) { return deleteSome(transaction, from, to, now); })
        && fill(**database, sessions,
                [now, users](Transaction &transaction, int from, int to) { return insertSessions(transaction, from, to, users, now); })
        && fill(**database, records, [now, users, records](Transaction &transaction, int from, int to) {
               return insertRecords(transaction, from, to, records, users, now);
           });
    return done ? 0 : 1;
}
