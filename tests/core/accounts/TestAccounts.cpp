#include "core/accounts/UserStore.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/PasswordStore.h"
#include "tests/support/WorldTest.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestAccounts : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void create_storesAndFinds();
    void create_refusesTheSameAddressInOtherWords_data();
    void create_refusesTheSameAddressInOtherWords();
    void earlierAccount_keepsItsKey_andGetsNoTwin_data();
    void earlierAccount_keepsItsKey_andGetsNoTwin();
    void invisibleName_isEmpty();
    void page_walksAll();
    void page_takesWildcardsLiterally();
    void page_boundsItsLimit_data();
    void page_boundsItsLimit();
    void rename_isSeen();
    void edit_changesWhatIsGiven_data();
    void edit_changesWhatIsGiven();
    void edit_isRefused_data();
    void edit_isRefused();
    void edit_ofTheAddress_takesItsVerification();
};

void TestAccounts::create_storesAndFinds()
{
    const auto made = m_world->registration.create(
        {.email = u" Ann@Example.com"_s, .password = password, .name = u" Ann Lee "_s, .roles = {u"admin"_s}}, u"console"_s, m_clock.now());
    QVERIFY(made);
    QCOMPARE(made->email, u"Ann@Example.com"_s);
    QCOMPARE(made->name, u"Ann Lee"_s);
    QCOMPARE(made->passwordScheme, u"argon2id"_s);
    QCOMPARE(m_world->accounts.findById(made->id).value(), *made);
    QCOMPARE(m_world->accounts.findByEmail(u"ANN@EXAMPLE.COM").value(), *made);
    QCOMPARE(m_world->accounts.findByEmail(u"bob@example.com").value(), std::nullopt);
    QCOMPARE(m_world->accounts.findByEmail(u"nonsense").value(), std::nullopt);
    QCOMPARE(m_world->accounts.findById(Id::create(m_clock.now())).error().code, ErrorCode::NotFound);
    QCOMPARE(m_world->accounts.count().value(), 1);
    QVERIFY(!m_world->hashOf(u"ann@example.com"_s).contains(password));
}

void TestAccounts::create_refusesTheSameAddressInOtherWords_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::newRow("the same") << u"ann@example.com"_s << u"ann@example.com"_s;
    QTest::newRow("capitals") << u"ann@example.com"_s << u"ANN@EXAMPLE.COM"_s;
    QTest::newRow("spaces") << u"ann@example.com"_s << u" ann@example.com "_s;
    QTest::newRow("composed and decomposed") << u"jos\u00e9@example.com"_s << u"JOSE\u0301@example.com"_s;
    QTest::newRow("domain in its ASCII form") << u"ann@b\u00fccher.example"_s << u"ann@XN--bcher-kva.example"_s;
    QTest::newRow("final sigma behind capital ones") << u"\u03a3\u0391\u03a3@example.com"_s << u"\u03c3\u03b1\u03c2@example.com"_s;
    QTest::newRow("capital sigmas behind a final one") << u"\u03c3\u03b1\u03c2@example.com"_s << u"\u03a3\u0391\u03a3@example.com"_s;
    QTest::newRow("invisible letter in the domain") << u"ann@exam\u200bple.org"_s << u"ann@example.org"_s;
    QTest::newRow("wide letters in the domain") << u"ann@example.org"_s << u"ann@\uff45xample.org"_s;
}

void TestAccounts::create_refusesTheSameAddressInOtherWords()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    m_world->add(first);
    const auto again = m_world->registration.create({.email = second, .password = password}, u"test"_s, m_clock.now());
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::EmailTaken);
    QCOMPARE(m_world->accounts.count().value(), 1);
}

void TestAccounts::earlierAccount_keepsItsKey_andGetsNoTwin_data()
{
    QTest::addColumn<QString>("storedKey");
    QTest::addColumn<QString>("typed");
    QTest::newRow("wide letter") << u"\uff41nn@example.com"_s << u"\uff41nn@example.com"_s;
    QTest::newRow("mathematical letter") << u"\U0001d41ann@example.com"_s << u"\U0001d41ann@example.com"_s;
    QTest::newRow("invisible letter") << u"a\u034fnn@example.com"_s << u"A\u034fNN@example.com"_s;
    QTest::newRow("filler") << u"a\u3164nn@example.com"_s << u"a\u3164nn@example.com"_s;
    QTest::newRow("final sigma, as it was typed") << u"\u03c3\u03b1\u03c2@example.com"_s << u"\u03c3\u03b1\u03c2@example.com"_s;
    QTest::newRow("final sigma, in capitals") << u"\u03c3\u03b1\u03c2@example.com"_s << u"\u03a3\u0391\u03a3@example.com"_s;
    QTest::newRow("capital sigmas, with a final one") << u"\u03c3\u03b1\u03c3@example.com"_s << u"\u03c3\u03b1\u03c2@example.com"_s;
    QTest::newRow("xn-- nonsense") << u"ann@xn--zzzzzzzz.com"_s << u"ann@xn--zzzzzzzz.com"_s;
    QTest::newRow("192 octets before the @") << QString(64, u'\u4e2d') + u"@example.com"_s << QString(64, u'\u4e2d') + u"@example.com"_s;
}

void TestAccounts::earlierAccount_keepsItsKey_andGetsNoTwin()
{
    QFETCH(QString, storedKey);
    QFETCH(QString, typed);
    const User old {.id = Id::create(m_clock.now()), .email = storedKey, .createdAt = m_clock.now(), .updatedAt = m_clock.now()};
    const QString hash = m_world->hasher.hash(password).value();
    QVERIFY(m_world->database->write([&](DbConnection &connection) {
        return UserStore::insert(connection, old, storedKey).and_then([&] {
            return PasswordStore::insert(connection, old.id, hash, m_clock.now());
        });
    }));
    const auto pair = m_world->login(typed);
    QVERIFY2(pair, pair ? "" : qPrintable(pair.error().detail));
    QCOMPARE(pair->user.id, old.id);
    QCOMPARE(pair->user.email, storedKey);
    QCOMPARE(m_world->accounts.findByEmail(typed).value()->id, old.id);
    QVERIFY(!m_world->join(typed));
    QVERIFY(!m_world->join(storedKey));
    QCOMPARE(m_world->accounts.count().value(), 1);
    QVERIFY(m_world->changes.setPassword(old.id, u"another long sentence", u"test"_s, m_clock.now()));
    QVERIFY(m_world->login(storedKey, u"another long sentence"_s));
}

void TestAccounts::invisibleName_isEmpty()
{
    for (const QString &name : {u"\u200b"_s, u"\u3164"_s, u"\u2800"_s, u"\u2060"_s, u" \u200d\u00ad "_s, u"\U000e0100"_s, u"   "_s}) {
        const User user = m_world->add(u"user-%1@example.com"_s.arg(Id::create(m_clock.now()).toString()), name);
        QCOMPARE(user.name, QString());
        QCOMPARE(m_world->accounts.edit(user.id, {.name = u"Ann"_s}, u"user"_s, m_clock.now())->name, u"Ann"_s);
        QCOMPARE(m_world->accounts.edit(user.id, {.name = name}, u"user"_s, m_clock.now())->name, QString());
    }
}

void TestAccounts::page_walksAll()
{
    for (int i = 0; i < 7; ++i)
        m_world->add(u"user%1@example.com"_s.arg(i), i % 2 ? u"Odd"_s : u"Even"_s);
    QStringList seen;
    QString after;
    do {
        const auto page = m_world->accounts.page({}, after, 3).value();
        for (const User &user : page.users)
            seen += user.email;
        after = page.next;
    } while (!after.isEmpty());
    QCOMPARE(seen.size(), 7);
    QVERIFY(std::ranges::is_sorted(seen));
    QCOMPARE(m_world->accounts.page(u"odd"_s, {}, 10).value().users.size(), 3);
    QCOMPARE(m_world->accounts.page(u"USER3@"_s, {}, 10).value().users.size(), 1);
}

void TestAccounts::page_takesWildcardsLiterally()
{
    m_world->add(u"a_b@example.com"_s, u"100%"_s);
    m_world->add(u"axb@example.com"_s, u"100"_s);
    QCOMPARE(m_world->accounts.page(u"a_b"_s, {}, 10).value().users.size(), 1);
    QCOMPARE(m_world->accounts.page(u"0%"_s, {}, 10).value().users.size(), 1);
    QCOMPARE(m_world->accounts.page(u"\\"_s, {}, 10).value().users.size(), 0);
    QCOMPARE(m_world->accounts.page(u"' OR 1=1 --"_s, {}, 10).value().users.size(), 0);
}

void TestAccounts::page_boundsItsLimit_data()
{
    QTest::addColumn<int>("limit");
    QTest::newRow("zero") << 0;
    QTest::newRow("negative") << -1;
    QTest::newRow("huge") << 2'000'000'000;
}

void TestAccounts::page_boundsItsLimit()
{
    QFETCH(int, limit);
    QVERIFY(m_world->accounts.page({}, {}, limit));
    m_world->add(u"ann@example.com"_s);
    m_world->add(u"bob@example.com"_s);
    QCOMPARE(m_world->accounts.page({}, {}, limit).value().users.size(), limit > 1 ? 2 : 1);
}

void TestAccounts::rename_isSeen()
{
    const User user = m_world->add(u"ann@example.com"_s);
    m_clock.advance(Seconds {1});
    QCOMPARE(m_world->accounts.edit(user.id, {.name = u" Ann "_s}, u"user"_s, m_clock.now()).value().name, u"Ann"_s);
    const auto noted = AuditStore::newest(m_world->database->reader(), user.id, QString(audit::userChanged), 10).value();
    QCOMPARE(noted.size(), 1);
    QCOMPARE(noted.first().actor, u"user"_s);
    QCOMPARE(noted.first().details, (QJsonObject {{u"name"_s, u"Ann"_s}}));
    QCOMPARE(m_world->accounts.edit(user.id, {.name = u"a\nb"_s}, u"user"_s, m_clock.now()).error().faults.size(), 1);
    QCOMPARE(m_world->accounts.findById(user.id).value().updatedAt, m_clock.now());
    QCOMPARE(m_world->accounts.edit(Id::create(m_clock.now()), {.name = u"x"_s}, u"user"_s, m_clock.now()).error().code,
             ErrorCode::NotFound);
}

void TestAccounts::edit_changesWhatIsGiven_data()
{
    QTest::addColumn<AccountEdit>("edit");
    QTest::addColumn<QString>("email");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("roles");
    QTest::addColumn<QJsonObject>("recorded");
    const QString ann = u"ann@example.com"_s;
    const QStringList editor {u"editor"_s};
    const auto rolesAre = [](const QJsonArray &roles) { return QJsonObject {{u"roles"_s, roles}}; };
    QTest::newRow("nothing") << AccountEdit() << ann << u"Ann"_s << editor << QJsonObject();
    QTest::newRow("the same again") << AccountEdit {.email = ann, .name = u"Ann"_s, .roles = editor} << ann << u"Ann"_s << editor
                                    << QJsonObject();
    QTest::newRow("all roles") << AccountEdit {.roles = QStringList {u"admin"_s, u"ops"_s, u"admin"_s}} << ann << u"Ann"_s
                               << QStringList {u"admin"_s, u"ops"_s} << rolesAre({u"admin"_s, u"ops"_s});
    QTest::newRow("no roles") << AccountEdit {.roles = QStringList()} << ann << u"Ann"_s << QStringList() << rolesAre({});
    QTest::newRow("a role more") << AccountEdit {.addRoles = {u"admin"_s}} << ann << u"Ann"_s << QStringList {u"editor"_s, u"admin"_s}
                                 << rolesAre({u"editor"_s, u"admin"_s});
    QTest::newRow("a role it has") << AccountEdit {.addRoles = editor} << ann << u"Ann"_s << editor << QJsonObject();
    QTest::newRow("a role less") << AccountEdit {.removeRoles = {u"editor"_s, u"unknown"_s}} << ann << u"Ann"_s << QStringList()
                                 << rolesAre({});
    QTest::newRow("one for another") << AccountEdit {.addRoles = {u"admin"_s}, .removeRoles = editor} << ann << u"Ann"_s
                                     << QStringList {u"admin"_s} << rolesAre({u"admin"_s});
    QTest::newRow("name, trimmed and composed")
        << AccountEdit {.name = u" Ne\u0301 "_s} << ann << u"N\u00e9"_s << editor << QJsonObject {{u"name"_s, u"N\u00e9"_s}};
    QTest::newRow("no name") << AccountEdit {.name = QString()} << ann << QString() << editor << QJsonObject {{u"name"_s, QString()}};
    QTest::newRow("address") << AccountEdit {.email = u" Bea@Example.com"_s} << u"Bea@Example.com"_s << u"Ann"_s << editor
                             << QJsonObject {{u"email"_s, u"Bea@Example.com"_s}, {u"email_before"_s, ann}};
}

void TestAccounts::edit_changesWhatIsGiven()
{
    QFETCH(const AccountEdit, edit);
    QFETCH(const QJsonObject, recorded);
    const User user = m_world->registration
                          .create({.email = u"ann@example.com"_s, .password = password, .name = u"Ann"_s, .roles = {u"editor"_s}},
                                  u"test"_s, m_clock.now())
                          .value();
    m_clock.advance(Seconds {1});
    const auto changed = m_world->accounts.edit(user.id, edit, u"command line"_s, m_clock.now());
    QVERIFY(changed);
    QTEST(changed->email, "email");
    QTEST(changed->name, "name");
    QTEST(changed->roles, "roles");
    QCOMPARE(changed->updatedAt, recorded.isEmpty() ? user.updatedAt : m_clock.now());
    QCOMPARE(m_world->accounts.findByEmail(changed->email)->value_or(User()).id, user.id);
    const auto record = AuditStore::newest(m_world->database->reader(), user.id, audit::userChanged, 10).value();
    QCOMPARE(record.size(), recorded.isEmpty() ? 0 : 1);
    if (!record.isEmpty()) {
        QCOMPARE(record.first().actor, u"command line"_s);
        QCOMPARE(record.first().details, recorded);
    }
}

void TestAccounts::edit_isRefused_data()
{
    QTest::addColumn<AccountEdit>("edit");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("field");
    QStringList many;
    for (int i = 0; i < 32; ++i)
        many += u"role%1"_s.arg(i);
    const int invalid = int(ErrorCode::InvalidInput);
    QTest::newRow("another's address, spelled otherwise")
        << AccountEdit {.email = u"BOB@example.com"_s} << int(ErrorCode::EmailTaken) << QString();
    QTest::newRow("no address") << AccountEdit {.email = u"ann"_s} << invalid << u"email"_s;
    QTest::newRow("an empty address") << AccountEdit {.email = QString()} << invalid << u"email"_s;
    QTest::newRow("a line feed in the name") << AccountEdit {.name = u"a\nb"_s} << invalid << u"name"_s;
    QTest::newRow("no role") << AccountEdit {.roles = QStringList {u"a b"_s}} << invalid << u"roles"_s;
    QTest::newRow("an empty role more") << AccountEdit {.addRoles = {QString()}} << invalid << u"roles"_s;
    QTest::newRow("too many with those it has") << AccountEdit {.addRoles = many} << invalid << u"roles"_s;
}

void TestAccounts::edit_isRefused()
{
    QFETCH(const AccountEdit, edit);
    QFETCH(const int, code);
    QFETCH(const QString, field);
    m_world->add(u"bob@example.com"_s);
    const User user = m_world->registration
                          .create({.email = u"ann@example.com"_s, .password = password, .name = u"Ann"_s, .roles = {u"editor"_s}},
                                  u"test"_s, m_clock.now())
                          .value();
    const auto refused = m_world->accounts.edit(user.id, edit, u"test"_s, m_clock.now());
    QVERIFY(!refused);
    QCOMPARE(int(refused.error().code), code);
    QCOMPARE(refused.error().faults.isEmpty() ? QString() : refused.error().faults.first().location.last().toString(), field);
    QCOMPARE(m_world->accounts.findById(user.id).value(), user);
    QCOMPARE(m_world->accounts.edit(Id::create(m_clock.now()), {.name = u"x"_s}, u"test"_s, m_clock.now()).error().code,
             ErrorCode::NotFound);
}

void TestAccounts::edit_ofTheAddress_takesItsVerification()
{
    const User user = m_world->add(u"ann@example.com"_s);
    QVERIFY(m_world->database->write([](DbConnection &connection) { return connection.run(u"UPDATE users SET email_verified = 1"_s); }));
    QVERIFY(m_world->accounts.edit(user.id, {.email = u"Ann@Example.com"_s}, u"test"_s, m_clock.now())
                ->emailVerified); // the same, spelled otherwise
    QVERIFY(!m_world->accounts.edit(user.id, {.email = u"bea@example.com"_s}, u"test"_s, m_clock.now())->emailVerified);
}

QTEST_GUILESS_MAIN(TestAccounts)
#include "TestAccounts.moc"
