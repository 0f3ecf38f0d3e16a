#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestRegistration : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void create_listsAllFaultsAtOnce();
    void create_refusesForeignHashes_data();
    void create_refusesForeignHashes();
    void guessablePassword_comesAlong_asAnImportedHash();
};

void TestRegistration::create_listsAllFaultsAtOnce()
{
    const auto made = m_world->registration.create(
        {.email = u"ann"_s, .password = u"short"_s, .name = QString(201, u'x'), .roles = {u""_s}}, u"test"_s, m_clock.now());
    QCOMPARE(made.error().code, ErrorCode::InvalidInput);
    QStringList fields;
    for (const Fault &fault : made.error().faults)
        fields += fault.location.at(1).toString();
    QCOMPARE(fields, (QStringList {u"email"_s, u"password"_s, u"name"_s, u"roles"_s}));
}

void TestRegistration::create_refusesForeignHashes_data()
{
    QTest::addColumn<QString>("hash");
    QTest::newRow("plain text") << u"hunter2hunter2"_s;
    QTest::newRow("DES crypt") << u"rl.3StKT.4T8M"_s;
    QTest::newRow("bcrypt cut short") << u"$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyO"_s;
    QTest::newRow("$2x$") << u"$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"_s;
    QTest::newRow("Argon2 of 64 GiB") << u"$argon2id$v=19$m=67108864,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8"_s;
    QTest::newRow("NUL behind a good one") << u"$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"_s + QChar(0);
}

void TestRegistration::create_refusesForeignHashes()
{
    QFETCH(QString, hash);
    const auto made =
        m_world->registration.create({.email = u"ann@example.com"_s, .password = {}, .passwordHash = hash}, u"test"_s, m_clock.now());
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::InvalidInput);
    QVERIFY(!made.error().detail.contains(hash));
}

void TestRegistration::guessablePassword_comesAlong_asAnImportedHash()
{
    const QString hash = m_world->hasher.hash(u"password").value();
    QVERIFY(m_world->registration.create({.email = u"ann@example.com"_s, .password = {}, .passwordHash = hash}, u"test"_s, m_clock.now()));
    QVERIFY(m_world->login(u"ann@example.com"_s, u"password"_s));
}

QTEST_GUILESS_MAIN(TestRegistration)
#include "TestRegistration.moc"
