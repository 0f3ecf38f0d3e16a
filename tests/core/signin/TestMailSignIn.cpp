#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/Challenges.h"
#include "core/signin/MailSignIn.h"
#include "core/storage/Database.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/Mailbox.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <atomic>
#include <barrier>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Sign-in by a link or six digits of a mail.
class TestMailSignIn : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void link_signsIn();
    void digits_signIn_inTheBrowserThatAsked_data();
    void digits_signIn_inTheBrowserThatAsked();
    void linkAndDigits_areOne_data();
    void linkAndDigits_areOne();
    void wrongDigits_areFive_alsoAtOnce();
    void wrongDigits_leaveTheLinkGood();
    void guessing_mustWait_butNotTheLink();
    void loginToken_givesNoLink();
    void unknownAddress_looksLikeAKnownOne_data();
    void unknownAddress_looksLikeAKnownOne();
    void usedSignIn_looksLikeAnUnusedOne();
    void furtherMails_endTheFirst_unseen();
    void digits_ofAMailThatWasNotSent_areWrong();
    void secondFactor_isAskedFor();
    void trustedBrowser_isNotAsked();
    void address_isProved();
    void firstProof_putsOutWhoeverWasThere_data();
    void firstProof_putsOutWhoeverWasThere();
    void accountWithoutPassword_signsIn();
    void disabledAccount_getsNothing();
    void turnedOff_isNotConfigured_data();
    void turnedOff_isNotConfigured();
    void digits_areRandom();

private:
    static CorePolicies withMailSignIn()
    {
        CorePolicies policies = quickPolicies;
        policies.signIn.byMail = true;
        return policies;
    }
    MailSignIn &byMail() { return m_world->core->mailSignIn; }
    MailSignInTicket begin(const QString &email = u"ann@example.com"_s)
    {
        return byMail().begin(email, m_world->client, m_clock.now()).value();
    }
    Mail mail() { return Mailbox(*m_world).takeOne(MailKind::SignInLink); }
    Result<SignInOutcome> byLink(const QByteArray &token, const SignInBaggage &baggage = {})
    {
        return byMail().byLink(token, m_world->client, m_clock.now(), baggage);
    }
    Result<SignInOutcome> byCode(const MailSignInTicket &ticket, const QString &code)
    {
        return byMail().byCode(ticket.loginToken, code, m_world->client, m_clock.now());
    }
    static QString wrong(const QString &code) { return code == "000000"_L1 ? u"000001"_s : u"000000"_s; }
    qsizetype recorded(QLatin1StringView type) { return AuditStore::newest(m_world->database->reader(), {}, type, 100).value().size(); }

    TokenPair m_pair;
};

void TestMailSignIn::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    reopen(withMailSignIn());
    m_pair = m_world->join(u"ann@example.com"_s).value();
    Mailbox(*m_world).takeAll();
}

void TestMailSignIn::link_signsIn()
{
    const auto ticket = begin();
    QCOMPARE(ticket.loginToken.size(), 43);
    QCOMPARE(ticket.life, std::chrono::minutes {10});
    const Mail sent = mail();
    QCOMPARE(sent.to, u"ann@example.com"_s);
    QCOMPARE(sent.useBy, m_clock.now() + std::chrono::minutes {10});
    QVERIFY(sent.token != ticket.loginToken);
    const auto pair = tokensOf(byLink(sent.token));
    QVERIFY(pair);
    QVERIFY(m_world->isGood(pair->accessToken));
    QCOMPARE(pair->session.method, u"email"_s);
    QCOMPARE(pair->session.amr, QStringList {u"email"_s});
    QCOMPARE(recorded(audit::loginSucceeded), 1);
    QCOMPARE(AuditStore::newest(m_world->database->reader(), {}, audit::loginSucceeded, 1)->first().details["method"_L1], u"email"_s);
}

void TestMailSignIn::digits_signIn_inTheBrowserThatAsked_data()
{
    QTest::addColumn<QString>("form");
    QTest::newRow("as they are") << u"%1%2"_s;
    QTest::newRow("with a blank") << u" %1 %2 "_s;
    QTest::newRow("with a hyphen") << u"%1-%2"_s;
}

void TestMailSignIn::digits_signIn_inTheBrowserThatAsked()
{
    QFETCH(QString, form);
    const auto ticket = begin();
    const auto others = begin(); // another browser's
    const auto sent = Mailbox(*m_world).takeAll();
    QCOMPARE(sent.size(), 2);
    QSet<QString> codes;
    for (const Mail &each : sent) {
        QCOMPARE(each.code.size(), 6);
        codes += each.code;
    }
    const auto codeOf = [&](const MailSignInTicket &one) {
        for (const Mail &each : sent) {
            if (byCode(one, form.arg(each.code.first(3), each.code.sliced(3))))
                return each.code;
        }
        return QString();
    };
    const QString mine = codeOf(ticket);
    QVERIFY(codes.contains(mine));
    if (codes.size() == 2)
        QVERIFY(codeOf(others) != mine);
}

void TestMailSignIn::linkAndDigits_areOne_data()
{
    QTest::addColumn<bool>("linkFirst");
    QTest::newRow("the link first") << true;
    QTest::newRow("the digits first") << false;
}

void TestMailSignIn::linkAndDigits_areOne()
{
    QFETCH(bool, linkFirst);
    const auto ticket = begin();
    const Mail sent = mail();
    QVERIFY(linkFirst ? byLink(sent.token) : byCode(ticket, sent.code));
    QCOMPARE(byLink(sent.token).error().code, ErrorCode::InvalidLink);
    QCOMPARE(byCode(ticket, sent.code).error().code, ErrorCode::InvalidInput);
}

void TestMailSignIn::wrongDigits_areFive_alsoAtOnce()
{
    const auto ticket = begin();
    const Mail sent = mail();
    std::atomic<int> looked {0};
    std::atomic<int> over {0};
    std::barrier together(16);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            together.arrive_and_wait();
            const auto answer = byCode(ticket, wrong(sent.code));
            looked += answer.error().code == ErrorCode::InvalidInput;
            over += answer.error().code == ErrorCode::InvalidLink || answer.error().code == ErrorCode::LimitReached;
        });
    threads.clear();
    QCOMPARE(looked, 5);
    QCOMPARE(over, 11);
    QCOMPARE(byCode(ticket, sent.code).error().code, ErrorCode::InvalidLink); // the right ones come too late
    QCOMPARE(recorded(audit::loginFailed), 5);
}

/// Whoever asks for a mail to somebody else's address must not void what that one may do with it.
void TestMailSignIn::wrongDigits_leaveTheLinkGood()
{
    const auto ticket = begin();
    const Mail sent = mail();
    for (int i = 0; i < 7; ++i)
        QVERIFY(!byCode(ticket, wrong(sent.code)));
    QVERIFY(byLink(sent.token));
}

void TestMailSignIn::guessing_mustWait_butNotTheLink()
{
    int looked = 0;
    for (int i = 0; i < 4; ++i) {
        const auto ticket = begin();
        const Mail sent = mail();
        for (int k = 0; k < 5; ++k)
            looked += byCode(ticket, wrong(sent.code)).error().code == ErrorCode::InvalidInput;
        m_clock.advance(Milliseconds {1});
    }
    QCOMPARE(looked, 11); // ten are free, and the next one makes wait
    const auto ticket = begin();
    const Mail sent = mail();
    QCOMPARE(byCode(ticket, sent.code).error().code, ErrorCode::LimitReached);
    QVERIFY(byLink(sent.token));
    begin(u"nobody@example.com"_s); // others wait for nothing
    QCOMPARE(byCode(begin(u"nobody@example.com"_s), u"123456"_s).error().code, ErrorCode::InvalidInput);
}

void TestMailSignIn::loginToken_givesNoLink()
{
    const auto ticket = begin();
    const Mail sent = mail();
    QCOMPARE(byLink(ticket.loginToken).error().code, ErrorCode::InvalidLink);
    QCOMPARE(byMail().byCode(sent.token, sent.code, m_world->client, m_clock.now()).error().code, ErrorCode::InvalidLink);
    QVERIFY(byLink(sent.token));
}

void TestMailSignIn::unknownAddress_looksLikeAKnownOne_data()
{
    QTest::addColumn<QString>("email");
    QTest::newRow("known") << u"ann@example.com"_s;
    QTest::newRow("unknown") << u"nobody@example.com"_s;
    QTest::newRow("disabled") << u"dan@example.com"_s;
}

void TestMailSignIn::unknownAddress_looksLikeAKnownOne()
{
    QFETCH(QString, email);
    const User dan = m_world->add(u"dan@example.com"_s);
    QVERIFY(m_world->changes.setDisabled(dan.id, true, u"test"_s, m_clock.now()));
    const auto ticket = begin(email);
    QCOMPARE(ticket.loginToken.size(), 43);
    const auto sent = Mailbox(*m_world).takeAll();
    const QString guess = sent.isEmpty() ? u"123456"_s : wrong(sent.first().code);
    for (int i = 0; i < 5; ++i) {
        const auto answer = byCode(ticket, guess);
        QCOMPARE(answer.error().code, ErrorCode::InvalidInput);
        QCOMPARE(answer.error().faults.first().context["code"_L1], u"code_wrong"_s);
    }
    QCOMPARE(byCode(ticket, guess).error().code, ErrorCode::InvalidLink);
    QCOMPARE(recorded(audit::loginFailed), 5);
    m_clock.advance(std::chrono::minutes {10});
    QCOMPARE(byCode(ticket, guess).error().code, ErrorCode::InvalidLink);
}

/// Else whoever asked would see that somebody with this address followed the link.
void TestMailSignIn::usedSignIn_looksLikeAnUnusedOne()
{
    const auto ticket = begin();
    QVERIFY(byLink(mail().token));
    for (int i = 0; i < 5; ++i)
        QCOMPARE(byCode(ticket, u"123456"_s).error().code, ErrorCode::InvalidInput);
    QCOMPARE(byCode(ticket, u"123456"_s).error().code, ErrorCode::InvalidLink);
}

void TestMailSignIn::furtherMails_endTheFirst_unseen()
{
    const auto first = begin();
    const Mail sent = mail();
    for (int i = 0; i < 3; ++i) {
        m_clock.advance(Milliseconds {1});
        begin();
        mail();
    }
    QCOMPARE(byLink(sent.token).error().code, ErrorCode::InvalidLink);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(byCode(first, sent.code).error().code, ErrorCode::InvalidInput);
}

/// Where the address had its most mails nobody looks for an account: guessing the digits is no way round that.
void TestMailSignIn::digits_ofAMailThatWasNotSent_areWrong()
{
    const auto ticket = begin();
    const auto row = m_world->core->challenges.find(*Challenges::idOf(ticket.loginToken), ChallengePurpose::SignInLink, m_clock.now());
    QVERIFY(row && !row->user);
    QCOMPARE(byCode(ticket, row->data["code"_L1].toString()).error().code, ErrorCode::InvalidInput);
}

void TestMailSignIn::secondFactor_isAskedFor()
{
    m_world->proveEmail(m_pair.user.id);
    const SetUp phone = setUpTotp(*m_world, m_pair);
    m_clock.advance(Seconds {30});
    Mailbox(*m_world).takeAll();
    begin();
    const Mail sent = mail();
    const auto outcome = byLink(sent.token);
    QVERIFY(isUnfinished(outcome));
    const auto needed = std::get<FactorNeeded>(*outcome);
    QCOMPARE(needed.methods, QStringList({u"totp"_s, u"recovery_code"_s}));
    QCOMPARE(byLink(sent.token).error().code, ErrorCode::InvalidLink); // spent with the ticket
    const auto finished = m_world->pending.finish(*Challenges::idOf(needed.ticket), TotpProof {phone.app.codeAt(m_clock.now())}, {},
                                                  m_world->client, m_clock.now());
    QVERIFY(finished);
    QCOMPARE(finished->tokens.session.method, u"email"_s);
    QCOMPARE(finished->tokens.session.amr, (QStringList {u"email"_s, u"otp"_s}));
    QVERIFY(finished->tokens.user.emailVerified);
}

void TestMailSignIn::trustedBrowser_isNotAsked()
{
    m_world->proveEmail(m_pair.user.id);
    const SetUp phone = setUpTotp(*m_world, m_pair);
    m_clock.advance(Seconds {30});
    const auto needed = std::get<FactorNeeded>(
        m_world->signIn.byPassword({.email = u"ann@example.com"_s, .password = password}, m_world->client, m_clock.now()).value());
    const auto first = m_world->pending.finish(*Challenges::idOf(needed.ticket), TotpProof {phone.app.codeAt(m_clock.now())},
                                               {.rememberDevice = true}, m_world->client, m_clock.now());
    QVERIFY(first && !first->device.isEmpty());
    Mailbox(*m_world).takeAll();
    begin();
    const auto outcome = byLink(mail().token, {.device = first->device});
    QVERIFY(outcome && !isUnfinished(outcome));
    QVERIFY(!std::get<SignedIn>(*outcome).device.isEmpty());
}

void TestMailSignIn::address_isProved()
{
    QVERIFY(!m_pair.user.emailVerified);
    begin();
    const auto pair = tokensOf(byLink(mail().token));
    QVERIFY(pair->user.emailVerified);
    QVERIFY(m_world->accounts.findById(m_pair.user.id)->emailVerified);
    QCOMPARE(recorded(audit::emailVerified), 1);
}

void TestMailSignIn::firstProof_putsOutWhoeverWasThere_data()
{
    QTest::addColumn<bool>("wasProved");
    QTest::newRow("somebody who registered another's address") << false;
    QTest::newRow("the owner") << true;
}

void TestMailSignIn::firstProof_putsOutWhoeverWasThere()
{
    QFETCH(bool, wasProved);
    const Id user = m_pair.user.id;
    if (wasProved)
        m_world->proveEmail(user);
    else
        setUpTotp(*m_world, m_pair);
    Mailbox(*m_world).takeAll();
    begin();
    const Mail sent = mail();
    const auto pair = tokensOf(byLink(sent.token)); // without a second step
    QVERIFY(pair);
    QVERIFY(m_world->isGood(pair->accessToken));
    QCOMPARE(m_world->isGood(m_pair.accessToken), wasProved);
    QCOMPARE(m_world->login(u"ann@example.com"_s).has_value(), wasProved);
    const User owner = m_world->accounts.findById(user).value();
    QVERIFY(owner.emailVerified && !owner.hasSecondFactor);
    QCOMPARE(owner.passwordScheme.isEmpty(), !wasProved);
    QCOMPARE(recorded(audit::factorsReset), wasProved ? 0 : 1);
    QCOMPARE(byLink(sent.token).error().code, ErrorCode::InvalidLink);
}

void TestMailSignIn::accountWithoutPassword_signsIn()
{
    QVERIFY(
        m_world->database->write([](Transaction &transaction) { return transaction.connection().perform(u"DELETE FROM credentials"_s); }));
    reopen(withMailSignIn());
    begin();
    QVERIFY(tokensOf(byLink(mail().token)));
}

void TestMailSignIn::disabledAccount_getsNothing()
{
    begin();
    const Mail sent = mail();
    const auto late = begin();
    QVERIFY(m_world->changes.setDisabled(m_pair.user.id, true, u"test"_s, m_clock.now()));
    QCOMPARE(Mailbox(*m_world).takeKinds(), QStringList());
    QCOMPARE(byLink(sent.token).error().code, ErrorCode::InvalidLink);
    QCOMPARE(byCode(late, u"123456"_s).error().code, ErrorCode::InvalidInput);
}

void TestMailSignIn::turnedOff_isNotConfigured_data()
{
    QTest::addColumn<bool>("known");
    QTest::newRow("a good link") << true;
    QTest::newRow("nonsense") << false;
}

void TestMailSignIn::turnedOff_isNotConfigured()
{
    QFETCH(bool, known);
    const auto ticket = begin();
    const QByteArray token = known ? mail().token : "x"_ba;
    reopen();
    QCOMPARE(byMail().begin(u"ann@example.com"_s, m_world->client, m_clock.now()).error().code, ErrorCode::NotConfigured);
    QCOMPARE(byLink(token).error().code, ErrorCode::NotConfigured);
    QCOMPARE(byCode(ticket, u"123456"_s).error().code, ErrorCode::NotConfigured);
}

/// Each digit at each place.
void TestMailSignIn::digits_areRandom()
{
    std::array<QSet<QChar>, 6> seen;
    for (int i = 0; i < 150; ++i) {
        const auto ticket = begin(u"nobody-%1@example.com"_s.arg(i));
        const auto row = m_world->core->challenges.find(*Challenges::idOf(ticket.loginToken), ChallengePurpose::SignInLink, m_clock.now());
        const QString code = row->data["code"_L1].toString();
        QCOMPARE(code.size(), 6);
        for (int place = 0; place < 6; ++place)
            seen[place] += code[place];
    }
    for (const QSet<QChar> &digits : seen)
        QCOMPARE(digits.size(), 10);
}

QTEST_GUILESS_MAIN(TestMailSignIn)
#include "TestMailSignIn.moc"
