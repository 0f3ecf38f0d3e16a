#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/FactorStore.h"
#include "core/credentials/Identities.h"
#include "core/credentials/PasskeyStore.h"
#include "core/credentials/TrustedDevices.h"
#include "core/federation/ForeignIdentity.h"
#include "core/signin/Invitations.h"
#include "core/signin/PasswordReset.h"
#include "core/storage/Database.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/Mailbox.h"
#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Forgotten passwords, and first ones.
class TestPasswordReset : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void reset_setsThePassword_andEndsEverything();
    void reset_leavesSecondFactors();
    void reset_ofAnUnprovenAddress_takesWhatSomebodyAdded();
    void reset_provesTheAddress();
    void badPassword_leavesTheLinkGood_data();
    void badPassword_leavesTheLinkGood();
    void mail_goesToTheAccountsAddress_data();
    void mail_goesToTheAccountsAddress();
    void mail_speaksTheLanguageOfWhoAsks_data();
    void mail_speaksTheLanguageOfWhoAsks();
    void nobodyIsWrittenTo_data();
    void nobodyIsWrittenTo();
    void accountWithoutPassword_getsItsFirst();
    void invitation_setsTheFirstPassword();
    void badAddress_isAFault();

private:
    QByteArray ask(const QString &email = u"ann@example.com"_s)
    {
        if (!m_world->core->passwordReset.ask(email, m_world->client, m_clock.now()))
            return {};
        return Mailbox(*m_world).takeOne(MailKind::ResetPassword).token;
    }
    Result<User> finish(const QByteArray &token, const QString &next = other)
    {
        return m_world->core->passwordReset.finish(token, next, m_world->client, m_clock.now()).transform([](const PasswordSet &set) {
            return set.owner;
        });
    }
    User ann() { return m_world->accounts.findById(m_pair.user.id).value(); }
    qsizetype recorded(QLatin1StringView type) { return AuditStore::newest(m_world->database->reader(), {}, type, 100).value().size(); }

    static inline const QString other = u"four others that nobody knows"_s;
    TokenPair m_pair;
};

void TestPasswordReset::init()
{
    WorldTest::init();
    m_pair = m_world->join(u"ann@example.com"_s).value();
    Mailbox(*m_world).takeAll();
}

void TestPasswordReset::reset_setsThePassword_andEndsEverything()
{
    const auto second = m_world->login(u"ann@example.com"_s);
    QVERIFY(second);
    const QByteArray device = m_world->database
                                  ->write([&](Transaction &transaction) {
                                      return m_world->core->trustedDevices.remember(transaction, m_pair.user.id, u"x"_s, m_clock.now());
                                  })
                                  .value();
    QVERIFY(finish(ask()));
    QVERIFY(!m_world->isGood(m_pair.accessToken) && !m_world->isGood(second->accessToken));
    QVERIFY(!m_world->core->trustedDevices.isTrusted(m_pair.user.id, device, m_clock.now()).value());
    QCOMPARE(m_world->sessions.findByUser(m_pair.user.id, m_clock.now()).value().size(), 0); // nobody is signed in
    QCOMPARE(m_world->login(u"ann@example.com"_s).error().code, ErrorCode::InvalidCredentials);
    QVERIFY(m_world->login(u"ann@example.com"_s, other));
    QCOMPARE(recorded(audit::passwordResetAsked), 1);
    QCOMPARE(recorded(audit::passwordReset), 1);
    QVERIFY(m_world->listener.names().contains(u"ended password_changed"_s));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList {u"password_changed"_s});
}

void TestPasswordReset::reset_leavesSecondFactors()
{
    m_world->proveEmail(m_pair.user.id);
    const SetUp phone = setUpTotp(*m_world, m_pair);
    Mailbox(*m_world).takeAll();
    QVERIFY(finish(ask()));
    QVERIFY(ann().hasSecondFactor);
    QCOMPARE(m_world->login(u"ann@example.com"_s, other).error().code, ErrorCode::MfaRequired);
}

/// Whoever registered the address first would wait in the account for its owner.
void TestPasswordReset::reset_ofAnUnprovenAddress_takesWhatSomebodyAdded()
{
    const Id user = m_pair.user.id;
    setUpTotp(*m_world, m_pair);
    QVERIFY(m_world->core->providers.add({.kind = ProviderKind::Oidc,
                                          .name = u"example"_s,
                                          .issuer = u"https://id.example.com"_s,
                                          .clientId = u"warder"_s,
                                          .secret = SecretBytes("hush"_ba),
                                          .callbacks = {u"https://app.example.com/back"_s}},
                                         u"test"_s, m_clock.now()));
    const ForeignIdentity foreign {.issuer = u"https://id.example.com"_s, .subject = u"1"_s};
    QVERIFY(m_world->database->write([&](Transaction &transaction) {
        return Identities::link(transaction, user, u"example"_s, foreign, u"user"_s, m_clock.now()).and_then([&](const Identity &) {
            return PasskeyStore::insert(transaction, {.id = Id::create(m_clock.now()),
                                                      .user = user,
                                                      .credentialId = "x"_ba,
                                                      .publicKey = "x"_ba,
                                                      .aaguid = "x"_ba,
                                                      .rpId = u"localhost"_s});
        });
    }));
    Mailbox(*m_world).takeAll();
    QVERIFY(finish(ask()));
    const auto counts = FactorStore::count(m_world->database->reader(), user, m_clock.now());
    QCOMPARE(counts->totp + counts->passkeys + counts->recoveryCodes, 0);
    QVERIFY(m_world->core->identities.findByUser(user)->isEmpty());
    QVERIFY(!ann().hasSecondFactor);
    QVERIFY(m_world->login(u"ann@example.com"_s, other));
    const auto told = AuditStore::newest(m_world->database->reader(), user, audit::factorsReset, 100).value();
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.first().details["identities"_L1].toInteger(), 1);
}

void TestPasswordReset::reset_provesTheAddress()
{
    QVERIFY(!ann().emailVerified);
    QVERIFY(finish(ask()));
    QVERIFY(ann().emailVerified);
    QCOMPARE(recorded(audit::emailVerified), 1);
    QVERIFY(m_world->listener.names().contains(u"user changed"_s));
}

void TestPasswordReset::badPassword_leavesTheLinkGood_data()
{
    QTest::addColumn<QString>("next");
    QTest::newRow("short") << u"short"_s;
    QTest::newRow("easy to guess") << u"password1"_s;
    QTest::newRow("the address") << u"ann@example.com"_s;
    QTest::newRow("NUL") << other + QChar(0);
}

void TestPasswordReset::badPassword_leavesTheLinkGood()
{
    QFETCH(QString, next);
    const QByteArray token = ask();
    const auto refused = finish(token, next);
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    QCOMPARE(refused.error().faults.first().location, (QList<QJsonValue> {u"body"_s, u"password"_s}));
    QVERIFY(m_world->isGood(m_pair.accessToken));
    QVERIFY(finish(token));
}

void TestPasswordReset::mail_goesToTheAccountsAddress_data()
{
    QTest::addColumn<QString>("stored");
    QTest::addColumn<QString>("typed");
    QTest::newRow("as it is") << u"Bea@Example.com"_s << u"Bea@Example.com"_s;
    QTest::newRow("in other case") << u"Bea@Example.com"_s << u"bEA@eXAMPLE.COM"_s;
    QTest::newRow("with blanks") << u"bea@example.com"_s << u" bea@example.com\t"_s;
    QTest::newRow("accent in pieces") << u"b\u00e9a@example.com"_s << u"be\u0301a@example.com"_s;
    QTest::newRow("accent in one") << u"be\u0301a@example.com"_s << u"b\u00e9a@example.com"_s;
    QTest::newRow("domain in its ASCII form") << u"bea@b\u00fccher.example"_s << u"bea@xn--bcher-kva.example"_s;
    QTest::newRow("sigma") << u"\u03c3\u03b1\u03c2@example.com"_s << u"\u03a3\u0391\u03a3@example.com"_s;
}

void TestPasswordReset::mail_goesToTheAccountsAddress()
{
    QFETCH(QString, stored);
    QFETCH(QString, typed);
    const User bea = m_world->add(stored);
    QVERIFY(m_world->core->passwordReset.ask(typed, m_world->client, m_clock.now()));
    const Mail mail = Mailbox(*m_world).takeOne(MailKind::ResetPassword);
    QCOMPARE(mail.to, bea.email); // never what a stranger typed
    QCOMPARE(mail.user, bea.id);
    QCOMPARE(mail.useBy, m_clock.now() + std::chrono::hours {1});
}

void TestPasswordReset::mail_speaksTheLanguageOfWhoAsks_data()
{
    QTest::addColumn<QString>("ofBrowser");
    QTest::addColumn<QString>("ofAccount");
    QTest::addColumn<QString>("language");
    QTest::newRow("the browser's") << u"de"_s << u"fr"_s << u"de"_s;
    QTest::newRow("the account's") << QString() << u"fr"_s << u"fr"_s;
    QTest::newRow("nobody's") << QString() << QString() << QString();
}

void TestPasswordReset::mail_speaksTheLanguageOfWhoAsks()
{
    QFETCH(QString, ofBrowser);
    QFETCH(QString, ofAccount);
    Client client = m_world->client;
    client.language = ofAccount;
    QVERIFY(m_world->signIn.byPassword({.email = u"ann@example.com"_s, .password = password}, client, m_clock.now()));
    client.language = ofBrowser;
    QVERIFY(m_world->core->passwordReset.ask(u"ann@example.com"_s, client, m_clock.now()));
    QTEST(Mailbox(*m_world).takeOne(MailKind::ResetPassword).language, "language");
}

void TestPasswordReset::nobodyIsWrittenTo_data()
{
    QTest::addColumn<QString>("email");
    QTest::newRow("unknown") << u"nobody@example.com"_s;
    QTest::newRow("disabled") << u"dan@example.com"_s;
    QTest::newRow("another part behind the plus") << u"ann+x@example.com"_s;
}

void TestPasswordReset::nobodyIsWrittenTo()
{
    QFETCH(QString, email);
    const User dan = m_world->add(u"dan@example.com"_s);
    QVERIFY(m_world->changes.setDisabled(dan.id, true, u"test"_s, m_clock.now()));
    QVERIFY(m_world->core->passwordReset.ask(email, m_world->client, m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList());
    QCOMPARE(recorded(audit::passwordResetAsked), 0);
}

void TestPasswordReset::accountWithoutPassword_getsItsFirst()
{
    QVERIFY(m_world->database->write([&](Transaction &transaction) {
        return m_world->accounts.change(transaction, m_pair.user.id, m_clock.now(),
                                        [&] { return transaction.connection().perform(u"DELETE FROM credentials"_s); });
    }));
    QVERIFY(ann().passwordScheme.isEmpty());
    QVERIFY(finish(ask()));
    QVERIFY(m_world->login(u"ann@example.com"_s, other));
}

void TestPasswordReset::invitation_setsTheFirstPassword()
{
    const auto bob = m_world->core->invitations.invite({.email = u"bob@example.com"_s, .name = u"Bob"_s, .roles = {u"editor"_s}}, u"test"_s,
                                                       m_clock.now());
    QVERIFY(bob && bob->isInvited() && bob->passwordScheme.isEmpty() && !bob->emailVerified);
    const Mail mail = Mailbox(*m_world).takeOne(MailKind::Invitation);
    QCOMPARE(mail.to, u"bob@example.com"_s);
    QCOMPARE(mail.values["name"_L1], u"Bob"_s);
    QCOMPARE(m_world->login(u"bob@example.com"_s).error().code, ErrorCode::InvalidCredentials);
    QVERIFY(finish(mail.token));
    const User now = m_world->accounts.findById(bob->id).value();
    QVERIFY(now.emailVerified && !now.isInvited());
    QVERIFY(m_world->login(u"bob@example.com"_s, other));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList()); // what they did themselves is no news
    QCOMPARE(m_world->core->invitations.resend(bob->id, u"test"_s, m_clock.now()).error().code, ErrorCode::Conflict);
}

void TestPasswordReset::badAddress_isAFault()
{
    const auto refused = m_world->core->passwordReset.ask(u"ann"_s, m_world->client, m_clock.now());
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    QCOMPARE(refused.error().faults.first().location, (QList<QJsonValue> {u"body"_s, u"email"_s}));
}

QTEST_GUILESS_MAIN(TestPasswordReset)
#include "TestPasswordReset.moc"
