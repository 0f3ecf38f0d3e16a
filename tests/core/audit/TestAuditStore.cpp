#include "core/audit/AuditList.h"
#include "core/audit/AuditStore.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/storage/Database.h"

#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace warder;
using namespace Qt::StringLiterals;

class TestAuditStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void anEvent_comesBackAsItWent();
    void newest_filters_data();
    void newest_filters();
    void timesThatNoIdHas_areBoundsAsOthers();
    void pages_showEveryEventOnce();
    void anUndoneWrite_leavesNoTrace();
    void removeOlderThan_keepsFromTheGivenMoment();
    void removeOlderThan_takesTheOldestFirst();

private:
    void append(const AuditEvent &event);
    QStringList types(std::optional<Id> subject, const QString &type);

    CryptoLibraries m_libraries;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
};

namespace {

const TimePoint start = fromMilliseconds(1'800'000'000'000);
const Id alice = Id::create(start);
const Id bob = Id::create(start);

} // namespace

void TestAuditStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_database = Database::open(m_folder->filePath(u"x.db"_s)).value();
}

void TestAuditStore::cleanup()
{
    m_database.reset();
    m_folder.reset();
}

void TestAuditStore::append(const AuditEvent &event)
{
    m_database->write([&](Transaction &transaction) { return AuditStore::append(transaction, event); }).value();
}

QStringList TestAuditStore::types(std::optional<Id> subject, const QString &type)
{
    QStringList found;
    const auto events = AuditStore::newest(m_database->reader(), subject, type, 100);
    for (const AuditEvent &event : events.value())
        found += event.type;
    return found;
}

void TestAuditStore::anEvent_comesBackAsItWent()
{
    append({.at = start,
            .type = audit::loginSucceeded,
            .actor = u"user"_s,
            .subject = alice,
            .session = bob,
            .address = u"2001:db8::1"_s,
            .details = {{u"agent"_s, u"Ünï \"quoted\" 🜂"_s}, {u"tries"_s, 3}}});
    append({.at = start + Seconds(1), .type = audit::keyRotated, .actor = u"console"_s});
    const auto events = AuditStore::newest(m_database->reader(), {}, {}, 10).value();
    QCOMPARE(events.size(), 2);
    QCOMPARE(events[0].type, audit::keyRotated);
    QVERIFY(!events[0].subject && !events[0].session && events[0].address.isEmpty() && events[0].details.isEmpty());
    QVERIFY(events[0].id > events[1].id);
    QVERIFY(events[1].at == start);
    QCOMPARE(events[1].actor, u"user"_s);
    QCOMPARE(events[1].subject, alice);
    QCOMPARE(events[1].session, bob);
    QCOMPARE(events[1].address, u"2001:db8::1"_s);
    QCOMPARE(events[1].details, QJsonObject({{u"agent"_s, u"Ünï \"quoted\" 🜂"_s}, {u"tries"_s, 3}}));
}

void TestAuditStore::newest_filters_data()
{
    QTest::addColumn<std::optional<Id>>("subject");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QStringList>("found");
    const QString in = audit::loginSucceeded;
    const QString out = audit::sessionRevoked;
    const QString rotated = audit::keyRotated;
    QTest::newRow("everything") << std::optional<Id>() << QString() << QStringList {rotated, out, in, in};
    QTest::newRow("of alice") << std::optional(alice) << QString() << QStringList {out, in};
    QTest::newRow("of a type") << std::optional<Id>() << in << QStringList {in, in};
    QTest::newRow("of bob and a type") << std::optional(bob) << in << QStringList {in};
    QTest::newRow("of bob and another type") << std::optional(bob) << out << QStringList {};
    QTest::newRow("of nobody") << std::optional(Id::create(start)) << QString() << QStringList {};
    QTest::newRow("of a type nobody knows") << std::optional<Id>() << u"' OR 1=1 --"_s << QStringList {};
}

void TestAuditStore::newest_filters()
{
    QFETCH(std::optional<Id>, subject);
    QFETCH(QString, type);
    QFETCH(QStringList, found);
    append({.at = start, .type = audit::loginSucceeded, .actor = u"user"_s, .subject = alice});
    append({.at = start + Seconds(1), .type = audit::loginSucceeded, .actor = u"user"_s, .subject = bob});
    append({.at = start + Seconds(2), .type = audit::sessionRevoked, .actor = u"user"_s, .subject = alice});
    append({.at = start + Seconds(3), .type = audit::keyRotated, .actor = u"system"_s});
    QCOMPARE(types(subject, type), found);
}

/// "The last 80 years" begin before 1970.
void TestAuditStore::timesThatNoIdHas_areBoundsAsOthers()
{
    append({.at = start, .type = audit::keyRotated, .actor = u"console"_s});
    const TimePoint longAgo = start - std::chrono::years {80};
    const TimePoint farOff = start + std::chrono::years {9000};
    DbConnection &reader = m_database->reader();
    const auto shown = [&reader](const AuditFilter &filter) { return AuditList::newest(reader, filter, {}, 9)->size(); };
    QCOMPARE(shown({.from = longAgo}), 1);
    QCOMPARE(shown({.until = farOff}), 1);
    QCOMPARE(shown({.from = longAgo, .until = farOff}), 1);
    QCOMPARE(shown({.until = longAgo}), 0);
    QCOMPARE(shown({.from = farOff}), 0);
    QCOMPARE(AuditList::count(reader, {.types = {QString(audit::keyRotated)}, .from = longAgo}).value(), 1);
    QCOMPARE(AuditList::count(reader, {.types = {QString(audit::keyRotated)}, .until = longAgo}).value(), 0);
}

void TestAuditStore::pages_showEveryEventOnce()
{
    m_database
        ->write([](Transaction &transaction) -> Result<void> {
            for (int i = 0; i < 25; ++i) // some in the same millisecond
                AuditStore::append(transaction,
                                   {.at = start + Milliseconds(i / 3), .type = audit::loginFailed, .actor = u"user"_s, .subject = alice})
                    .value();
            return {};
        })
        .value();
    for (const auto &[subject, type] : {std::pair<std::optional<Id>, QString> {}, {alice, {}}, {{}, audit::loginFailed}}) {
        QSet<Id> seen;
        std::optional<Id> before;
        TimePoint last = TimePoint::max();
        for (int pages = 0; pages < 3; ++pages) {
            const QList<AuditEvent> page = AuditStore::newest(m_database->reader(), subject, type, 10, before).value();
            QCOMPARE(page.size(), pages == 2 ? 5 : 10);
            for (const AuditEvent &event : page) {
                QVERIFY(event.at <= last && !seen.contains(event.id));
                seen.insert(event.id);
                last = event.at;
            }
            before = page.last().id;
        }
        QVERIFY(AuditStore::newest(m_database->reader(), subject, type, 10, before).value().isEmpty());
    }
}

void TestAuditStore::anUndoneWrite_leavesNoTrace()
{
    const auto verdict = m_database->write([](Transaction &transaction) -> Result<void> {
        AuditStore::append(transaction, {.at = start, .type = audit::userRemoved, .actor = u"console"_s}).value();
        return refused(ErrorCode::NotFound);
    });
    QVERIFY(!verdict);
    QCOMPARE(types({}, {}), QStringList());
}

void TestAuditStore::removeOlderThan_keepsFromTheGivenMoment()
{
    append({.at = start - Milliseconds(1), .type = audit::loginFailed, .actor = u"user"_s});
    append({.at = start, .type = audit::loginSucceeded, .actor = u"user"_s});
    append({.at = start + Milliseconds(1), .type = audit::sessionRevoked, .actor = u"user"_s});
    const auto removed = m_database->write([](DbConnection &connection) { return AuditStore::removeOlderThan(connection, start, 100); });
    QCOMPARE(removed, 1);
    QCOMPARE(types({}, {}), QStringList({audit::sessionRevoked, audit::loginSucceeded}));
}

void TestAuditStore::removeOlderThan_takesTheOldestFirst()
{
    for (int i = 0; i < 5; ++i)
        append({.at = start + Seconds(i), .type = QString::number(i), .actor = u"user"_s});
    const auto removed =
        m_database->write([](DbConnection &connection) { return AuditStore::removeOlderThan(connection, start + Seconds(9), 2); });
    QCOMPARE(removed, 2);
    QCOMPARE(types({}, {}), QStringList({u"4"_s, u"3"_s, u"2"_s}));
}

QTEST_GUILESS_MAIN(TestAuditStore)
#include "TestAuditStore.moc"
