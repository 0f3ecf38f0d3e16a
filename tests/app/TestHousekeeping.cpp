#include "app/Housekeeping.h"
#include "core/assembly/Core.h"
#include "core/audit/AuditChain.h"
#include "core/audit/AuditStore.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/sessions/SessionStore.h"
#include "tests/support/FakeClock.h"
#include "tests/support/LogCapture.h"

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
    void whatIsSoonOver_goes();
    void deletedAccounts_go();
    void record_isKeptAsLongAsTheSettingsSay_data();
    void record_isKeptAsLongAsTheSettingsSay();
    void whileTheClockIsInDoubt_nothingGoes();
    void liveSessions_stay();
    void moreThanOneLoad_goesAtOnce();
    void counts_followTheClock();
    void whatLimitsRemember_isKept();
    void whatWasAnswered_isKept();
    void keys_rotateAndLeave();
    void aRotationThatFails_isToldOnceAndTriedAgain();
    void anEndedSession_isRefused_alsoWhereTokensLiveShorterNow();
    void backups_comeOnceADay();

private:
    void open(const QStringList &settings);
    qint64 count(const QString &table) const;
    QString current() const { return m_core->keys.ring()->current(KeyPurpose::Access).kid; }
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
    open({u"keys.access_rotation=0"_s, u"keys.refresh_rotation=0"_s, u"keys.csrf_rotation=0"_s}); // which would write into the record
    const NewAccount ann {.email = u"ann@example.com"_s, .password = u"correct horse battery"_s};
    m_pair = std::get<SignedIn>(m_core->registration.signUp(ann, m_client, m_start).value()).tokens;
}

void TestHousekeeping::open(const QStringList &settings)
{
    m_core.reset();
    const auto read =
        Settings::load(readCommandLine(settings + QStringList {u"passwords.argon2_memory_kib=128"_s, u"passwords.argon2_iterations=1"_s}));
    m_core = Core::open(DataDirectory::open(m_folder->filePath(u"data"_s)).value(), *read, m_clock).value();
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
    QTest::newRow("a device") << u"sign_in_devices"_s << 180;
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

/// Challenges, apps that were never set up, and browsers that are not trusted any more.
void TestHousekeeping::whatIsSoonOver_goes()
{
    const Id ann = m_pair.user.id;
    QVERIFY(m_core->challenges.open({.purpose = ChallengePurpose::PasskeyLogin, .life = std::chrono::minutes {5}}, m_start));
    QVERIFY(m_core->factors.beginTotp(ann, {}, std::nullopt, m_start));
    QVERIFY(m_core->database->write(
        [&](Transaction &transaction) { return m_core->trustedDevices.remember(transaction, ann, u"Firefox"_s, m_start); }));
    const QString ofTheTest = u"challenges WHERE purpose = 'passkey_login'"_s;
    const auto left = [&] { return QList<qint64> {count(ofTheTest), count(u"totp_factors"_s), count(u"trusted_devices"_s)}; };
    m_clock.advance(std::chrono::minutes {5});
    Housekeeping::tidy(*m_core, m_clock.now());
    QCOMPARE(left(), QList<qint64>({1, 1, 1}));
    m_clock.advance(Milliseconds {1});
    Housekeeping::tidy(*m_core, m_clock.now());
    QCOMPARE(left(), QList<qint64>({0, 1, 1}));
    m_clock.advance(std::chrono::minutes {10});
    Housekeeping::tidy(*m_core, m_clock.now());
    QCOMPARE(left(), QList<qint64>({0, 0, 1}));
    tidyAfter(days(31));
    QCOMPARE(left(), QList<qint64>({0, 0, 0}));
}

void TestHousekeeping::record_isKeptAsLongAsTheSettingsSay_data()
{
    QTest::addColumn<QString>("keep");
    QTest::addColumn<int>("daysKept"); // 0: for ever
    QTest::newRow("a month") << u"30d"_s << 30;
    QTest::newRow("two years") << u"730d"_s << 730;
    QTest::newRow("for ever") << u"0"_s << 0;
}

void TestHousekeeping::record_isKeptAsLongAsTheSettingsSay()
{
    QFETCH(QString, keep);
    QFETCH(int, daysKept);
    open({u"keys.access_rotation=0"_s, u"keys.refresh_rotation=0"_s, u"keys.csrf_rotation=0"_s, u"audit.keep="_s + keep});
    const qint64 before = count(u"audit_events"_s);
    tidyAfter(days(daysKept));
    QCOMPARE(count(u"audit_events"_s), before);
    tidyAfter(days(daysKept > 0 ? daysKept + 1 : 4000));
    QCOMPARE(count(u"audit_events"_s), daysKept > 0 ? 0 : before);
    QVERIFY(AuditChain::check(m_core->database->reader(), {}, 100)->breaks.isEmpty());
}

/// More than one piece of them, when their time is over and not before.
void TestHousekeeping::deletedAccounts_go()
{
    for (int i = 0; i < AccountDeletions::removedAtOnce + 1; ++i) {
        const NewAccount one {.email = u"u%1@example.com"_s.arg(i), .password = u"correct horse battery"_s};
        const auto added = m_core->registration.create(one, u"test"_s, m_clock.now());
        QVERIFY(m_core->deletions.markDeleted(added->id, u"test"_s, m_clock.now()));
    }
    tidyAfter(days {29});
    QCOMPARE(count(u"users"_s), AccountDeletions::removedAtOnce + 2);
    tidyAfter(days {30});
    QCOMPARE(count(u"users"_s), 1); // Ann
}

/// What a clock that is set ahead takes for old is there again when it is right.
void TestHousekeeping::whileTheClockIsInDoubt_nothingGoes()
{
    const NewAccount bob {.email = u"bob@example.com"_s, .password = u"correct horse battery"_s};
    const auto added = m_core->registration.create(bob, u"test"_s, m_start);
    QVERIFY(m_core->deletions.markDeleted(added->id, u"test"_s, m_start));
    QCOMPARE(m_core->sessions.revokeByUser(m_pair.user.id, SessionEnd::Admin, u"test"_s, m_start).value_or(0), 1);
    const auto left = [this] {
        return QList<qint64> {count(u"users"_s), count(u"sessions"_s), count(u"audit_events"_s), count(u"sign_in_devices"_s)};
    };
    const QList<qint64> before = left();
    m_core->health.set({.code = u"clock_jumped"_s}, m_start);
    tidyAfter(days(400));
    QCOMPARE(left(), before);
    m_clock.advance(-days(400));
    QVERIFY(!m_core->authenticator.authenticate(m_pair.accessToken, m_clock.now())); // that it was revoked is not forgotten either
    m_clock.advance(days(400));
    m_core->health.clear(u"clock_jumped");
    Housekeeping::tidy(*m_core, m_clock.now());
    QCOMPARE(left(), (QList<qint64> {1, 0, 1, 0})); // Ann, and the record that Bob went
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

/// Its access token is from when they lived longer.
void TestHousekeeping::anEndedSession_isRefused_alsoWhereTokensLiveShorterNow()
{
    open({u"tokens.access_lifetime=1h"_s});
    const auto pair = m_core->sessions.refresh(m_pair.refreshToken, {}, m_clock.now());
    QVERIFY(pair);
    const auto isGood = [&] { return m_core->authenticator.authenticate(pair->accessToken, m_clock.now()).has_value(); };
    QVERIFY(isGood());
    QCOMPARE(m_core->sessions.revokeByUser(m_pair.user.id, SessionEnd::Admin, u"test"_s, m_clock.now()).value_or(0), 1);
    open({u"tokens.access_lifetime=5m"_s});
    m_clock.advance(std::chrono::minutes {10});
    Housekeeping::tidy(*m_core, m_clock.now());
    QVERIFY(!isGood());
}

void TestHousekeeping::counts_followTheClock()
{
    m_core->count();
    QCOMPARE(m_core->journal.liveSessions().value_or(-1), 1);
    tidyAfter(days(15));
    QCOMPARE(m_core->journal.liveSessions().value_or(-1), 0);
    QCOMPARE(m_core->accounts.count().value_or(-1), 1);
}

void TestHousekeeping::whatLimitsRemember_isKept()
{
    QVERIFY(m_core->limits.addNetwork({.network = u"203.0.113.0/24"_s, .until = m_start + std::chrono::hours {1}}, u"test"_s, m_start));
    const int route = m_core->limiter.routeNumber({.title = u"POST /login"_s, .group = u"login"_s});
    m_core->limiter.check({.address = QHostAddress(u"192.0.2.7"_s)}, route, m_start);
    Housekeeping::tidy(*m_core, m_clock.now());
    QVERIFY(count(u"rate_counts"_s) > 0);
    QCOMPARE(count(u"rate_networks"_s), 1);
    tidyAfter(days(31));
    QCOMPARE(count(u"rate_counts"_s), 0);
    QCOMPARE(count(u"rate_networks"_s), 0);
}

void TestHousekeeping::whatWasAnswered_isKept()
{
    m_core->traffic.record(Outcome::Succeeded, std::chrono::milliseconds {1}, m_start);
    m_clock.advance(std::chrono::minutes {1});
    Housekeeping::tidy(*m_core, m_clock.now());
    open({});
    const auto steps = m_core->trafficHistory.steps(Seconds {60}, 10, m_clock.now());
    QVERIFY(steps);
    QCOMPARE(steps->at(8).counts.succeeded, 1);
    QVERIFY(steps->at(9).levels == (ServerLevels {.sessions = 1, .users = 1}));
}

void TestHousekeeping::keys_rotateAndLeave()
{
    open({});
    const QString first = current();
    const auto has = [this](const QString &kid) { return std::ranges::contains(m_core->keys.ring()->keys, kid, &SigningKey::kid); };
    tidyAfter(days(89));
    QCOMPARE(current(), first);
    tidyAfter(days(90));
    QVERIFY(current() != first && has(first));
    QCOMPARE(m_core->keys.ring()->keys.size(), 7); // each purpose's old and new one, and the next
    tidyAfter(days(120));
    QVERIFY(has(first));
    tidyAfter(days(121));
    QVERIFY(!has(first));
    QCOMPARE(count(u"signing_keys WHERE kid = '%1'"_s.arg(first)), 0);
    QCOMPARE(count(u"audit_events WHERE type = 'key_removed' AND actor = 'system' AND details LIKE '%%1%'"_s.arg(first)), 1);
    open({u"keys.access_rotation=0"_s}); // as the settings say
    const QString second = current();
    tidyAfter(days(300));
    QCOMPARE(current(), second);
}

void TestHousekeeping::aRotationThatFails_isToldOnceAndTriedAgain()
{
    open({});
    const QString first = current();
    const auto execute = [this](const QString &sql) {
        return m_core->database->write([&sql](DbConnection &connection) { return connection.execute(sql); });
    };
    const QString refuse = u"CREATE TRIGGER no_keys BEFORE INSERT ON signing_keys BEGIN SELECT RAISE(ABORT, 'no room'); END"_s;
    const LogCapture log;
    for (int times = 1; times <= 2; ++times) {
        QVERIFY(execute(refuse));
        for (int day = 90; day < 93; ++day) {
            tidyAfter(days(100 * (times - 1) + day));
            QVERIFY(m_core->health.has(u"key_rotation_failed"_s));
            QCOMPARE(m_core->health.problems().constFirst().down, false);
            QVERIFY(m_core->health.problems().constFirst().detail.contains(u"no room"_s));
        }
        QVERIFY(times == 2 || current() == first);
        QCOMPARE(log.text().count("key_rotation_failed"), times);
        QCOMPARE(count(u"sessions"_s), 0); // the rest is done
        const auto in =
            m_core->signIn.byPassword({.email = u"ann@example.com"_s, .password = u"correct horse battery"_s}, m_client, m_clock.now());
        QVERIFY(in && m_core->authenticator.authenticate(std::get<SignedIn>(*in).tokens.accessToken, m_clock.now()));
        QVERIFY(execute(u"DROP TRIGGER no_keys"_s));
        Housekeeping::tidy(*m_core, m_clock.now());
        QVERIFY(current() != first);
        QVERIFY(!m_core->health.has(u"key_rotation_failed"_s));
    }
}

void TestHousekeeping::backups_comeOnceADay()
{
    const auto made = [this] { return m_core->backups.list()->size(); };
    Housekeeping::backUp(*m_core, m_clock.now());
    QCOMPARE(made(), 1);
    m_clock.advance(std::chrono::hours {23});
    Housekeeping::backUp(*m_core, m_clock.now());
    QCOMPARE(made(), 1);
    m_clock.advance(std::chrono::hours {1});
    Housekeeping::backUp(*m_core, m_clock.now());
    QCOMPARE(made(), 2);
}

QTEST_GUILESS_MAIN(TestHousekeeping)
#include "TestHousekeeping.moc"
