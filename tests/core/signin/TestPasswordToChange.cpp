#include "core/audit/AuditStore.h"
#include "core/config/Settings.h"
#include "core/signin/PasswordReset.h"
#include "core/signin/SignIn.h"
#include "core/storage/Database.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/Mailbox.h"
#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QString handed = u"a word on a slip"_s;
const QString own = u"four others that nobody knows"_s;

} // namespace

/// A password that an admin has set to be changed: it signs in to nothing but the choice of another one.
class TestPasswordToChange : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void signIn_givesATicketAndNothingElse();
    void ticket_setsAnotherPassword();
    void ticket_wantsAnotherPassword();
    void everyWay_wantsAnotherPassword();
    void ticket_isGoodOnce();
    void ticket_isOverAfterAWhile();
    void ticket_provesNoAddress();
    void ticket_worksWithoutMails();
    void ticket_diesWithAnotherPassword();
    void passwordSetMeanwhile_givesNoTicket();
    void secondFactor_comesAfterIt();
    void wrongPassword_tellsNothing();
    void everyOtherPassword_isAsEver();

private:
    User ann() { return m_world->accounts.findByEmail(u"ann@example.com"_s).value().value(); }
    void hand(AccountChanges::NextPassword kind = AccountChanges::NextPassword::MustChange)
    {
        QVERIFY(m_world->changes.setPassword(ann().id, handed, u"console"_s, m_clock.now(), kind));
    }
    Result<SignInOutcome> signIn(const QString &with = handed)
    {
        return m_world->signIn.byPassword({.email = u"ann@example.com"_s, .password = with}, m_world->client, m_clock.now());
    }
    QByteArray ticket() { return std::get<PasswordChangeNeeded>(signIn().value()).ticket; }
    Result<PasswordSet> finish(const QByteArray &token, const QString &with = own)
    {
        return m_world->core->passwordReset.finish(token, with, m_world->client, m_clock.now());
    }
};

void TestPasswordToChange::signIn_givesATicketAndNothingElse()
{
    m_world->add(u"ann@example.com"_s);
    hand();
    QVERIFY(ann().mustChangePassword);
    const auto outcome = signIn();
    QVERIFY(std::holds_alternative<PasswordChangeNeeded>(*outcome));
    QVERIFY(isUnfinished(outcome));
    QCOMPARE(std::get<PasswordChangeNeeded>(*outcome).ticket.size(), 43);
    QCOMPARE(m_world->sessions.findByUser(ann().id, m_clock.now())->size(), 0);
    QVERIFY(!ann().lastSignInAt);
}

void TestPasswordToChange::ticket_setsAnotherPassword()
{
    m_world->add(u"ann@example.com"_s);
    hand();
    QVERIFY(finish(ticket()));
    QVERIFY(!ann().mustChangePassword);
    QCOMPARE(m_world->sessions.findByUser(ann().id, m_clock.now())->size(), 0); // nobody is signed in
    QCOMPARE(m_world->login(u"ann@example.com"_s, handed).error().code, ErrorCode::InvalidCredentials);
    QVERIFY(m_world->login(u"ann@example.com"_s, own));
    const auto events = AuditStore::newest(m_world->database->reader(), ann().id, audit::passwordChanged, 9).value();
    QCOMPARE(events.size(), 2);
    QCOMPARE(events.first().actor, u"user"_s);
    QCOMPARE(events.last().details["must_change"_L1].toBool(), true);
}

void TestPasswordToChange::ticket_wantsAnotherPassword()
{
    m_world->add(u"ann@example.com"_s);
    hand();
    const QByteArray token = ticket();
    const auto same = finish(token, handed);
    QCOMPARE(same.error().code, ErrorCode::InvalidInput);
    QCOMPARE(same.error().faults.first().context["code"_L1].toString(), QString(nameOf(FaultReason::PasswordUnchanged)));
    QCOMPARE(finish(token, u"short"_s).error().code, ErrorCode::InvalidInput);
    QVERIFY(finish(token)); // neither spent it
}

/// Also by a link of a mail, and for who has signed in without it.
void TestPasswordToChange::everyWay_wantsAnotherPassword()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    const auto change = [&](const QString &next) {
        return m_world->changes.changePassword(pair->user.id, handed, next, pair->session.id, m_clock.now());
    };
    hand();
    (void)Mailbox(*m_world).takeAll();
    QVERIFY(m_world->core->passwordReset.ask(u"ann@example.com"_s, m_world->client, m_clock.now()));
    const QByteArray link = Mailbox(*m_world).takeOne(MailKind::ResetPassword).token;
    QCOMPARE(finish(link, handed).error().code, ErrorCode::InvalidInput);
    QCOMPARE(change(handed).error().code, ErrorCode::InvalidInput);
    QVERIFY(ann().mustChangePassword);
    QVERIFY(finish(link)->wasByMail);
    QVERIFY(!ann().mustChangePassword);
}

void TestPasswordToChange::ticket_isGoodOnce()
{
    m_world->add(u"ann@example.com"_s);
    hand();
    const QByteArray token = ticket();
    QVERIFY(finish(token));
    QCOMPARE(finish(token, u"four more that nobody knows"_s).error().code, ErrorCode::InvalidLink);
}

void TestPasswordToChange::ticket_isOverAfterAWhile()
{
    m_world->add(u"ann@example.com"_s);
    hand();
    const QByteArray token = ticket();
    m_clock.advance(std::chrono::minutes {15});
    QCOMPARE(finish(token).error().code, ErrorCode::InvalidLink);
    QVERIFY(ann().mustChangePassword);
}

/// Whoever knows the password has not read a mail; and factors stay.
void TestPasswordToChange::ticket_provesNoAddress()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    setUpTotp(*m_world, *pair);
    hand();
    QVERIFY(!finish(ticket()).value().wasByMail);
    QVERIFY(!ann().emailVerified);
    QVERIFY(ann().hasSecondFactor);
}

void TestPasswordToChange::ticket_worksWithoutMails()
{
    m_world->add(u"ann@example.com"_s);
    hand();
    m_world->core->settings.replace(Settings::load({{SettingSource::CommandLine, {}, u"mail.transport"_s, u"off"_s, {}}}).value());
    QVERIFY(finish(ticket()));
    QCOMPARE(finish("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"_ba).error().code, ErrorCode::NotConfigured);
}

void TestPasswordToChange::ticket_diesWithAnotherPassword()
{
    m_world->add(u"ann@example.com"_s);
    hand();
    const QByteArray token = ticket();
    QVERIFY(m_world->changes.setPassword(ann().id, u"another slip of paper", u"console"_s, m_clock.now()));
    QCOMPARE(finish(token).error().code, ErrorCode::InvalidLink);
}

/// Who was still being looked at with the slip of before would choose the password of whoever has the new one.
void TestPasswordToChange::passwordSetMeanwhile_givesNoTicket()
{
    m_world->add(u"ann@example.com"_s);
    hand();
    const auto proven = m_world->passwords.check(ann().id, handed);
    QVERIFY(proven && proven->mustChange);
    const FirstProof proof {.user = ann(), .method = passwordMethod, .password = *proven};
    QVERIFY(m_world->pending.beginPasswordChange(proof, m_clock.now()));
    QVERIFY(m_world->changes.setPassword(ann().id, u"another slip of paper", u"console"_s, m_clock.now()));
    const auto late = m_world->pending.beginPasswordChange(proof, m_clock.now());
    QVERIFY(!late);
    QCOMPARE(late.error().code, ErrorCode::InvalidCredentials);
}

void TestPasswordToChange::secondFactor_comesAfterIt()
{
    const auto pair = m_world->join(u"ann@example.com"_s);
    setUpTotp(*m_world, *pair);
    hand();
    QVERIFY(finish(ticket()));
    QCOMPARE(m_world->login(u"ann@example.com"_s, own).error().code, ErrorCode::MfaRequired);
}

void TestPasswordToChange::wrongPassword_tellsNothing()
{
    m_world->add(u"ann@example.com"_s);
    hand();
    QCOMPARE(signIn(u"wrong"_s).error().code, ErrorCode::InvalidCredentials);
    QVERIFY(m_world->changes.setDisabled(ann().id, true, u"test"_s, m_clock.now()));
    QCOMPARE(signIn().error().code, ErrorCode::AccountDisabled);
}

void TestPasswordToChange::everyOtherPassword_isAsEver()
{
    m_world->add(u"ann@example.com"_s);
    hand();
    hand(AccountChanges::NextPassword::Stays);
    QVERIFY(!ann().mustChangePassword);
    QVERIFY(m_world->login(u"ann@example.com"_s, handed));
}

QTEST_GUILESS_MAIN(TestPasswordToChange)
#include "TestPasswordToChange.moc"
