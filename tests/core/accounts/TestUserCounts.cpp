#include "core/accounts/Accounts.h"
#include "core/accounts/UserCounts.h"
#include "core/accounts/UserStore.h"
#include "core/storage/Database.h"
#include "core/storage/DbConnection.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// A number of users that is asked for again and again costs a look at everybody once, and is right all the same.
class TestUserCounts : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void secondAnswer_looksAtWhoCameSince();
    void change_isCounted_data();
    void change_isCounted();
    void interruptedCount_isNotRemembered();
    void deletedOnes_haveANumberOfTheirOwn();
    void manyTexts_areCountedRight();

private:
    /// Persons of these numbers, all called Ann Lee.
    QList<User> addPersons(int from, int to);
    DbConnection &reader() { return m_world->database->reader(); }
    /// In thousands of steps of SQLite's machine, which do not depend on this one.
    int costOf(const std::function<void()> &question);
};

namespace {

/// Whatever is typed, everybody is looked at.
constexpr UserSearch::Bounds lookAtAll {.walkedFirst = 3, .mostCandidates = -1, .mostGroups = -1};

/// What happens to the first or the last of some persons, or to Carl.
using PersonChange = std::function<Result<void>(Accounts &, Transaction &, const QList<User> &persons, const User &carl, TimePoint now)>;

Result<void> dropUser(const Result<User> &user)
{
    return user.transform([](const User &) {});
}

} // namespace

QList<User> TestUserCounts::addPersons(int from, int to)
{
    QList<User> persons;
    const auto done = m_world->database->write([&](Transaction &transaction) {
        Result<void> added;
        for (int i = from; i < to; ++i) {
            persons += User {.id = Id::create(TimePoint {Milliseconds {i + 1}}),
                             .email = u"person%1@example.com"_s.arg(i, 6, 10, QChar(u'0')),
                             .name = u"Ann Lee"_s};
            added = added.and_then([&] { return UserStore::insert(transaction, persons.last(), persons.last().email); });
        }
        return added;
    });
    return done ? persons : QList<User>();
}

int TestUserCounts::costOf(const std::function<void()> &question)
{
    int thousands = 0;
    reader().stopWhen([&thousands] {
        ++thousands;
        return false;
    });
    question();
    reader().stopWhen({});
    return thousands;
}

void TestUserCounts::secondAnswer_looksAtWhoCameSince()
{
    QCOMPARE(addPersons(0, 8'000).size(), 8'000);
    UserCounts counts(lookAtAll);
    qint64 number = 0;
    const auto ask = [&] { number = counts.count(reader(), u" EXAMPLE "_s, false).value_or(-1); };
    const int first = costOf(ask);
    QCOMPARE(number, 8'000);
    QVERIFY2(first > 20, qPrintable(QString::number(first)));
    const int again = costOf(ask);
    QCOMPARE(number, 8'000);
    QVERIFY2(again <= 1, qPrintable(QString::number(again)));
    addPersons(8'000, 8'050);
    const int withNewOnes = costOf(ask);
    QCOMPARE(number, 8'050);
    QVERIFY2(withNewOnes <= 5, qPrintable(QString::number(withNewOnes)));
    counts.forget();
    const int anew = costOf(ask);
    QCOMPARE(number, 8'050);
    QVERIFY2(anew > 20, qPrintable(QString::number(anew)));
}

void TestUserCounts::change_isCounted_data()
{
    QTest::addColumn<PersonChange>("change");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("after");
    const auto row = [](const char *name, const QString &typed, int after, const PersonChange &change) {
        QTest::newRow(name) << change << typed << after;
    };
    const auto byEdit = [](const AccountEdit &edit) -> PersonChange {
        return [edit](Accounts &accounts, Transaction &transaction, const QList<User> &persons, const User &, TimePoint now) {
            return dropUser(accounts.editWithin(transaction, persons.first().id, edit, u"test"_s, now));
        };
    };
    row("a name", u"ann lee"_s, 2, byEdit({.name = u"Bob"_s}));
    row("an address", u"person"_s, 2, byEdit({.email = u"bob@example.org"_s}));
    row("a role, which nobody searches for", u"ann lee"_s, 3, byEdit({.addRoles = {u"editor"_s}}));
    row("another is called so", u"ann lee"_s, 4,
        [](Accounts &accounts, Transaction &transaction, const QList<User> &, const User &carl, TimePoint now) {
            return dropUser(accounts.editWithin(transaction, carl.id, {.name = u"Ann Lee"_s}, u"test"_s, now));
        });
    const PersonChange deleted = [](Accounts &accounts, Transaction &transaction, const QList<User> &persons, const User &, TimePoint now) {
        return dropUser(accounts.setDeleted(transaction, persons.first().id, now + std::chrono::days {30}, now));
    };
    row("deleted", u"ann lee"_s, 2, deleted);
    row("deleted and restored", u"ann lee"_s, 3,
        [deleted](Accounts &accounts, Transaction &transaction, const QList<User> &persons, const User &carl, TimePoint now) {
            return deleted(accounts, transaction, persons, carl, now).and_then([&] {
                return dropUser(accounts.setDeleted(transaction, persons.first().id, std::nullopt, now));
            });
        });
    row("gone", u"ann lee"_s, 2, [](Accounts &accounts, Transaction &transaction, const QList<User> &persons, const User &, TimePoint) {
        return accounts.remove(transaction, persons.first().id);
    });
    row("gone, and somebody new has the number", u"ann lee"_s, 3,
        [](Accounts &accounts, Transaction &transaction, const QList<User> &persons, const User &, TimePoint now) {
            const User next {.id = Id::create(now), .email = u"ann@example.org"_s, .name = u"Ann Lee"_s};
            return accounts.remove(transaction, persons.last().id).and_then([&] {
                return UserStore::insert(transaction, next, next.email);
            });
        });
}

void TestUserCounts::change_isCounted()
{
    QFETCH(const PersonChange, change);
    QFETCH(const QString, typed);
    QFETCH(const int, after);
    const User carl = m_world->add(u"carl@example.net"_s, u"Carl"_s);
    const QList<User> persons = addPersons(0, 3);
    Accounts accounts(*m_world->database, m_world->listener, lookAtAll);
    QCOMPARE(accounts.count(typed).value(), 3);
    QVERIFY(
        m_world->database->write([&](Transaction &transaction) { return change(accounts, transaction, persons, carl, m_clock.now()); }));
    QCOMPARE(accounts.count(typed).value(), after);
    QCOMPARE(accounts.count(typed).value(), m_world->accounts.count(typed).value()); // whatever way it takes
}

void TestUserCounts::interruptedCount_isNotRemembered()
{
    addPersons(0, 4'000);
    UserCounts counts(lookAtAll);
    int looks = 0;
    reader().stopWhen([&looks] { return ++looks > 2; });
    QVERIFY(!counts.count(reader(), u"lee"_s, false));
    QVERIFY(looks < 9);
    reader().stopWhen({});
    QCOMPARE(counts.count(reader(), u"lee"_s, false).value(), 4'000);
}

void TestUserCounts::deletedOnes_haveANumberOfTheirOwn()
{
    const QList<User> persons = addPersons(0, 5);
    Accounts accounts(*m_world->database, m_world->listener, lookAtAll);
    for (const bool deleted : {false, true})
        QCOMPARE(accounts.count(u"lee"_s, deleted).value(), deleted ? 0 : 5);
    QVERIFY(m_world->database->write(
        [&](Transaction &transaction) { return accounts.setDeleted(transaction, persons.first().id, m_clock.now(), m_clock.now()); }));
    for (const bool deleted : {false, true})
        QCOMPARE(accounts.count(u"lee"_s, deleted).value(), deleted ? 1 : 4);
}

/// More than are remembered, again and again.
void TestUserCounts::manyTexts_areCountedRight()
{
    addPersons(0, 40);
    UserCounts counts(lookAtAll);
    for (int round = 0; round < 3; ++round) {
        for (int digit = 0; digit < 10; ++digit) {
            const qint64 ending = 4 + round; // one of each ten, and those that came since
            QCOMPARE(counts.count(reader(), u"%1@"_s.arg(digit), false).value(), ending);
        }
        addPersons(40 + 10 * round, 50 + 10 * round);
    }
}

QTEST_GUILESS_MAIN(TestUserCounts)
#include "TestUserCounts.moc"
