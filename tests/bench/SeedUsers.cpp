// seed-users DATA-DIR COUNT: fills a new data directory with accounts, for the scale axis of the benchmark.

#include "core/accounts/UserStore.h"
#include "core/storage/DataDirectory.h"
#include "core/storage/Database.h"

#include <QCoreApplication>

#include <cstdio>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

constexpr int perTransaction = 10'000;

Result<void> insertSome(Connection &connection, int from, int to, TimePoint now)
{
    const QString hash = u"$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8"_s;
    for (int i = from; i < to; ++i) {
        const QString email = u"person%1@example.com"_s.arg(i, 8, 10, QChar(u'0'));
        User user;
        user.id = Id::create(now);
        user.email = email;
        user.createdAt = user.updatedAt = now;
        if (const auto done = UserStore::insert(connection, {.user = user, .passwordHash = hash}, email); !done)
            return done;
    }
    return {};
}

} // namespace

int main(int argc, char **argv)
{
    umask(077);
    const QCoreApplication application(argc, argv);
    if (argc != 3)
        return 2;
    const auto directory = DataDirectory::open(QString::fromLocal8Bit(argv[1]));
    const auto database = Database::open(directory.value().databasePath());
    const int count = std::atoi(argv[2]);
    const TimePoint now = SystemClock().now();
    for (int from = 0; from < count; from += perTransaction) {
        const auto done = database.value()->write([&](Connection &connection) { return insertSome(connection, from, std::min(count, from + perTransaction), now); });
        if (!done) {
            std::fprintf(stderr, "%s\n", qPrintable(done.error().detail));
            return 1;
        }
    }
    return 0;
}
