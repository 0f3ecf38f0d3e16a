#include "tests/support/World.h"

#include <QTest>

#include <array>
#include <latch>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// A copy of a row must never be older than what somebody was told.
class TestUserCache : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void kept_isFoundUntilForgotten();
    void readAroundAChange_isNotKept_data();
    void readAroundAChange_isNotKept();
    void size_isBounded();
    void everyChange_isSeenAtOnce_data();
    void everyChange_isSeenAtOnce();
    void undoneChange_isNotSeen();
    void readersNeverSeeLessThanWasTold();
};

namespace {

User userNamed(const QString &name)
{
    return {.id = Id::create(fromMilliseconds(1)),
            .email = u"a@example.com"_s,
            .name = name,
            .roles = {},
            .createdAt = {},
            .updatedAt = {},
            .lastSignInAt = {},
            .passwordScheme = {}};
}

} // namespace

void TestUserCache::kept_isFoundUntilForgotten()
{
    UserCache cache;
    const User ann = userNamed(u"Ann"_s);
    QVERIFY(!cache.find(ann.id));
    cache.keep(ann, cache.changeCount(ann.id));
    QCOMPARE(cache.find(ann.id), std::optional(ann));
    cache.beginChange(ann.id);
    QVERIFY(!cache.find(ann.id));
    cache.endChange(ann.id);
    QVERIFY(!cache.find(ann.id));
}

void TestUserCache::readAroundAChange_isNotKept_data()
{
    QTest::addColumn<int>("read");
    QTest::addColumn<int>("kept");
    QTest::addColumn<bool>("found");
    enum { Before, Within, WithinAnother, After };
    QTest::newRow("read before it, kept within") << int(Before) << int(Within) << false;
    QTest::newRow("read before it, kept after") << int(Before) << int(After) << false;
    QTest::newRow("read within it, kept at once") << int(Within) << int(Within) << false;
    QTest::newRow("read within it, kept after") << int(Within) << int(After) << false;
    QTest::newRow("within another that goes on") << int(WithinAnother) << int(WithinAnother) << false;
    QTest::newRow("read after it") << int(After) << int(After) << true;
}

void TestUserCache::readAroundAChange_isNotKept()
{
    QFETCH(int, read);
    QFETCH(int, kept);
    UserCache cache;
    const User old = userNamed(u"Ann"_s);
    const std::array<std::function<void()>, 4> steps {[] {},
                                                      [&] {
                                                          cache.beginChange(old.id);
                                                          cache.beginChange(old.id); // by two jobs of a batch
                                                      },
                                                      [&] { cache.endChange(old.id); }, [&] { cache.endChange(old.id); }};
    quint64 changes = 0;
    for (int step = 0; step < int(steps.size()); ++step) {
        steps[size_t(step)]();
        if (step == read)
            changes = cache.changeCount(old.id);
        if (step == kept)
            cache.keep(old, changes);
    }
    QTEST(cache.find(old.id).has_value(), "found");
}

void TestUserCache::size_isBounded()
{
    UserCache cache;
    QList<Id> ids;
    for (int i = 0; i < 40'000; ++i) {
        const User user = userNamed(QString::number(i));
        cache.keep(user, cache.changeCount(user.id));
        ids += user.id;
    }
    const auto kept = std::ranges::count_if(ids, [&cache](Id id) { return cache.find(id).has_value(); });
    QVERIFY2(kept > 0 && kept <= 16 * 1024, qPrintable(QString::number(kept)));
    QVERIFY(cache.find(ids.last()));
}

using Act = std::function<bool(World &, Id)>;
using Seen = std::function<bool(const Result<User> &)>;

void TestUserCache::everyChange_isSeenAtOnce_data()
{
    QTest::addColumn<Act>("change");
    QTest::addColumn<Seen>("seen");
    const auto row = [](const char *name, const Act &change, const Seen &seen) { QTest::newRow(name) << change << seen; };
    row(
        "name", [](World &world, Id id) { return world.accounts.edit(id, {.name = u"Änn"_s}, u"user"_s, world.clock.now()).has_value(); },
        [](const Result<User> &user) { return user && user->name == u"Änn"_s; });
    row(
        "roles",
        [](World &world, Id id) {
            return world.accounts.edit(id, {.roles = QStringList {u"admin"_s}}, u"test"_s, world.clock.now()).has_value();
        },
        [](const Result<User> &user) { return user && user->roles == QStringList {u"admin"_s}; });
    row(
        "address",
        [](World &world, Id id) {
            return world.accounts.edit(id, {.email = u"new@example.com"_s}, u"test"_s, world.clock.now()).has_value();
        },
        [](const Result<User> &user) { return user && user->email == u"new@example.com"_s; });
    row(
        "disabled", [](World &world, Id id) { return world.changes.setDisabled(id, true, u"test"_s, world.clock.now()).has_value(); },
        [](const Result<User> &user) { return user && user->disabled; });
    row(
        "password",
        [](World &world, Id id) {
            return world.changes.setPassword(id, u"another long sentence"_s, u"test"_s, world.clock.now()).has_value();
        },
        [](const Result<User> &user) { return user && user->updatedAt > user->createdAt; });
    row(
        "sign-in", [](World &world, Id) { return world.login(u"ann@example.com"_s).has_value(); },
        [](const Result<User> &user) { return user && user->lastSignInAt > user->createdAt; });
    row(
        "removed", [](World &world, Id id) { return world.changes.remove(id, u"test"_s, world.clock.now()).has_value(); },
        [](const Result<User> &user) { return !user && user.error().code == ErrorCode::NotFound; });
}

void TestUserCache::everyChange_isSeenAtOnce()
{
    QFETCH(Act, change);
    QFETCH(Seen, seen);
    const QTemporaryDir folder;
    FakeClock clock;
    World world(folder.path(), clock);
    const Id ann = world.join(u"ann@example.com"_s)->user.id;
    QVERIFY(!seen(world.accounts.findById(ann))); // and kept
    clock.advance(Seconds {1});
    QVERIFY(change(world, ann));
    QVERIFY(seen(world.accounts.findById(ann)));
}

void TestUserCache::undoneChange_isNotSeen()
{
    const QTemporaryDir folder;
    FakeClock clock;
    World world(folder.path(), clock);
    const Id ann = world.join(u"ann@example.com"_s)->user.id;
    const auto undone = world.database->write([&](Transaction &transaction) -> Result<void> {
        if (const auto stored = world.accounts.setDisabled(transaction, ann, true, clock.now()); !stored)
            return stored;
        return refused(ErrorCode::Internal, u"on second thoughts"_s);
    });
    QVERIFY(!undone);
    QVERIFY(!world.accounts.findById(ann)->disabled);
}

void TestUserCache::readersNeverSeeLessThanWasTold()
{
    const QTemporaryDir folder;
    FakeClock clock;
    World world(folder.path(), clock);
    const Id ann = world.join(u"ann@example.com"_s)->user.id;
    QVERIFY(world.accounts.edit(ann, {.name = u"0"_s}, u"user"_s, clock.now()));
    std::atomic<int> told {0};
    std::atomic<int> stale {0};
    {
        std::latch ready(4);
        std::vector<std::jthread> readers;
        for (int i = 0; i < 4; ++i) {
            readers.emplace_back([&](const std::stop_token &stop) {
                ready.count_down();
                while (!stop.stop_requested()) {
                    const int least = told;
                    stale += world.accounts.findById(ann)->name.toInt() < least;
                }
            });
        }
        ready.wait();
        for (int i = 1; i <= 200; ++i) {
            QVERIFY(world.accounts.edit(ann, {.name = QString::number(i)}, u"user"_s, clock.now()));
            told = i;
        }
    }
    QCOMPARE(stale.load(), 0);
}

QTEST_GUILESS_MAIN(TestUserCache)
#include "TestUserCache.moc"
