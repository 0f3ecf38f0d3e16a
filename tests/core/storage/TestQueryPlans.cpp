#include "core/accounts/UserStore.h"
#include "core/audit/AuditEvent.h"
#include "core/audit/AuditList.h"
#include "core/sessions/SessionStore.h"
#include "core/storage/Database.h"
#include "tests/support/WatchedConnection.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

using AskStore = std::function<void(DbConnection &)>;

/// What is asked of large tables, in the stores' own words, is found by an index: what it costs is what it finds.
class TestQueryPlans : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void counts_readOneRow_data();
    void counts_readOneRow();
    void lists_needNoFullScan_data();
    void lists_needNoFullScan();

private:
    static void users();
    static void sessions();
    static void records();
    QStringList planOf(const AskStore &ask) const;

    QTemporaryDir m_folder;
    QString m_path = m_folder.filePath(u"x.db"_s);
};

namespace {

const TimePoint someTime = fromMilliseconds(1'800'000'000'000);

Id someId() { return Id::create(someTime); }

bool takeAny(const Session &, const QString &) { return true; }

} // namespace

void TestQueryPlans::initTestCase() { QVERIFY(Database::open(m_path)); } // and closes it: its tables are there

QStringList TestQueryPlans::planOf(const AskStore &ask) const { return WatchedConnection(m_path).planOf(ask); }

void TestQueryPlans::counts_readOneRow_data()
{
    QTest::addColumn<AskStore>("ask");
    QTest::newRow("users") << AskStore([](DbConnection &connection) { (void)UserStore::count(connection); });
    QTest::newRow("deleted users") << AskStore([](DbConnection &connection) { (void)UserStore::count(connection, {}, true); });
}

/// Of a million users as of one.
void TestQueryPlans::counts_readOneRow()
{
    QFETCH(AskStore, ask);
    QCOMPARE(planOf(ask), QStringList {u"SEARCH row_counts USING PRIMARY KEY (name=?)"_s});
}

void TestQueryPlans::lists_needNoFullScan_data()
{
    QTest::addColumn<AskStore>("ask");
    QTest::addColumn<QString>("step");
    users();
    sessions();
    records();
}

void TestQueryPlans::users()
{
    const auto row = [](const char *name, const AskStore &ask, const QString &step) { QTest::newRow(name) << ask << step; };
    row("users by e-mail", [](DbConnection &c) { (void)UserStore::page(c, {}, u"m"_s, 50); }, u"(deleted=? AND email_key>?)"_s);
    row(
        "the rows of a page of users", [](DbConnection &c) { (void)UserStore::page(c, {}, u"m"_s, 50); },
        u"SEARCH users USING PRIMARY KEY (id=?)"_s);
    row(
        "users by e-mail, backwards", [](DbConnection &c) { (void)UserStore::pageBefore(c, {}, u"m"_s, 50); },
        u"(deleted=? AND email_key<?)"_s);
    row(
        "users that a word matches", [](DbConnection &c) { (void)UserStore::page(c, u"zimmermann"_s, {}, 50); },
        u"(deleted=? AND email_key>?"_s);
    row(
        "number of users that a word matches", [](DbConnection &c) { (void)UserStore::count(c, u"zimmermann"_s); },
        u"user_search_numbers (number=? AND deleted=?)"_s);
    row(
        "ids of users that a word matches", [](DbConnection &c) { (void)UserStore::idsOf(c, u"zimmermann"_s); },
        u"user_search_numbers (number=? AND deleted=?)"_s);
    row("a user by id", [](DbConnection &c) { (void)UserStore::findById(c, someId()); }, u"users USING PRIMARY KEY (id=?)"_s);
    row("a user by e-mail", [](DbConnection &c) { (void)UserStore::findByEmailKey(c, u"m"_s); }, u"(email_key=?)"_s);
    row("deleted users that go", [](DbConnection &c) { (void)UserStore::findGoing(c, someTime, 50); }, u"users_going (goes_at<?)"_s);
}

void TestQueryPlans::sessions()
{
    const auto row = [](const char *name, const AskStore &ask, const QString &step) { QTest::newRow(name) << ask << step; };
    row(
        "live sessions, newest first", [](DbConnection &c) { (void)SessionStore::page(c, {}, false, someId(), takeAny); },
        u"sessions_newest (id<?)"_s);
    row(
        "live sessions, oldest first", [](DbConnection &c) { (void)SessionStore::pageFrom(c, {}, false, someId(), takeAny); },
        u"sessions_newest (id>?)"_s);
    row(
        "sessions of a user", [](DbConnection &c) { (void)SessionStore::page(c, someId(), true, someId(), takeAny); },
        u"(user_id=? AND id<?)"_s);
    row("live sessions of a user", [](DbConnection &c) { (void)SessionStore::findLiveByUser(c, someId(), someTime, 50); }, u"(user_id=?"_s);
    row(
        "sessions revoked lately", [](DbConnection &c) { (void)SessionStore::revokedSince(c, someTime); },
        u"sessions_revoked (revoked_at>?)"_s);
    row(
        "number of live sessions", [](DbConnection &c) { (void)SessionStore::countLive(c, someTime); },
        u"sessions_live (idle_expires_at>?)"_s);
    row(
        "ended sessions to clear up", [](DbConnection &c) { (void)SessionStore::removeEnded(c, someTime, 50); },
        u"sessions_live (idle_expires_at<?)"_s);
}

void TestQueryPlans::records()
{
    const auto newest = [](const char *name, const AuditFilter &filter, const QString &step) {
        QTest::newRow(name) << AskStore([filter](DbConnection &c) { (void)AuditList::newest(c, filter, someId(), 50); }) << step;
    };
    const auto number = [](const char *name, const AuditFilter &filter, const QString &step) {
        QTest::newRow(name) << AskStore([filter](DbConnection &c) { (void)AuditList::count(c, filter); }) << step;
    };
    const AuditFilter ofSubject {.subject = someId()};
    const AuditFilter ofType {.types = {QString(audit::loginSucceeded)}};
    const AuditFilter fromAddress {.address = u"192.0.2.7"_s};
    const AuditFilter sinceThen {.from = someTime};
    newest("records", {}, u"PRIMARY KEY (id>? AND id<?)"_s);
    newest("records of a user", ofSubject, u"audit_events_of_subject (subject_id=? AND id>? AND id<?)"_s);
    newest("records of a type", ofType, u"audit_events_of_type (type=? AND id>? AND id<?)"_s);
    newest("records from an address", fromAddress, u"audit_events_of_address (address=? AND id>? AND id<?)"_s);
    number("number of all records", {}, u"audit_events_in_order"_s);
    number("number of records of a type", ofType, u"COVERING INDEX audit_events_of_type (type=? AND id>? AND id<?)"_s);
    number("number of records of a time", sinceThen, u"(id>? AND id<?)"_s);
    QTest::newRow("records in their order") << AskStore([](DbConnection &c) { (void)AuditList::writtenSince(c, {}, 7, 50); })
                                            << u"audit_events_in_order (seq>?)"_s;
}

void TestQueryPlans::lists_needNoFullScan()
{
    QFETCH(AskStore, ask);
    QFETCH(QString, step);
    const QStringList steps = planOf(ask);
    QVERIFY2(!steps.filter(step).isEmpty(), qPrintable(steps.join(u'\n')));
    static const QRegularExpression wholeTable(
        u"^SCAN (?:users|user_search|s|sessions|audit_events|credentials|totp_factors)\\b(?!.*VIRTUAL TABLE)"_s);
    const QStringList scans = steps.filter(wholeTable);
    QVERIFY2(scans.isEmpty(), qPrintable(scans.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestQueryPlans)
#include "TestQueryPlans.moc"
