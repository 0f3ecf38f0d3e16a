#include "core/accounts/Accounts.h"
#include "core/signin/EmailVerification.h"
#include "core/signin/PasskeySignIn.h"
#include "core/signin/SessionOpener.h"
#include "tests/support/Mailbox.h"
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
    void signUp_sendsAVerification();
    void create_sendsNothing();
    void privately_theMailSaysTheRest_data();
    void privately_theMailSaysTheRest();
    void privately_twiceAtOnce_isOneAccount();
    void privately_badValues_areToldAtOnce();
    void privately_closed_isClosed();
    void unverified_mayNotSignIn();
    void unverified_mayNotSignIn_howeverTheyProveThemselves();

private:
    static CorePolicies privately()
    {
        CorePolicies policies = quickPolicies;
        policies.registration.isPrivate = true;
        return policies;
    }
    Result<void> ask(const QString &email, const QString &with = password)
    {
        return m_world->registration.askPrivately({.email = email, .password = with, .name = u"Ann"_s}, m_world->client, m_clock.now());
    }
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

void TestRegistration::signUp_sendsAVerification()
{
    Client client = m_world->client;
    client.language = u"de"_s;
    const auto outcome = m_world->registration.signUp({.email = u"Ann@example.com"_s, .password = password}, client, m_clock.now());
    QVERIFY(outcome && !isUnfinished(outcome));
    const Mail mail = Mailbox(*m_world).takeOne(MailKind::VerifyEmail);
    QCOMPARE(mail.to, u"Ann@example.com"_s);
    QCOMPARE(mail.language, u"de"_s);
    QCOMPARE(mail.useBy, m_clock.now() + std::chrono::hours {24});
    const auto verified = m_world->core->emailVerification.confirm(mail.token, m_clock.now());
    QVERIFY(verified->emailVerified);
    QVERIFY(m_world->listener.names().contains(u"user changed"_s));
    QVERIFY(m_world->core->emailVerification.ask(u"ann@example.com"_s, client, m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList()); // nothing is left to prove
}

/// Whom an admin adds, they tell themselves; `invite` is for the others.
void TestRegistration::create_sendsNothing()
{
    m_world->add(u"ann@example.com"_s);
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList());
}

void TestRegistration::privately_theMailSaysTheRest_data()
{
    QTest::addColumn<QString>("email");
    QTest::addColumn<QStringList>("kinds");
    QTest::addColumn<bool>("isNew");
    QTest::newRow("nobody's") << u"new@example.com"_s << QStringList {u"verify_email"_s} << true;
    QTest::newRow("somebody's") << u"bob@example.com"_s << QStringList {u"account_exists"_s} << false;
    QTest::newRow("somebody's, in other case") << u"BOB@Example.com"_s << QStringList {u"account_exists"_s} << false;
    QTest::newRow("a disabled account's") << u"dan@example.com"_s << QStringList() << false;
}

void TestRegistration::privately_theMailSaysTheRest()
{
    QFETCH(QString, email);
    QFETCH(bool, isNew);
    reopen(privately());
    m_world->add(u"bob@example.com"_s);
    QVERIFY(m_world->changes.setDisabled(m_world->add(u"dan@example.com"_s).id, true, u"test"_s, m_clock.now()));
    const QString other = u"four others that nobody knows"_s;
    QVERIFY(ask(email, other));
    QCOMPARE(m_world->accounts.count().value(), 2); // nobody has looked yet
    QTEST(Mailbox(*m_world).takeKinds(), "kinds");
    QCOMPARE(m_world->accounts.count().value(), isNew ? 3 : 2);
    QCOMPARE(m_world->login(email, other).has_value(), isNew);
    if (isNew)
        QCOMPARE(m_world->accounts.findByEmail(email).value()->name, u"Ann"_s);
    else
        QVERIFY(m_world->login(u"bob@example.com"_s)); // nothing of it changed
}

void TestRegistration::privately_twiceAtOnce_isOneAccount()
{
    reopen(privately());
    QVERIFY(ask(u"new@example.com"_s));
    QVERIFY(ask(u"NEW@example.com"_s));
    QCOMPARE(Mailbox(*m_world).takeKinds(), (QStringList {u"account_exists"_s, u"verify_email"_s}));
    QCOMPARE(m_world->accounts.count().value(), 1);
}

void TestRegistration::privately_badValues_areToldAtOnce()
{
    reopen(privately());
    m_world->add(u"bob@example.com"_s);
    const auto refused =
        m_world->registration.askPrivately({.email = u"bob@example.com"_s, .password = u"short"_s}, m_world->client, m_clock.now());
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList());
}

void TestRegistration::privately_closed_isClosed()
{
    CorePolicies policies = privately();
    policies.registration.isOpen = false;
    reopen(policies);
    QCOMPARE(ask(u"new@example.com"_s).error().code, ErrorCode::RegistrationClosed);
}

void TestRegistration::unverified_mayNotSignIn()
{
    CorePolicies policies = quickPolicies;
    policies.signIn.requiresVerifiedEmail = true;
    reopen(policies);
    QCOMPARE(m_world->join(u"ann@example.com"_s).error().code, ErrorCode::EmailNotVerified);
    const Id ann = m_world->accounts.findByEmail(u"ann@example.com"_s).value()->id; // the account is there
    QCOMPARE(m_world->sessions.findByUser(ann, m_clock.now()).value().size(), 0);
    QCOMPARE(m_world->login(u"ann@example.com"_s).error().code, ErrorCode::EmailNotVerified);
    QCOMPARE(m_world->login(u"ann@example.com"_s, u"wrong"_s).error().code, ErrorCode::InvalidCredentials); // who guesses learns nothing
    QCOMPARE(m_world->login(u"nobody@example.com"_s).error().code, ErrorCode::InvalidCredentials);
    const Mail first = Mailbox(*m_world).takeOne(MailKind::VerifyEmail);
    QVERIFY(m_world->core->emailVerification.ask(u"ann@example.com"_s, m_world->client, m_clock.now()));
    const Mail second = Mailbox(*m_world).takeOne(MailKind::VerifyEmail); // the way to another one
    QVERIFY(m_world->core->emailVerification.confirm(second.token, m_clock.now()));
    QVERIFY(m_world->login(u"ann@example.com"_s));
    QVERIFY(!first.token.isEmpty());
}

/// Also where no password is shown: everything goes through one place.
void TestRegistration::unverified_mayNotSignIn_howeverTheyProveThemselves()
{
    CorePolicies policies = quickPolicies;
    policies.signIn.requiresVerifiedEmail = true;
    reopen(policies);
    const User ann = m_world->add(u"ann@example.com"_s);
    const auto open = [&](bool provesEmail) {
        return m_world->core->sessionOpener.open({.user = ann, .method = passkeyMethod, .provesEmail = provesEmail}, m_world->client, {},
                                                 m_clock.now());
    };
    QCOMPARE(open(false).error().code, ErrorCode::EmailNotVerified);
    QVERIFY(open(true));
}

QTEST_GUILESS_MAIN(TestRegistration)
#include "TestRegistration.moc"
