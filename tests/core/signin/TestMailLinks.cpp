#include "core/accounts/Accounts.h"
#include "core/signin/AccountMails.h"
#include "core/signin/EmailChange.h"
#include "core/signin/EmailVerification.h"
#include "core/signin/MailSignIn.h"
#include "core/signin/PasswordReset.h"
#include "core/signin/SignInReports.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/Mailbox.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <atomic>
#include <barrier>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QString annsAddress = u"ann@example.com"_s;
const QString otherPassword = u"four others that nobody knows"_s;

/// A thing that a mail's link does: how the mail comes about, and what the link does once.
struct Flow
{
    const char *name;
    Milliseconds life;
    std::function<QByteArray(World &world, Mailbox &mails)> send; ///< Gives the token.
    std::function<Result<void>(World &world, QByteArrayView token)> use;
};

constexpr auto forget = [](const auto &) {};

Id annOf(World &world) { return world.accounts.findByEmail(annsAddress).value()->id; }

QByteArray tokenOf(const QList<Mail> &mails, MailKind kind)
{
    const auto found = std::ranges::find(mails, kind, &Mail::kind);
    return found == mails.end() ? QByteArray() : found->token;
}

QByteArray askForNewAddress(World &world, Mailbox &mails, MailKind kind)
{
    const Id session = world.sessions.findByUser(annOf(world), world.clock.now()).value().value(0).id;
    (void)world.core->emailChange.begin(annOf(world), session, u"ann@example.org"_s, world.client, world.clock.now());
    return tokenOf(mails.takeAll(), kind);
}

Result<void> agree(World &world, QByteArrayView token)
{
    return world.core->emailChange.confirm(token, world.clock.now()).transform(forget);
}

const QList<Flow> &flows()
{
    static const QList<Flow> all {
        {.name = "verification",
         .life = AccountMails::verifyLife,
         .send =
             [](World &world, Mailbox &mails) {
                 (void)world.core->emailVerification.ask(annsAddress, world.client, world.clock.now());
                 return tokenOf(mails.takeAll(), MailKind::VerifyEmail);
             },
         .use = [](World &world,
                   QByteArrayView token) { return world.core->emailVerification.confirm(token, world.clock.now()).transform(forget); }},
        {.name = "reset",
         .life = AccountMails::resetLife,
         .send =
             [](World &world, Mailbox &mails) {
                 (void)world.core->passwordReset.ask(annsAddress, world.client, world.clock.now());
                 return tokenOf(mails.takeAll(), MailKind::ResetPassword);
             },
         .use =
             [](World &world, QByteArrayView token) {
                 return world.core->passwordReset.finish(token, otherPassword, world.client, world.clock.now()).transform(forget);
             }},
        {.name = "sign-in",
         .life = AccountMails::signInLife,
         .send =
             [](World &world, Mailbox &mails) {
                 (void)world.core->mailSignIn.begin(annsAddress, world.client, world.clock.now());
                 return tokenOf(mails.takeAll(), MailKind::SignInLink);
             },
         .use =
             [](World &world, QByteArrayView token) {
                 return world.core->mailSignIn.byLink(token, world.client, world.clock.now()).transform(forget);
             }},
        {.name = "new address",
         .life = AccountMails::changeLife,
         .send = [](World &world, Mailbox &mails) { return askForNewAddress(world, mails, MailKind::EmailChangeConfirm); },
         .use = agree},
        {.name = "old address",
         .life = AccountMails::changeLife,
         .send = [](World &world, Mailbox &mails) { return askForNewAddress(world, mails, MailKind::EmailChangeNotice); },
         .use = agree},
        {.name = "report",
         .life = AccountMails::reportLife,
         .send =
             [](World &world, Mailbox &mails) {
                 Client thief = world.client;
                 thief.userAgent = u"Mozilla/5.0 (Windows NT 10.0) Firefox/130.0"_s;
                 (void)world.signIn.byPassword({.email = annsAddress, .password = password}, thief, world.clock.now());
                 return tokenOf(mails.takeAll(), MailKind::NewDevice);
             },
         .use = [](World &world,
                   QByteArrayView token) { return world.core->signInReports.report(token, world.client, world.clock.now()); }},
        {.name = "report of a new address",
         .life = AccountMails::reportLife,
         .send = [](World &world, Mailbox &mails) { return askForNewAddress(world, mails, MailKind::EmailChangeNotice); },
         .use = [](World &world,
                   QByteArrayView token) { return world.core->signInReports.report(token, world.client, world.clock.now()); }},
    };
    return all;
}

/// Whether the link of one flow is taken by another: the two addresses agree at one place, and the old one may report as well.
bool isTakenBy(int flow, int other)
{
    constexpr int newAddress = 3;
    constexpr int oldAddress = 4;
    constexpr int report = 5;
    constexpr int reportByOldAddress = 6;
    switch (flow) {
    case newAddress:         return other == newAddress || other == oldAddress;
    case oldAddress:
    case reportByOldAddress: return other >= newAddress;
    case report:             return other >= report;
    default:                 return other == flow;
    }
}

/// What happens to an account between the mail and its link.
struct Event
{
    const char *name;
    std::function<void(World &world)> happen;
    bool voidsLinks = true;
    bool voidsReports = false;
};

const QList<Event> &events()
{
    static const QList<Event> all {
        {"nothing", [](World &) {}, false},
        {"another password", [](World &w) { (void)w.changes.setPassword(annOf(w), otherPassword, u"test"_s, w.clock.now()); }},
        {"disabled", [](World &w) { (void)w.changes.setDisabled(annOf(w), true, u"test"_s, w.clock.now()); }},
        {"disabled and enabled again",
         [](World &w) {
             (void)w.changes.setDisabled(annOf(w), true, u"test"_s, w.clock.now());
             (void)w.changes.setDisabled(annOf(w), false, u"test"_s, w.clock.now());
         }},
        {"another address", [](World &w) { (void)w.changes.edit(annOf(w), {.email = u"ann@example.net"_s}, u"test"_s, w.clock.now()); }},
        {"another name", [](World &w) { (void)w.changes.edit(annOf(w), {.name = u"Ann"_s}, u"test"_s, w.clock.now()); }, false},
        {"a second factor",
         [](World &w) {
             const auto pair = w.login(annsAddress);
             setUpTotp(w, *pair);
         },
         false},
        {"removed", [](World &w) { (void)w.changes.remove(annOf(w), u"test"_s, w.clock.now()); }, true, true},
    };
    return all;
}

} // namespace

/// What holds for the link of every mail: it is good once, for its time, for its purpose, and as long as the account is what it was.
class TestMailLinks : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void link_worksOnce_data() { eachFlow(); }
    void link_worksOnce();
    void link_endsInTime_data();
    void link_endsInTime();
    void link_isForItsPurpose_data();
    void link_isForItsPurpose();
    void changes_voidLinks_data();
    void changes_voidLinks();
    void manyThreads_haveOneWinner_data() { eachFlow(); }
    void manyThreads_haveOneWinner();
    void nonsense_isNoLink_data();
    void nonsense_isNoLink();
    void links_areThreeOfAPurpose_data();
    void links_areThreeOfAPurpose();
    void restart_keepsLinks_data() { eachFlow(); }
    void restart_keepsLinks();
    void rotatedMasterKey_keepsLinks();

private:
    static CorePolicies withMailSignIn()
    {
        CorePolicies policies = quickPolicies;
        policies.signIn.byMail = true;
        return policies;
    }
    static void eachFlow();
    const Flow &flow() const
    {
        QFETCH(int, index);
        return flows()[index];
    }
    QByteArray send()
    {
        Mailbox mails(*m_world);
        const QByteArray token = flow().send(*m_world, mails);
        if (token.size() != 43)
            qFatal("there was no link in the mail");
        return token;
    }
    Result<void> use(const QByteArray &token) { return flow().use(*m_world, token); }
};

void TestMailLinks::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    reopen(withMailSignIn());
    QVERIFY(m_world->join(annsAddress));
    Mailbox(*m_world).takeAll();
}

void TestMailLinks::eachFlow()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < flows().size(); ++i)
        QTest::newRow(flows()[i].name) << i;
}

void TestMailLinks::link_worksOnce()
{
    const QByteArray token = send();
    const auto done = use(token);
    QVERIFY2(done, done ? "" : qPrintable(done.error().detail));
    QCOMPARE(use(token).error().code, ErrorCode::InvalidLink);
}

void TestMailLinks::link_endsInTime_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<bool>("isInTime");
    for (int i = 0; i < flows().size(); ++i) {
        QTest::addRow("%s, one ms before", flows()[i].name) << i << true;
        QTest::addRow("%s, exactly then", flows()[i].name) << i << false;
    }
}

void TestMailLinks::link_endsInTime()
{
    QFETCH(bool, isInTime);
    const QByteArray token = send();
    m_clock.advance(flow().life - Milliseconds {isInTime ? 1 : 0});
    QCOMPARE(use(token).has_value(), isInTime);
}

void TestMailLinks::link_isForItsPurpose_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("other");
    for (int i = 0; i < flows().size(); ++i) {
        for (int k = 0; k < flows().size(); ++k) {
            if (!isTakenBy(i, k))
                QTest::addRow("%s for %s", flows()[i].name, flows()[k].name) << i << k;
        }
    }
}

void TestMailLinks::link_isForItsPurpose()
{
    QFETCH(int, other);
    const QByteArray token = send();
    QCOMPARE(flows()[other].use(*m_world, token).error().code, ErrorCode::InvalidLink);
    QVERIFY(use(token)); // nothing was spent
}

void TestMailLinks::changes_voidLinks_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("event");
    QTest::addColumn<bool>("isGood");
    for (int i = 0; i < flows().size(); ++i) {
        const bool isReport = QByteArrayView(flows()[i].name).startsWith("report");
        for (int k = 0; k < events().size(); ++k)
            QTest::addRow("%s, %s", flows()[i].name, events()[k].name)
                << i << k << !(isReport ? events()[k].voidsReports : events()[k].voidsLinks);
    }
}

void TestMailLinks::changes_voidLinks()
{
    QFETCH(int, event);
    QFETCH(bool, isGood);
    const QByteArray token = send();
    events()[event].happen(*m_world);
    const auto done = use(token);
    QCOMPARE(done.has_value(), isGood);
    if (!isGood)
        QCOMPARE(done.error().code, ErrorCode::InvalidLink);
}

void TestMailLinks::manyThreads_haveOneWinner()
{
    const QByteArray token = send();
    std::atomic<int> won {0};
    std::atomic<int> over {0};
    std::barrier together(16);
    std::vector<std::jthread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            together.arrive_and_wait();
            const auto done = use(token);
            won += done.has_value();
            over += !done && done.error().code == ErrorCode::InvalidLink;
        });
    threads.clear();
    QCOMPARE(won, 1);
    QCOMPARE(over, 15);
}

void TestMailLinks::nonsense_isNoLink_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("short") << "AAAA"_ba;
    QTest::newRow("long") << QByteArray(60'000, 'A');
    QTest::newRow("nobody's") << QByteArray(43, 'A');
    QTest::newRow("padded") << QByteArray(43, 'A') + '=';
    QTest::newRow("NUL") << QByteArray(43, '\0');
    QTest::newRow("not base64url") << QByteArray(43, '+');
}

void TestMailLinks::nonsense_isNoLink()
{
    QFETCH(QByteArray, token);
    for (const Flow &each : flows())
        QCOMPARE(each.use(*m_world, token).error().code, ErrorCode::InvalidLink);
}

void TestMailLinks::links_areThreeOfAPurpose_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < 3; ++i) // of a change of the address there is one, and reports are ten
        QTest::newRow(flows()[i].name) << i;
}

void TestMailLinks::links_areThreeOfAPurpose()
{
    QList<QByteArray> tokens;
    for (int i = 0; i < 4; ++i) {
        tokens += send();
        m_clock.advance(Milliseconds {1});
    }
    QCOMPARE(use(tokens[0]).error().code, ErrorCode::InvalidLink);
    QVERIFY(use(tokens[1]));
}

void TestMailLinks::restart_keepsLinks()
{
    const QByteArray token = send();
    reopen(withMailSignIn());
    QVERIFY(use(token));
}

/// Links are sealed within the transaction of their cause, where nobody may hold the keys.
void TestMailLinks::rotatedMasterKey_keepsLinks()
{
    Mailbox mails(*m_world);
    const QByteArray before = flows()[1].send(*m_world, mails);
    QVERIFY(m_world->core->masterKeys.rotate(u"test"_s, m_clock.now()));
    const QByteArray after = flows()[1].send(*m_world, mails);
    QVERIFY(m_world->core->passwordReset.ownerOf(before, m_clock.now()));
    QVERIFY(m_world->core->passwordReset.ownerOf(after, m_clock.now()));
}

QTEST_GUILESS_MAIN(TestMailLinks)
#include "TestMailLinks.moc"
