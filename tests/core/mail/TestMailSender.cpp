#include "core/mail/MailLimits.h"
#include "core/mail/SealedMail.h"
#include "core/telemetry/Health.h"
#include "tests/support/LogCapture.h"
#include "tests/support/MailWorld.h"
#include "tests/support/WorldTest.h"

#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

namespace {

const QString recipient = u"ann@example.com"_s;

Mail linkFor(const QString &to) { return {.kind = MailKind::VerifyEmail, .to = to, .token = "secret-of-a-link"}; }
Mail notice(const QString &to) { return {.kind = MailKind::PasswordChanged, .to = to}; }

} // namespace

/// How mails leave the outbox: tried again, given up, limited, and never twice under two names.
class TestMailSender : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void sent_saysWhatTheServerSaid();
    void refused_isTriedAgain_withGrowingPauses();
    void refusedForGood_fails();
    void serverInTrouble_letsAllRest_andLosesNothing();
    void wrongPassword_losesNothing();
    void newSettings_endTheRest();
    void incompleteSettings_areTold_data();
    void incompleteSettings_areTold();
    void crashBetween_sendsTheSameMessageAgain();
    void stopped_isTriedAgain();
    void overInTheMeantime_isDropped();
    void lifetime_isThatOfTheMoment();
    void nonsenseAddress_failsAtOnce();
    void recipient_getsSoManyAndNoMore_data();
    void recipient_getsSoManyAndNoMore();
    void notices_areCountedApart();
    void requests_beyondTheLimit_areNotLookedUp_data();
    void requests_beyondTheLimit_areNotLookedUp();
    void requests_restWithTheMails();
    void requests_thatFail_areTriedAgain();
    void hour_hasRoomForSoMany();
    void hour_keepsRoomForNotices();
    void clockSetBack_holdsNothingUp();
    void clockThatWasAhead_countsNothing();
    void damagedRow_failsAlone();
    void fullDisk_losesNothing();
    void fileTransport_writesForItsOwner();
    void logTransport_saysSubjectAndLink();

private:
    MailSender &sender() { return m_world->core->mailSender; }
    bool has(const QString &problem) const { return m_world->core->health.has(problem); }
    std::unique_ptr<MailSteps> m_mail;
};

void TestMailSender::init()
{
    WorldTest::init();
    m_mail = std::make_unique<MailSteps>(*m_world);
}

void TestMailSender::cleanup()
{
    m_mail.reset();
    WorldTest::cleanup();
}

void TestMailSender::sent_saysWhatTheServerSaid()
{
    m_mail->sink.behave({.toContent = "250 queued as 4711"});
    m_mail->queue(linkFor(recipient));
    QCOMPARE(m_mail->drain(), std::optional<TimePoint>());
    const OutboxRow row = m_mail->row();
    QCOMPARE(row.state, MailState::Sent);
    QCOMPARE(row.lastLine, u"250 queued as 4711"_s);
    QCOMPARE(row.attempts, 1);
    QCOMPARE(row.endedAt, m_clock.now());
    const QByteArray message = m_mail->sink.mails().first().message;
    QVERIFY(message.contains("<" + row.id.toString().toLatin1() + "@example.com>"));
    QVERIFY(message.contains("http://localhost:3000/verify?token=3Dsecret-of-a-link"));
}

void TestMailSender::refused_isTriedAgain_withGrowingPauses()
{
    m_mail->sink.behave({.toRecipient = "451 later"});
    m_mail->queue(linkFor(recipient));
    Milliseconds least = 8s;
    Milliseconds most = 12s;
    for (int attempt = 1; attempt < mail_limits::mostAttempts; ++attempt) {
        const auto next = m_mail->drain();
        QCOMPARE(m_mail->row().attempts, attempt);
        QCOMPARE(m_mail->row().state, MailState::Queued);
        QCOMPARE(m_mail->row().lastLine, u"451 later"_s);
        QVERIFY(next && *next == m_mail->row().dueAt);
        const Milliseconds pause = *next - m_clock.now();
        QVERIFY2(pause >= least && pause <= most, QByteArray::number(qlonglong(pause.count())));
        QVERIFY(!m_mail->step().didSomething);
        m_clock.advance(pause);
        least = std::min<Milliseconds>(least * 4, 48min);
        most = std::min<Milliseconds>(most * 4, 72min);
    }
    m_mail->drain();
    QCOMPARE(m_mail->row().state, MailState::Failed);
    QCOMPARE(m_mail->row().attempts, mail_limits::mostAttempts);
    QVERIFY(!m_mail->row().sealed.isEmpty()); // an operator may have it tried again
    QVERIFY(!has(u"mail_not_sent"_s));        // it is about one mailbox
}

void TestMailSender::refusedForGood_fails()
{
    m_mail->sink.behave({.toRecipient = "550 no such user"});
    m_mail->queue(linkFor(recipient));
    m_mail->queue(linkFor(u"bob@example.com"_s));
    m_mail->drain();
    QCOMPARE(m_mail->states(), QList<MailState>(2, MailState::Failed));
    QCOMPARE(m_mail->row().attempts, 1);
    QCOMPARE(m_mail->row().lastLine, u"550 no such user"_s);
}

void TestMailSender::serverInTrouble_letsAllRest_andLosesNothing()
{
    m_mail->sink.behave({.greeting = "554 not now"});
    for (int i = 0; i < 20; ++i)
        m_mail->queue(linkFor(u"user%1@example.com"_s.arg(i)));
    LogCapture log;
    for (int i = 0; i < 100; ++i) { // through an outage of some hours
        const auto next = m_mail->drain();
        QVERIFY(next && *next > m_clock.now() && *next - m_clock.now() <= 6min);
        m_clock.advance(*next - m_clock.now());
    }
    QVERIFY(has(u"mail_not_sent"_s));
    QCOMPARE(log.text().count("mail_not_sent"), 1);
    QVERIFY(m_mail->sink.connections() <= 101);
    m_mail->sink.behave({});
    for (int i = 0; i < 100; ++i) {
        const auto next = m_mail->drain();
        if (!next)
            break;
        m_clock.advance(std::max(*next - m_clock.now(), Milliseconds {0}));
    }
    QCOMPARE(m_mail->states(), QList<MailState>(20, MailState::Sent));
    QVERIFY(!has(u"mail_not_sent"_s));
    QCOMPARE(log.text().count("mail_sent_again"), 1);
}

void TestMailSender::wrongPassword_losesNothing()
{
    m_mail->sink.behave({.user = "ann", .password = "right"});
    m_mail->set({u"mail.smtp_auth=password"_s, u"mail.smtp_user=ann"_s});
    const auto withPassword = [this](const QString &text) {
        const SettingLayers secret {
            {.source = SettingSource::File, .sourceName = u"here"_s, .key = u"mail.smtp_password"_s, .value = text, .problem = {}}};
        const QStringList rest {
            u"mail.transport=smtp"_s, u"mail.smtp_host=127.0.0.1"_s,       u"mail.smtp_security=none"_s,
            u"mail.smtp_user=ann"_s,  u"mail.from=no-reply@example.com"_s, u"mail.smtp_port=%1"_s.arg(m_mail->sink.port())};
        m_world->core->settings.replace(Settings::load(secret + readCommandLine(rest)).value());
    };
    withPassword(u"wrong"_s);
    m_mail->queue(linkFor(recipient));
    m_mail->drain();
    QCOMPARE(m_mail->row().state, MailState::Queued);
    QVERIFY2(m_mail->row().lastLine.contains("535"_L1), qPrintable(m_mail->row().lastLine));
    QVERIFY(has(u"mail_not_sent"_s));
    withPassword(u"right"_s);
    m_clock.advance(1min);
    m_mail->drain();
    QCOMPARE(m_mail->row().state, MailState::Sent);
    QCOMPARE(m_mail->sink.mails().first().login, "PLAIN ann right"_ba);
}

void TestMailSender::newSettings_endTheRest()
{
    m_mail->sink.behave({.greeting = "554 not now"});
    m_mail->queue(linkFor(recipient));
    m_mail->queue(linkFor(u"bob@example.com"_s));
    m_mail->drain();
    QCOMPARE(m_mail->sink.connections(), 1);
    m_mail->sink.behave({});
    m_mail->drain();
    QCOMPARE(m_mail->sink.connections(), 1); // they rest
    sender().endRest();
    m_mail->drain();
    QCOMPARE(m_mail->sink.mails().size(), 1); // the other one has a pause of its own
}

void TestMailSender::incompleteSettings_areTold_data()
{
    QTest::addColumn<QStringList>("settings");
    QTest::addColumn<QString>("told");
    QTest::newRow("no server") << QStringList {u"mail.smtp_host="_s} << u"mail.smtp_host is empty"_s;
    QTest::newRow("no sender") << QStringList {u"mail.from="_s} << u"mail.from is empty"_s;
    QTest::newRow("a sender that no server takes")
        << QStringList {u"mail.from=no-reply@example..com"_s} << u"mail.from is no address that mail servers take"_s;
    QTest::newRow("an address for answers that no server takes")
        << QStringList {u"mail.reply_to=help@example..com"_s} << u"mail.reply_to is no address that mail servers take"_s;
    QTest::newRow("no user") << QStringList {u"mail.smtp_auth=password"_s} << u"mail.smtp_user or mail.smtp_password is empty"_s;
}

void TestMailSender::incompleteSettings_areTold()
{
    QFETCH(const QStringList, settings);
    QFETCH(const QString, told);
    m_mail->set(settings);
    m_mail->queue(linkFor(recipient));
    const auto next = m_mail->drain();
    QVERIFY(next && *next > m_clock.now()); // no hurry
    QCOMPARE(m_mail->row().attempts, 0);    // no try is lost
    QVERIFY(has(u"mail_not_sent"_s));
    QVERIFY2(m_world->core->health.problems().first().detail.startsWith(told), qPrintable(m_world->core->health.problems().first().detail));
    m_mail->set({});
    m_mail->drain();
    QCOMPARE(m_mail->row().state, MailState::Sent);
    QVERIFY(!has(u"mail_not_sent"_s));
}

/// The mail is out, and nobody wrote that down.
void TestMailSender::crashBetween_sendsTheSameMessageAgain()
{
    m_mail->queue(linkFor(recipient));
    const Id id = m_mail->row().id;
    QVERIFY(m_world->database->write(
        [&](DbConnection &connection) { return OutboxStore::lease(connection, id, m_clock.now(), m_clock.now() + MailSender::lease); }));
    const Mail mail = sealed_mail::mailOf(m_mail->row(), m_world->core->mailSealer).value();
    const MailPolicy policy = MailPolicy::from(m_world->core->settings.get());
    QCOMPARE(sender().delivery().deliver(id, mail, policy, m_clock.now(), m_mail->goesOn).fate, MailFate::Sent);
    m_mail.reset();
    reopen();
    m_mail = std::make_unique<MailSteps>(*m_world);
    QCOMPARE(m_mail->row().state, MailState::Sending);
    m_clock.advance(MailSender::lease - 1ms);
    m_mail->drain();
    QVERIFY(m_mail->sink.mails().isEmpty()); // another one may have it in hand still
    m_clock.advance(1ms);
    m_mail->drain();
    QCOMPARE(m_mail->row().state, MailState::Sent);
    QCOMPARE(m_mail->row().attempts, 2);
    QVERIFY(m_mail->sink.mails().first().message.contains("<" + id.toString().toLatin1() + "@example.com>"));
}

void TestMailSender::stopped_isTriedAgain()
{
    m_mail->queue(linkFor(recipient));
    const std::atomic<bool> stop {true};
    QVERIFY(sender().step(m_clock.now(), stop).didSomething);
    QCOMPARE(m_mail->row().state, MailState::Queued);
    QCOMPARE(m_mail->row().attempts, 0);
    QCOMPARE(m_mail->row().dueAt, m_clock.now());
    QVERIFY(!has(u"mail_not_sent"_s));
    m_mail->drain();
    QCOMPARE(m_mail->row().state, MailState::Sent);
}

void TestMailSender::overInTheMeantime_isDropped()
{
    Mail mail = linkFor(recipient);
    mail.useBy = m_clock.now() + 10min;
    m_mail->queue(mail);
    m_clock.advance(10min);
    m_mail->drain();
    QCOMPARE(m_mail->row().state, MailState::Dropped);
    QVERIFY(m_mail->row().sealed.isEmpty());
    QVERIFY(m_mail->sink.mails().isEmpty());
}

void TestMailSender::lifetime_isThatOfTheMoment()
{
    Mail mail = linkFor(recipient);
    mail.useBy = m_clock.now() + 60min;
    m_mail->sink.behave({.greylisted = 1});
    m_mail->queue(mail);
    m_mail->drain();
    m_clock.advance(30min);
    m_mail->drain();
    QVERIFY(m_mail->sink.mails().first().message.contains("The link works for 30 minutes."));
}

void TestMailSender::nonsenseAddress_failsAtOnce()
{
    for (const QString &evil : {u"a@b.example>\r\nRCPT TO:<x@y.example"_s, u"nobody"_s, QString()})
        m_mail->queue(linkFor(evil));
    m_mail->drain();
    QCOMPARE(m_mail->states(), QList<MailState>(3, MailState::Failed));
    QCOMPARE(m_mail->sink.connections(), 0);
}

void TestMailSender::recipient_getsSoManyAndNoMore_data()
{
    QTest::addColumn<bool>("asked");
    QTest::addColumn<int>("burst");
    QTest::addColumn<int>("aDay");
    QTest::newRow("what strangers cause") << true << 3 << 10;
    QTest::newRow("notices") << false << 10 << 50;
}

void TestMailSender::recipient_getsSoManyAndNoMore()
{
    QFETCH(const bool, asked);
    QFETCH(const int, burst);
    QFETCH(const int, aDay);
    const auto another = [&](const QString &to = u"Ann@EXAMPLE.com"_s) {
        m_mail->queue(asked ? linkFor(to) : notice(to));
        m_mail->drain();
    };
    const auto sent = [this] { return m_mail->states().count(MailState::Sent); };
    for (int i = 0; i < burst + 2; ++i)
        another(i % 2 == 0 ? recipient : u"Ann@EXAMPLE.com"_s);
    QCOMPARE(sent(), burst);
    another(u"bob@example.com"_s);
    QCOMPARE(sent(), burst + 1);
    m_clock.advance(59s);
    another();
    QCOMPARE(sent(), burst + 1);
    m_clock.advance(1s);
    another();
    QCOMPARE(sent(), burst + 2);
    for (int i = 0; i < 2 * aDay; ++i) {
        m_clock.advance(1min);
        another();
    }
    QCOMPARE(sent(), aDay + 1);
    m_clock.advance(24h);
    another();
    QCOMPARE(sent(), aDay + 2);
    QVERIFY(m_mail->states().count(MailState::Dropped) > 0);
    QVERIFY(!has(u"mail_not_sent"_s));
}

/// Else whoever guesses a password would first spend what its owner would hear of it by.
void TestMailSender::notices_areCountedApart()
{
    for (int i = 0; i < 20; ++i)
        m_mail->queue(linkFor(recipient));
    m_mail->queue(notice(recipient));
    m_mail->drain();
    QCOMPARE(m_mail->states().count(MailState::Sent), 4);
    QVERIFY(m_mail->sink.mails().last().message.contains("Your password was changed"));
}

void TestMailSender::requests_beyondTheLimit_areNotLookedUp_data()
{
    QTest::addColumn<QString>("address"); // its key, by which accounts are found
    QTest::addColumn<QString>("spelled");
    QTest::newRow("as it is") << recipient << recipient;
    QTest::newRow("two letters that are one") << u"\u03c3\u03b1\u03c3@example.com"_s << u"\u03c3\u03b1\u03c2@example.com"_s;
}

void TestMailSender::requests_beyondTheLimit_areNotLookedUp()
{
    QFETCH(const QString, address);
    QFETCH(const QString, spelled);
    m_mail->requests.known = {address};
    m_mail->requests.spelled = spelled;
    const auto ask = [&] { QVERIFY(m_world->core->outbox.ask({.address = address}, m_clock.now())); };
    for (int i = 0; i < 5; ++i)
        ask();
    LogCapture log;
    m_mail->drain();
    QCOMPARE(m_mail->requests.asked.size(), 3);
    QCOMPARE(m_mail->sink.mails().size(), 3);
    QCOMPARE(m_mail->rows().size(), 3); // no trace of the others
    QVERIFY(log.text().contains("mail_limited") && !log.text().contains("ann@example.com"));
}

/// Else the hour of a link runs out while nothing can be sent.
void TestMailSender::requests_restWithTheMails()
{
    m_mail->sink.behave({.greeting = "554 not now"});
    m_mail->requests.known = {recipient};
    m_mail->queue(linkFor(u"bob@example.com"_s));
    m_mail->drain();
    QVERIFY(m_world->core->outbox.ask({.address = recipient}, m_clock.now()));
    const auto next = m_mail->drain();
    QVERIFY(next && *next > m_clock.now());
    QVERIFY(m_mail->requests.asked.isEmpty());
    m_clock.advance(15s);
    QVERIFY(m_mail->step().didSomething);
    QVERIFY(m_mail->requests.asked.isEmpty()); // the mail that is there is tried first
    QCOMPARE(m_mail->sink.connections(), 2);
    m_mail->sink.behave({});
    m_clock.advance(5min);
    m_mail->drain();
    QCOMPARE(m_mail->requests.asked.size(), 1);
    QCOMPARE(m_mail->states(), QList<MailState>(2, MailState::Sent));
}

void TestMailSender::requests_thatFail_areTriedAgain()
{
    m_mail->requests.known = {recipient};
    m_mail->requests.fails = true;
    QVERIFY(m_world->core->outbox.ask({.address = recipient}, m_clock.now()));
    QVERIFY(!m_mail->step().didSomething);
    QCOMPARE(m_mail->row().attempts, 1);
    QVERIFY(m_mail->row().isRequest && m_mail->row().dueAt > m_clock.now());
    m_mail->requests.fails = false;
    m_clock.advance(15s);
    m_mail->drain();
    QCOMPARE(m_mail->row().state, MailState::Sent);
    m_mail->requests.fails = true;
    QVERIFY(m_world->core->outbox.ask({.address = recipient}, m_clock.now()));
    for (int i = 0; i < mail_limits::mostAttempts; ++i) {
        m_mail->step();
        m_clock.advance(2h);
    }
    QCOMPARE(m_mail->rows().size(), 1); // given up
}

void TestMailSender::hour_hasRoomForSoMany()
{
    m_mail->set({u"mail.per_hour=3"_s});
    m_mail->requests.known = {u"bob@example.com"_s};
    for (int i = 0; i < 5; ++i) {
        m_mail->queue(linkFor(u"user%1@example.com"_s.arg(i)));
        m_mail->drain();
        m_clock.advance(1min);
    }
    QCOMPARE(m_mail->sink.mails().size(), 3);
    QVERIFY(has(u"mail_limit_reached"_s));
    QVERIFY(m_world->core->outbox.ask({.address = u"bob@example.com"_s}, m_clock.now()));
    QCOMPARE(m_mail->drain(), std::optional(m_clock.now() + 55min - 4ms)); // an hour after the first
    QCOMPARE(m_mail->requests.asked.size(), 1);                            // looked up, so that no request waits longer than another
    m_clock.advance(55min);
    m_mail->drain();
    QCOMPARE(m_mail->sink.mails().size(), 4);
    m_mail->set({});
    m_mail->drain();
    QCOMPARE(m_mail->states(), QList<MailState>(6, MailState::Sent));
    QVERIFY(!has(u"mail_limit_reached"_s));
}

/// Whoever has mails sent to many addresses keeps nobody from hearing that their password was changed.
void TestMailSender::hour_keepsRoomForNotices()
{
    m_mail->set({u"mail.per_hour=10"_s});
    for (int i = 0; i < 12; ++i)
        m_mail->queue(linkFor(u"user%1@example.com"_s.arg(i)));
    const auto next = m_mail->drain();
    QCOMPARE(m_mail->sink.mails().size(), 8);
    QVERIFY(has(u"mail_limit_reached"_s));
    QVERIFY(next && *next > m_clock.now() && *next <= m_clock.now() + 1h);
    for (int i = 0; i < 3; ++i)
        m_mail->queue(notice(u"owner%1@example.com"_s.arg(i)));
    m_mail->drain();
    QCOMPARE(m_mail->sink.mails().size(), 10);
    for (const SmtpSink::Taken &mail : m_mail->sink.mails().last(2))
        QVERIFY(mail.to.startsWith("<owner"));
    m_clock.advance(1h);
    m_mail->drain();
    QCOMPARE(m_mail->sink.mails().size(), 15);
}

void TestMailSender::clockSetBack_holdsNothingUp()
{
    m_clock.advance(24h * 30);
    m_mail->queue(linkFor(recipient));
    m_clock.advance(-24h * 30);
    m_mail->drain();
    QCOMPARE(m_mail->row().state, MailState::Sent);
}

void TestMailSender::clockThatWasAhead_countsNothing()
{
    m_mail->set({u"mail.per_hour=3"_s});
    m_clock.advance(24h * 30);
    for (int i = 0; i < 3; ++i)
        m_mail->queue(linkFor(recipient));
    m_mail->drain();
    m_clock.advance(-24h * 30);
    m_mail->queue(linkFor(recipient));
    m_mail->drain();
    QCOMPARE(m_mail->states(), QList<MailState>(4, MailState::Sent));
    const auto removed = m_world->database->write(
        [this](DbConnection &connection) { return OutboxStore::removeAhead(connection, m_clock.now() + mail_limits::latestDue, 10); });
    QCOMPARE(removed.value(), 3);
    QCOMPARE(m_mail->rows().size(), 1);
}

void TestMailSender::damagedRow_failsAlone()
{
    m_mail->queue(linkFor(recipient));
    QVERIFY(m_world->database->write(
        [](DbConnection &connection) { return connection.perform(u"UPDATE outbox SET sealed = x'0102030405'"_s); }));
    m_mail->queue(linkFor(u"bob@example.com"_s));
    QVERIFY(m_world->core->outbox.ask({.address = recipient}, m_clock.now()));
    QVERIFY(m_world->database->write(
        [](DbConnection &connection) { return connection.perform(u"UPDATE outbox SET sealed = x'0102030405' WHERE is_request = 1"_s); }));
    m_mail->drain();
    QCOMPARE(m_mail->states().count(MailState::Failed), 1);
    QCOMPARE(m_mail->states().count(MailState::Sent), 1);
    QCOMPARE(m_mail->rows().size(), 2);
}

void TestMailSender::fullDisk_losesNothing()
{
    const auto limit = [this](int pages) {
        return m_world->database->write(
            [=](DbConnection &connection) { return connection.execute(u"PRAGMA max_page_count = %1"_s.arg(pages)); });
    };
    m_mail->queue(linkFor(recipient));
    const auto filled = [this] { // what is left of the last page
        return m_world->database->write([](DbConnection &connection) {
            return connection.run(u"INSERT INTO facts (key, value) VALUES (hex(randomblob(8)), zeroblob(100000))"_s);
        });
    };
    QVERIFY(limit(1));
    QVERIFY(!filled());
    const MailStep step = m_mail->step();
    if (!step.didSomething) { // the row's own page had no room either
        QCOMPARE(step.next, std::optional(m_clock.now() + MailSender::afterRefusal));
        QVERIFY(m_mail->sink.mails().isEmpty());
    }
    QVERIFY(limit(1'000'000));
    m_clock.advance(MailSender::lease);
    m_mail->drain();
    QCOMPARE(m_mail->row().state, MailState::Sent);
}

void TestMailSender::fileTransport_writesForItsOwner()
{
    m_mail->set({u"mail.transport=file"_s});
    const QDir folder(m_folder->filePath(u"mails"_s));
    m_mail->queue(linkFor(recipient));
    m_mail->drain();
    QCOMPARE(m_mail->row().state, MailState::Sent);
    const QString path = folder.filePath(m_mail->row().id.toString() + u".eml"_s);
    QCOMPARE(m_mail->row().lastLine, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("token=3Dsecret-of-a-link"));
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther), QFile::Permissions());
    for (int i = 0; i < MailDelivery::mostFiles; ++i) {
        QFile old(folder.filePath(u"00000000-0000-7000-8000-%1.eml"_s.arg(i, 12, 10, QChar(u'0'))));
        QVERIFY(old.open(QIODevice::WriteOnly));
    }
    m_mail->queue(linkFor(u"bob@example.com"_s));
    m_mail->drain();
    QCOMPARE(folder.entryList({u"*.eml"_s}).size(), MailDelivery::mostFiles);
    QVERIFY(file.exists()); // the oldest went
    QVERIFY(QDir(folder).removeRecursively());
    QFile inTheWay(folder.path());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    m_mail->queue(linkFor(u"eve@example.com"_s));
    m_mail->drain();
    QCOMPARE(m_mail->row().state, MailState::Queued);
    QVERIFY(has(u"mail_not_sent"_s));
}

void TestMailSender::logTransport_saysSubjectAndLink()
{
    m_mail->set({u"mail.transport=log"_s});
    Mail mail = linkFor(recipient);
    mail.kind = MailKind::SignInLink;
    mail.code = u"123456"_s;
    m_mail->queue(mail);
    LogCapture log;
    m_mail->drain();
    QVERIFY2(log.text().contains("http://localhost:3000/login/link?token=secret-of-a-link") && log.text().contains("123456")
                 && log.text().contains("Sign in to Warder"),
             log.text());
}

QTEST_GUILESS_MAIN(TestMailSender)
#include "TestMailSender.moc"
