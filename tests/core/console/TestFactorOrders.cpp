#include "core/audit/AuditStore.h"
#include "core/console/orders/Factors.h"
#include "core/console/orders/Server.h"
#include "core/console/orders/Users.h"
#include "core/credentials/PasswordStore.h"
#include "core/storage/Database.h"
#include "core/storage/DbConnection.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/ConsoleWorld.h"

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What an admin sees and does about second factors.
class TestFactorOrders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_w = std::make_unique<ConsoleWorld>(); }
    void cleanup() { m_w.reset(); }

    void find_listsWhatThereIs();
    void reset_takesItAway();
    void strangers_areNotFound();
    void overview_countsBareAdmins();
    void overview_countsAdmins();
    void overview_countsOldHashes_upToABound();

private:
    std::unique_ptr<ConsoleWorld> m_w;
};

void TestFactorOrders::find_listsWhatThereIs()
{
    const TokenPair ann = m_w->join(u"ann@example.com"_s);
    QCOMPARE(got(m_w->console.ask(FindFactors {.user = ann.user.id})).value(), FactorsView());
    const SetUp phone = setUpTotp(m_w->world, ann);
    const auto found = got(m_w->console.ask(FindFactors {.user = ann.user.id})).value();
    QVERIFY(found.enabled && !found.required && found.passkeys.isEmpty());
    QCOMPARE(found.totp,
             (QList<FactorView> {{.id = phone.factor, .name = u"phone"_s, .createdAt = m_w->clock.now(), .lastUsedAt = m_w->clock.now()}}));
    QCOMPARE(found.recoveryCodesLeft, 10);
    QVERIFY(got(m_w->console.ask(FindUser {.user = u"ann@example.com"_s}))->secondFactor);
}

void TestFactorOrders::reset_takesItAway()
{
    const TokenPair ann = m_w->join(u"ann@example.com"_s);
    setUpTotp(m_w->world, ann);
    const auto gone = got(m_w->console.ask(ResetFactors {.user = ann.user.id})).value();
    QCOMPARE(gone.totp, 1);
    QCOMPARE(gone.recoveryCodes, 10);
    QVERIFY(!gone.isNothing());
    QCOMPARE(got(m_w->console.ask(FindFactors {.user = ann.user.id})).value(), FactorsView());
    QVERIFY(!got(m_w->console.ask(FindUser {.user = u"ann@example.com"_s}))->secondFactor);
    QVERIFY(!m_w->world.isGood(ann.accessToken));
    const auto events = AuditStore::newest(m_w->world.database->reader(), ann.user.id, audit::factorsReset, 9).value();
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().actor, u"console"_s);
    QVERIFY(got(m_w->console.ask(ResetFactors {.user = ann.user.id}))->isNothing());
}

void TestFactorOrders::strangers_areNotFound()
{
    const Id nobody = Id::create(m_w->clock.now());
    QCOMPARE(got(m_w->console.ask(FindFactors {.user = nobody})).error().code, ErrorCode::NotFound);
    QCOMPARE(got(m_w->console.ask(ResetFactors {.user = nobody})).error().code, ErrorCode::NotFound);
}

void TestFactorOrders::overview_countsBareAdmins()
{
    const TokenPair ann = m_w->join(u"ann@example.com"_s);
    const auto bare = [this] { return got(m_w->console.ask(ReadOverview {}))->counts->bareAdmins; };
    QCOMPARE(bare(), 0);
    QVERIFY(got(m_w->console.ask(EditUser {.user = ann.user.id, .edit = {.addRoles = {u"admin"_s}}})));
    QCOMPARE(bare(), 1);
    setUpTotp(m_w->world, ann);
    QCOMPARE(bare(), 0);
}

void TestFactorOrders::overview_countsAdmins()
{
    const TokenPair ann = m_w->join(u"ann@example.com"_s);
    const TokenPair bob = m_w->join(u"bob@example.com"_s);
    const auto admins = [this] { return got(m_w->console.ask(ReadOverview {}))->counts->admins; };
    QCOMPARE(admins(), 0);
    for (const TokenPair &each : {ann, bob})
        QVERIFY(got(m_w->console.ask(EditUser {.user = each.user.id, .edit = {.addRoles = {u"admin"_s}}})));
    QCOMPARE(admins(), 2);
    setUpTotp(m_w->world, ann);
    QCOMPARE(admins(), 2);
    QVERIFY(got(m_w->console.ask(SetUserDisabled {.user = bob.user.id, .disabled = true})));
    QCOMPARE(admins(), 1);
}

/// Without a look at the others.
void TestFactorOrders::overview_countsOldHashes_upToABound()
{
    const QString hash = u"$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"_s;
    const auto old = [this] { return got(m_w->console.ask(ReadOverview {}))->counts->oldHashes; };
    m_w->join(u"ann@example.com"_s);
    QCOMPARE(old(), 0);
    for (const auto &email : {u"bob@example.com"_s, u"carl@example.com"_s})
        QVERIFY(
            got(m_w->console.ask(CreateUser {.user = {.email = email, .name = {}, .password = {}, .roles = {}, .passwordHash = hash}})));
    QCOMPARE(old(), 2);
    DbConnection &reader = m_w->world.database->reader();
    QCOMPARE(PasswordStore::countOld(reader, 1).value(), 1);
    const auto plan = reader.all(u"EXPLAIN QUERY PLAN SELECT 1 FROM credentials INDEXED BY credentials_old WHERE kind = 'password' "
                                 "AND substr(data, 1, 10) <> x'246172676f6e32696424'"_s,
                                 {}, [](const Row &row) { return row.text(3); });
    QVERIFY(plan && plan->first().contains(u"credentials_old"_s));
}

QTEST_GUILESS_MAIN(TestFactorOrders)
#include "TestFactorOrders.moc"
