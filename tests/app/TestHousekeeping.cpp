#include "app/Housekeeping.h"
#include "core/assembly/Core.h"
#include "core/audit/AuditStore.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/sessions/SessionStore.h"
#include "tests/support/FakeClock.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using std::chrono::days;

/// What goes by itself, and when. An idle session lives for 14 days.
class TestHousekeeping : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void rows_goWhenTheyAreOld_data();
    void rows_goWhenTheyAreOld();
    void liveSessions_stay();
    void moreThanOneLoad_goesAtOnce();
    void counts_followTheClock();

private:
    qint64 count(const QString &table) const;
    void tidyAfter(days age);

    CryptoLibraries m_libraries;
    std::unique_ptr<QTemporaryDir> m_folder;
    FakeClock m_clock;
    TimePoint m_start;
    std::unique_ptr<Core> m_core;
    Client m_client {.address = QHostAddress(u"192.0.2.7"_s), .userAgent = u"test"_s};
    TokenPair m_pair;
};

void TestHousekeeping::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_start = m_clock.now();
    const auto settings = Settings::load(readCommandLine({u"passwords.argon2_memory_kib=128"_s, u"passwords.argon2_iterations=1"_s}));
    m_core = Core::open(DataDirectory::open(m_folder->filePath(u"data"_s)).value(), *settings, m_clock).value();
    m_pair =
        m_core->registration.signUp({.email = u"ann@example.com"_s, .password = u"correct horse battery"_s}, m_client, m_start).value();
}

void TestHousekeeping::cleanup()
{
    m_core.reset();
    m_folder.reset();
}

qint64 TestHousekeeping::count(const QString &table) const
{
    return m_core->database->reader()
        .one(u"SELECT count(*) FROM "_s + table, {}, [](const Row &row) { return row.integer(0); })
        ->value_or(-1);
}

void TestHousekeeping::tidyAfter(days age)
{
    m_clock.advance(age - std::chrono::duration_cast<days>(m_clock.now() - m_start));
    Housekeeping::tidy(*m_core, m_clock.now());
}

void TestHousekeeping::rows_goWhenTheyAreOld_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<int>("daysKept");
    QTest::newRow("a session that ended by time") << u"sessions"_s << 14 + 30;
    QTest::newRow("the record") << u"audit_events"_s << 365;
    QTest::newRow("an address") << u"sign_in_addresses"_s << 180;
}

void TestHousekeeping::rows_goWhenTheyAreOld()
{
    QFETCH(QString, table);
    QFETCH(int, daysKept);
    QVERIFY(count(table) > 0);
    tidyAfter(days(daysKept));
    QVERIFY(count(table) > 0);
    tidyAfter(days(daysKept + 1));
    QCOMPARE(count(table), 0);
    QCOMPARE(count(u"users"_s), 1);
}

void TestHousekeeping::liveSessions_stay()
{
    for (int week = 1; week < 12; ++week) {
        tidyAfter(days(7 * week));
        const auto pair = m_core->sessions.refresh(m_pair.refreshToken, {}, m_clock.now());
        QVERIFY2(pair, qPrintable(QString::number(week)));
        m_pair = *pair;
    }
}

void TestHousekeeping::moreThanOneLoad_goesAtOnce()
{
    const auto stored = m_core->database->write([this](Transaction &transaction) -> Result<void> {
        for (int i = 0; i < 2500; ++i) {
            if (const auto noted = AuditStore::append(transaction, {.at = m_start, .type = audit::loginFailed, .actor = u"user"_s}); !noted)
                return noted;
        }
        return {};
    });
    QVERIFY(stored);
    tidyAfter(days(366));
    QCOMPARE(count(u"audit_events"_s), 0);
}

void TestHousekeeping::counts_followTheClock()
{
    m_core->count();
    QCOMPARE(m_core->journal.liveSessions().value_or(-1), 1);
    tidyAfter(days(15));
    QCOMPARE(m_core->journal.liveSessions().value_or(-1), 0);
    QCOMPARE(m_core->accounts.count().value_or(-1), 1);
}

QTEST_GUILESS_MAIN(TestHousekeeping)
#include "TestHousekeeping.moc"
