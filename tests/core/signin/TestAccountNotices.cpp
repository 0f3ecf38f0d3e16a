#include "core/accounts/Accounts.h"
#include "core/credentials/Challenges.h"
#include "core/credentials/Passkeys.h"
#include "core/signin/FactorChanges.h"
#include "core/signin/Invitations.h"
#include "core/storage/Database.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/Mailbox.h"
#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What owners are told of changes of their account.
class TestAccountNotices : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void change_isTold_data();
    void change_isTold();
    void nothing_isToldOfARefusal_data();
    void nothing_isToldOfARefusal();
    void factor_isCalledByItsName();
    void recoveryCode_saysHowManyAreLeft();
    void thirdWrongCode_warnsOnce();
    void disabledAccount_isToldNothing();
    void notice_speaksTheAccountsLanguage();
    void invitation_isSentAnew();
    void invitation_isForWhoHasNotBeenThere();

private:
    Credentials credentials() const { return {.email = u"ann@example.com"_s, .password = password}; }
    QByteArray ticket()
    {
        const auto outcome = m_world->signIn.byPassword(credentials(), m_world->client, m_clock.now());
        return Challenges::idOf(std::get<FactorNeeded>(*outcome).ticket).value();
    }
    Id addPasskey()
    {
        const Id passkey = Id::create(m_clock.now());
        (void)m_world->database->write([&](DbConnection &connection) {
            return PasskeyStore::insert(connection, {.id = passkey,
                                                     .user = m_pair.user.id,
                                                     .credentialId = passkey.toBytes(),
                                                     .publicKey = "x"_ba,
                                                     .aaguid = "x"_ba,
                                                     .rpId = u"localhost"_s,
                                                     .name = u"key ring"_s});
        });
        return passkey;
    }

    TokenPair m_pair;
};

void TestAccountNotices::init()
{
    WorldTest::init();
    m_pair = m_world->join(u"ann@example.com"_s).value();
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList {u"verify_email"_s});
}

void TestAccountNotices::change_isTold_data()
{
    QTest::addColumn<std::function<void()>>("change");
    QTest::addColumn<QStringList>("kinds");
    const auto row = [](const char *name, const QStringList &kinds, const std::function<void()> &change) {
        QTest::newRow(name) << change << kinds;
    };
    const auto user = [this] { return m_pair.user.id; };
    row("own password", {u"password_changed"_s}, [this, user] {
        QVERIFY(m_world->changes.changePassword(user(), password, u"four others that nobody knows"_s, m_pair.session.id, m_clock.now()));
    });
    row("password by an admin", {u"password_changed"_s},
        [this, user] { QVERIFY(m_world->changes.setPassword(user(), u"four others that nobody knows"_s, u"test"_s, m_clock.now())); });
    row("first app", {u"factor_added"_s}, [this] { setUpTotp(*m_world, m_pair); });
    row("app goes", {u"factor_added"_s, u"factor_removed"_s}, [this, user] {
        const SetUp phone = setUpTotp(*m_world, m_pair);
        QVERIFY(m_world->factors.removeTotp(user(), phone.factor, m_pair.session.id, m_clock.now()));
    });
    row("new recovery codes", {u"factor_added"_s, u"recovery_codes_renewed"_s}, [this, user] {
        setUpTotp(*m_world, m_pair);
        QVERIFY(m_world->factors.renewRecoveryCodes(user(), std::nullopt, m_clock.now()));
    });
    row("reset by an admin", {u"factor_added"_s, u"factor_removed"_s, u"passkey_removed"_s}, [this, user] {
        setUpTotp(*m_world, m_pair);
        addPasskey();
        QVERIFY(m_world->factors.reset(user(), u"test"_s, m_clock.now()));
    });
    row("passkey goes", {u"passkey_removed"_s},
        [this, user] { QVERIFY(m_world->factors.removePasskey(user(), addPasskey(), m_pair.session.id, m_clock.now())); });
    row("address, by an admin", {u"email_changed"_s},
        [this, user] { QVERIFY(m_world->changes.edit(user(), {.email = u"ann@example.org"_s}, u"test"_s, m_clock.now())); });
    row("name", {}, [this, user] { QVERIFY(m_world->changes.edit(user(), {.name = u"Ann"_s}, u"test"_s, m_clock.now())); });
    row("disabled", {}, [this, user] { QVERIFY(m_world->changes.setDisabled(user(), true, u"test"_s, m_clock.now())); });
    row("removed", {}, [this, user] { QVERIFY(m_world->changes.remove(user(), u"test"_s, m_clock.now())); });
}

void TestAccountNotices::change_isTold()
{
    QFETCH(std::function<void()>, change);
    change();
    QTEST(Mailbox(*m_world).takeKinds(), "kinds");
}

void TestAccountNotices::nothing_isToldOfARefusal_data()
{
    QTest::addColumn<std::function<bool()>>("change"); // whether it was done
    const auto row = [](const char *name, const std::function<bool()> &change) { QTest::newRow(name) << change; };
    row("wrong password", [this] {
        return m_world->changes
            .changePassword(m_pair.user.id, u"wrong"_s, u"four others that nobody knows"_s, m_pair.session.id, m_clock.now())
            .has_value();
    });
    row("no such app",
        [this] { return m_world->factors.removeTotp(m_pair.user.id, Id::create({}), m_pair.session.id, m_clock.now()).has_value(); });
    row("no such passkey",
        [this] { return m_world->factors.removePasskey(m_pair.user.id, Id::create({}), m_pair.session.id, m_clock.now()).has_value(); });
    row("a taken address", [this] {
        m_world->add(u"bob@example.com"_s);
        return m_world->changes.edit(m_pair.user.id, {.email = u"bob@example.com"_s}, u"test"_s, m_clock.now()).has_value();
    });
    row("nobody's", [this] {
        return m_world->changes.setPassword(Id::create({}), u"four others that nobody knows"_s, u"t"_s, m_clock.now()).has_value();
    });
}

void TestAccountNotices::nothing_isToldOfARefusal()
{
    QFETCH(std::function<bool()>, change);
    QVERIFY(!change());
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList());
}

void TestAccountNotices::factor_isCalledByItsName()
{
    const SetUp phone = setUpTotp(*m_world, m_pair, u"old phone"_s);
    QCOMPARE(Mailbox(*m_world).takeOne(MailKind::FactorAdded).values["factor"_L1], u"old phone"_s);
    QVERIFY(m_world->factors.removeTotp(m_pair.user.id, phone.factor, m_pair.session.id, m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeOne(MailKind::FactorRemoved).values["factor"_L1], u"old phone"_s);
    setUpTotp(*m_world, m_pair, {});
    QVERIFY(!Mailbox(*m_world).takeOne(MailKind::FactorAdded).values.contains("factor"_L1));
    QVERIFY(m_world->factors.removePasskey(m_pair.user.id, addPasskey(), m_pair.session.id, m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeOne(MailKind::PasskeyRemoved).values["passkey"_L1], u"key ring"_s);
}

void TestAccountNotices::recoveryCode_saysHowManyAreLeft()
{
    const SetUp phone = setUpTotp(*m_world, m_pair);
    Mailbox(*m_world).takeAll();
    QVERIFY(m_world->pending.finish(ticket(), RecoveryProof {phone.recoveryCodes[0]}, {}, m_world->client, m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeOne(MailKind::RecoveryCodeUsed).values["left"_L1], 9);
    QVERIFY(!m_world->pending.finish(ticket(), RecoveryProof {phone.recoveryCodes[0]}, {}, m_world->client, m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList());
}

void TestAccountNotices::thirdWrongCode_warnsOnce()
{
    const SetUp phone = setUpTotp(*m_world, m_pair);
    Mailbox(*m_world).takeAll();
    const QByteArray signIn = ticket();
    for (int i = 1; i <= 5; ++i) {
        const TotpProof wrong {phone.app.wrongAt(m_clock.now())};
        QVERIFY(!m_world->pending.finish(signIn, wrong, {}, m_world->client, m_clock.now()));
        QCOMPARE(Mailbox(*m_world).takeKinds(), i == 3 ? QStringList {u"second_factor_guessed"_s} : QStringList());
    }
}

void TestAccountNotices::disabledAccount_isToldNothing()
{
    setUpTotp(*m_world, m_pair);
    Mailbox(*m_world).takeAll();
    QVERIFY(m_world->changes.setDisabled(m_pair.user.id, true, u"test"_s, m_clock.now()));
    QVERIFY(m_world->changes.setPassword(m_pair.user.id, u"four others that nobody knows"_s, u"test"_s, m_clock.now()));
    QVERIFY(m_world->changes.edit(m_pair.user.id, {.email = u"ann@example.org"_s}, u"test"_s, m_clock.now()));
    QVERIFY(m_world->factors.reset(m_pair.user.id, u"test"_s, m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList());
}

void TestAccountNotices::notice_speaksTheAccountsLanguage()
{
    Client client = m_world->client;
    client.language = u"ja"_s;
    QVERIFY(m_world->signIn.byPassword(credentials(), client, m_clock.now()));
    client.language.clear(); // a program that does not say
    QVERIFY(m_world->signIn.byPassword(credentials(), client, m_clock.now()));
    QCOMPARE(m_world->accounts.findById(m_pair.user.id)->language, u"ja"_s);
    QVERIFY(m_world->changes.setPassword(m_pair.user.id, u"four others that nobody knows"_s, u"test"_s, m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeOne(MailKind::PasswordChanged).language, u"ja"_s);
}

void TestAccountNotices::invitation_isSentAnew()
{
    const User bob = m_world->core->invitations.invite({.email = u"bob@example.com"_s}, u"test"_s, m_clock.now()).value();
    const Mail first = Mailbox(*m_world).takeOne(MailKind::Invitation);
    m_clock.advance(std::chrono::hours {1});
    const auto again = m_world->core->invitations.resend(bob.id, u"test"_s, m_clock.now());
    QCOMPARE(again->invitedAt, m_clock.now());
    const Mail second = Mailbox(*m_world).takeOne(MailKind::Invitation);
    QVERIFY(second.token != first.token);
    QCOMPARE(second.useBy, m_clock.now() + std::chrono::days {7});
}

void TestAccountNotices::invitation_isForWhoHasNotBeenThere()
{
    auto &invitations = m_world->core->invitations;
    QCOMPARE(invitations.resend(m_pair.user.id, u"test"_s, m_clock.now()).error().code, ErrorCode::Conflict);
    QCOMPARE(invitations.resend(Id::create({}), u"test"_s, m_clock.now()).error().code, ErrorCode::NotFound);
    QCOMPARE(invitations.invite({.email = u"ANN@example.com"_s}, u"test"_s, m_clock.now()).error().code, ErrorCode::EmailTaken);
    const auto faults = invitations.invite({.email = u"bob"_s, .name = QString(201, u'x'), .roles = {u""_s}}, u"test"_s, m_clock.now());
    QCOMPARE(faults.error().faults.size(), 3);
    const User bob = m_world->core->invitations.invite({.email = u"bob@example.com"_s}, u"test"_s, m_clock.now()).value();
    QVERIFY(m_world->changes.setDisabled(bob.id, true, u"test"_s, m_clock.now()));
    QCOMPARE(invitations.resend(bob.id, u"test"_s, m_clock.now()).error().code, ErrorCode::Conflict);
    QVERIFY(m_world->changes.setDisabled(bob.id, false, u"test"_s, m_clock.now()));
    QVERIFY(m_world->changes.setPassword(bob.id, u"four others that nobody knows"_s, u"test"_s, m_clock.now()));
    QVERIFY(!m_world->accounts.findById(bob.id)->isInvited());
    QCOMPARE(invitations.resend(bob.id, u"test"_s, m_clock.now()).error().code, ErrorCode::Conflict);
}

QTEST_GUILESS_MAIN(TestAccountNotices)
#include "TestAccountNotices.moc"
