#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/Challenges.h"
#include "core/mail/OutboxStore.h"
#include "core/signin/EmailChange.h"
#include "core/signin/EmailVerification.h"
#include "core/signin/SignInReports.h"
#include "core/storage/Database.h"
#include "tests/support/Mailbox.h"
#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Another address for an account.
class TestEmailChange : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void verifiedAddress_mustAgree_data();
    void verifiedAddress_mustAgree();
    void unverifiedAddress_hasNoSay();
    void oldAddress_mayAgreeFirst_andIsVerifiedMeanwhile();
    void takenAddress_isToldAtTheEndOnly_data();
    void takenAddress_isToldAtTheEndOnly();
    void addressTakenInBetween_leavesTheLinkGood();
    void spelling_mayChange();
    void sameAddress_isAFault();
    void badAddress_isAFault();
    void endedSession_wishesNothing();
    void newWish_replacesTheOldOne();
    void furtherWishes_leaveTheFirstReportsGood();
    void passwordChange_endsTheWish_andMayStillBeReported();
    void report_endsTheWish();
    void report_isNotCountedWithWhatStrangersAskFor();
    void adminsChange_voidsLinks_andTellsTheOldAddress();
    void sessions_stay();

private:
    struct Links
    {
        QByteArray fromOld;
        QByteArray fromNew;
    };
    Result<void> ask(const QString &email)
    {
        return m_world->core->emailChange.begin(m_pair.user.id, m_pair.session.id, email, m_world->client, m_clock.now());
    }
    Links begin(const QString &email = u"ann@example.org"_s)
    {
        if (!ask(email))
            return {};
        Links links;
        for (const Mail &mail : Mailbox(*m_world).takeAll()) {
            if (mail.kind == MailKind::EmailChangeNotice && mail.to == ann().email)
                links.fromOld = mail.token;
            if (mail.kind == MailKind::EmailChangeConfirm && mail.to == email)
                links.fromNew = mail.token;
        }
        return links;
    }
    Result<EmailChangeState> confirm(const QByteArray &token) { return m_world->core->emailChange.confirm(token, m_clock.now()); }
    User ann() { return m_world->accounts.findById(m_pair.user.id).value(); }
    void verify()
    {
        QVERIFY(m_world->database->write(
            [&](Transaction &transaction) { return m_world->accounts.verifyEmail(transaction, m_pair.user.id, m_clock.now()); }));
    }

    TokenPair m_pair;
};

void TestEmailChange::init()
{
    WorldTest::init();
    m_pair = m_world->join(u"ann@example.com"_s).value();
    Mailbox(*m_world).takeAll();
}

void TestEmailChange::verifiedAddress_mustAgree_data()
{
    QTest::addColumn<bool>("newFirst");
    QTest::newRow("the new one first") << true;
    QTest::newRow("the old one first") << false;
}

void TestEmailChange::verifiedAddress_mustAgree()
{
    QFETCH(bool, newFirst);
    verify();
    const Links links = begin();
    QVERIFY(!links.fromNew.isEmpty() && !links.fromOld.isEmpty());
    const auto first = confirm(newFirst ? links.fromNew : links.fromOld).value();
    QVERIFY(!first.isDone);
    QCOMPARE(first.waitingFor, newFirst ? u"old"_s : u"new"_s);
    QCOMPARE(ann().email, u"ann@example.com"_s);
    QVERIFY(confirm(newFirst ? links.fromOld : links.fromNew).value().isDone);
    QCOMPARE(ann().email, u"ann@example.org"_s);
    QVERIFY(ann().emailVerified);
    QVERIFY(m_world->login(u"ann@example.org"_s));
    QVERIFY(!m_world->login(u"ann@example.com"_s));
    const auto changed = AuditStore::newest(m_world->database->reader(), {}, audit::userChanged, 9).value();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().actor, u"user"_s);
    QCOMPARE(changed.first().details["email_before"_L1], u"ann@example.com"_s);
    QStringList told;
    for (const Mail &mail : Mailbox(*m_world).takeAll()) {
        QCOMPARE(mail.kind, MailKind::EmailChanged);
        QCOMPARE(mail.values["old_email"_L1], u"ann@example.com"_s);
        QCOMPARE(mail.values["new_email"_L1], u"ann@example.org"_s);
        told += mail.to;
    }
    told.sort();
    QCOMPARE(told, (QStringList {u"ann@example.com"_s, u"ann@example.org"_s}));
}

/// Whoever mistyped theirs when they registered could never mend it otherwise.
void TestEmailChange::unverifiedAddress_hasNoSay()
{
    const Links links = begin();
    QVERIFY(!links.fromOld.isEmpty()); // it is told all the same
    QVERIFY(confirm(links.fromNew).value().isDone);
    QCOMPARE(ann().email, u"ann@example.org"_s);
}

void TestEmailChange::oldAddress_mayAgreeFirst_andIsVerifiedMeanwhile()
{
    const Links links = begin();
    verify(); // by a link of before
    QCOMPARE(confirm(links.fromNew).value().waitingFor, u"old"_s);
    QVERIFY(confirm(links.fromOld).value().isDone);
}

void TestEmailChange::takenAddress_isToldAtTheEndOnly_data()
{
    QTest::addColumn<QString>("taken");
    QTest::newRow("as it is") << u"ann@example.org"_s;
    QTest::newRow("in other case") << u"ANN@Example.ORG"_s;
    QTest::newRow("with an invisible letter in the domain") << u"ann@exam\u200bple.org"_s;
}

void TestEmailChange::takenAddress_isToldAtTheEndOnly()
{
    QFETCH(QString, taken);
    m_world->add(taken);
    const Links links = begin();
    QCOMPARE(confirm(links.fromNew).error().code, ErrorCode::EmailTaken);
    QCOMPARE(ann().email, u"ann@example.com"_s);
}

void TestEmailChange::addressTakenInBetween_leavesTheLinkGood()
{
    const Links links = begin();
    const User bob = m_world->add(u"ann@example.org"_s);
    QCOMPARE(confirm(links.fromNew).error().code, ErrorCode::EmailTaken);
    QVERIFY(m_world->changes.remove(bob.id, u"test"_s, m_clock.now()));
    QVERIFY(confirm(links.fromNew).value().isDone);
}

void TestEmailChange::spelling_mayChange()
{
    verify();
    const Links links = begin(u"Ann@example.com"_s);
    QVERIFY(!confirm(links.fromNew).value().isDone);
    QVERIFY(confirm(links.fromOld).value().isDone);
    QCOMPARE(ann().email, u"Ann@example.com"_s);
    QVERIFY(ann().emailVerified);
}

void TestEmailChange::sameAddress_isAFault()
{
    const auto refused = ask(u" ann@EXAMPLE.com"_s);
    QVERIFY(refused); // another spelling is another text
    Mailbox(*m_world).takeAll();
    const auto same = ask(u" ann@example.com"_s);
    QCOMPARE(same.error().code, ErrorCode::InvalidInput);
    QCOMPARE(same.error().faults.first().context["code"_L1], u"email_unchanged"_s);
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList());
}

void TestEmailChange::badAddress_isAFault()
{
    const auto refused = ask(u"ann@"_s);
    QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    QCOMPARE(refused.error().faults.first().location, (QList<QJsonValue> {u"body"_s, u"email"_s}));
}

/// A half of one and a half of another make no whole.
void TestEmailChange::endedSession_wishesNothing()
{
    QVERIFY(m_world->sessions.revokeById({m_pair.session.id}, SessionEnd::Admin, u"test"_s, m_clock.now()));
    QCOMPARE(ask(u"ann@example.org"_s).error().code, ErrorCode::InvalidToken);
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList());
}

void TestEmailChange::newWish_replacesTheOldOne()
{
    verify();
    const Links former = begin(u"ann@example.net"_s);
    QCOMPARE(confirm(former.fromOld).value().waitingFor, u"new"_s);
    const Links links = begin();
    QCOMPARE(confirm(former.fromNew).error().code, ErrorCode::InvalidLink);
    QCOMPARE(confirm(links.fromNew).value().waitingFor, u"old"_s);
    QCOMPARE(confirm(former.fromOld).error().code, ErrorCode::InvalidLink);
    QVERIFY(confirm(links.fromOld).value().isDone);
    QCOMPARE(ann().email, u"ann@example.org"_s);
}

/// A thief who wishes again and again keeps the owner from nothing.
void TestEmailChange::furtherWishes_leaveTheFirstReportsGood()
{
    verify();
    const Links first = begin(u"thief@example.org"_s);
    QCOMPARE(confirm(first.fromOld).value().waitingFor, u"new"_s);
    Links last;
    for (int i = 0; i < 20; ++i) {
        m_clock.advance(Milliseconds {1});
        last = begin(u"thief-%1@example.org"_s.arg(i));
    }
    QCOMPARE(confirm(last.fromNew).value().waitingFor, u"old"_s); // nobody agreed to this one
    QCOMPARE(confirm(first.fromOld).error().code, ErrorCode::InvalidLink);
    const auto count = m_world->database->write([&](Transaction &transaction) {
        return Challenges::countByUser(transaction, m_pair.user.id, ChallengePurpose::EmailChangeOld, m_clock.now());
    });
    QCOMPARE(count.value(), 10);
    QVERIFY(m_world->core->signInReports.report(first.fromOld, m_world->client, m_clock.now()));
    QVERIFY(!m_world->isGood(m_pair.accessToken));
    QCOMPARE(confirm(last.fromOld).error().code, ErrorCode::InvalidLink);
}

void TestEmailChange::passwordChange_endsTheWish_andMayStillBeReported()
{
    verify();
    const Links links = begin();
    QCOMPARE(confirm(links.fromNew).value().waitingFor, u"old"_s);
    QVERIFY(m_world->changes.setPassword(m_pair.user.id, u"four others that nobody knows"_s, u"test"_s, m_clock.now()));
    QCOMPARE(confirm(links.fromOld).error().code, ErrorCode::InvalidLink);
    QCOMPARE(ann().email, u"ann@example.com"_s);
    m_clock.advance(std::chrono::days {6});
    QVERIFY(m_world->core->signInReports.report(links.fromOld, m_world->client, m_clock.now()));
}

void TestEmailChange::report_endsTheWish()
{
    verify();
    const Links links = begin();
    QCOMPARE(confirm(links.fromNew).value().waitingFor, u"old"_s);
    QVERIFY(m_world->core->signInReports.report(links.fromOld, m_world->client, m_clock.now()));
    QVERIFY(!m_world->isGood(m_pair.accessToken));
    QCOMPARE(confirm(links.fromOld).error().code, ErrorCode::InvalidLink);
    QCOMPARE(confirm(links.fromNew).error().code, ErrorCode::InvalidLink);
    const Mail reset = Mailbox(*m_world).takeOne(MailKind::ResetPassword);
    QCOMPARE(reset.to, u"ann@example.com"_s);
}

/// What strangers have their mails counted by is not what the owner's are.
void TestEmailChange::report_isNotCountedWithWhatStrangersAskFor()
{
    verify();
    const Links links = begin();
    QVERIFY(m_world->core->signInReports.report(links.fromOld, m_world->client, m_clock.now()));
    const auto rows = OutboxStore::page(m_world->database->reader(), {.text = {}, .state = MailState::Queued}, {}, 10).value();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows.first().kind, u"reset_password"_s);
    QVERIFY(!rows.first().isAsked);
}

void TestEmailChange::adminsChange_voidsLinks_andTellsTheOldAddress()
{
    verify();
    QVERIFY(m_world->core->emailVerification.ask(u"ann@example.com"_s, m_world->client, m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList()); // it is verified
    const Links links = begin();
    QVERIFY(m_world->changes.edit(m_pair.user.id, {.email = u"bea@example.com"_s}, u"test"_s, m_clock.now()));
    QCOMPARE(confirm(links.fromNew).error().code, ErrorCode::InvalidLink);
    QVERIFY(!ann().emailVerified);
    const Mail told = Mailbox(*m_world).takeOne(MailKind::EmailChanged);
    QCOMPARE(told.to, u"ann@example.com"_s);
    QVERIFY(m_world->changes.edit(m_pair.user.id, {.name = u"Ann"_s}, u"test"_s, m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList());
}

void TestEmailChange::sessions_stay()
{
    QVERIFY(confirm(begin().fromNew).value().isDone);
    QVERIFY(m_world->isGood(m_pair.accessToken));
    const auto next = m_world->refresh(m_pair.refreshToken);
    QCOMPARE(next->user.email, u"ann@example.org"_s);
}

QTEST_GUILESS_MAIN(TestEmailChange)
#include "TestEmailChange.moc"
