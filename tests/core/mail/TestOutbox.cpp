#include "core/mail/MailLimits.h"
#include "core/telemetry/Health.h"
#include "tests/support/MailWorld.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

namespace {

Mail resetFor(const QString &to, const QByteArray &once = {})
{
    return {.kind = MailKind::ResetPassword, .to = to, .token = "secret-of-a-link", .code = u"123456"_s, .once = once};
}

Mail noticeFor(const QString &to) { return {.kind = MailKind::PasswordChanged, .to = to, .values = {{u"device"_s, u"a secret device"_s}}}; }

const QString ann = u"ann@example.com"_s;

} // namespace

/// What waits, for how long, and what it holds.
class TestOutbox : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void queued_isThere_ifItsCauseIs();
    void off_queuesNothing();
    void sameMail_isQueuedOnce();
    void secrets_areSealed_andGoneOnceSent();
    void users_takeTheirMailsWithThem();
    void rotation_keepsWhatWaits_data();
    void rotation_keepsWhatWaits();
    void sixteenThreads_takeEachMailOnce();
    void full_losesTheMail_notTheCause_data();
    void full_losesTheMail_notTheCause();
    void requests_lookAlike();
    void requests_ofNonsense_areLost_data();
    void requests_ofNonsense_areLost();
    void queued_wakes();
    void housekeeping_dropsEmptiesAndRemoves();
    void plans_useIndexes_data();
    void plans_useIndexes();

private:
    qint64 bytesWith(const QString &text) const;
    std::unique_ptr<MailSteps> m_mail;
};

void TestOutbox::init()
{
    WorldTest::init();
    m_mail = std::make_unique<MailSteps>(*m_world);
}

void TestOutbox::cleanup()
{
    m_mail.reset();
    WorldTest::cleanup();
}

void TestOutbox::queued_isThere_ifItsCauseIs()
{
    const auto undone = m_world->database->write([&](Transaction &transaction) -> Result<void> {
        return m_world->core->outbox.queue(transaction, noticeFor(ann), m_clock.now()).and_then([]() -> Result<void> {
            return refused(ErrorCode::Conflict);
        });
    });
    QCOMPARE(undone.error().code, ErrorCode::Conflict);
    QVERIFY(m_mail->rows().isEmpty());
    m_mail->queue(noticeFor(ann));
    const OutboxRow row = m_mail->row();
    QCOMPARE(row.state, MailState::Queued);
    QCOMPARE(row.kind, u"password_changed"_s);
    QCOMPARE(row.dueAt, m_clock.now());
    QCOMPARE(row.useBy, m_clock.now() + mail_limits::longestWait);
}

void TestOutbox::off_queuesNothing()
{
    QVERIFY(m_world->core->outbox.sends());
    m_mail->set({u"mail.transport=off"_s});
    QVERIFY(!m_world->core->outbox.sends());
    m_mail->queue(noticeFor(ann));
    QVERIFY(m_world->core->outbox.ask({.address = ann}, m_clock.now()));
    QVERIFY(m_mail->rows().isEmpty());
    QVERIFY(!m_mail->step().didSomething && !m_mail->step().next);
}

void TestOutbox::sameMail_isQueuedOnce()
{
    m_mail->queue(resetFor(ann, "reset|1"));
    m_mail->queue(resetFor(ann, "reset|1"));
    m_mail->queue(resetFor(ann, "reset|2"));
    m_mail->queue(resetFor(ann));
    m_mail->queue(resetFor(ann));
    QCOMPARE(m_mail->rows().size(), 4);
    m_mail->drain();
    m_mail->queue(resetFor(ann, "reset|1")); // also once it is sent
    QCOMPARE(m_mail->rows().size(), 4);
}

qint64 TestOutbox::bytesWith(const QString &text) const
{
    const QString columns =
        u"instr(sealed, ?1) + instr(recipient, ?1) + instr(last_line, ?1) + instr(kind, ?1) + instr(coalesce(once, ''), ?1)"_s;
    return m_world->database->reader()
        .number(u"SELECT count(*) FROM outbox WHERE %1 > 0"_s.arg(QString(columns).replace(u"?1"_s, u"'%1'"_s.arg(text))))
        .value();
}

void TestOutbox::secrets_areSealed_andGoneOnceSent()
{
    m_mail->queue(resetFor(ann));
    m_mail->queue(noticeFor(u"bob@example.com"_s));
    QVERIFY(m_world->core->outbox.ask({.address = u"eve@example.com"_s, .data = {{u"x"_s, u"secret-of-a-request"_s}}}, m_clock.now()));
    for (const QString &secret : {u"secret-of-a-link"_s, u"123456"_s, u"a secret device"_s, u"secret-of-a-request"_s})
        QCOMPARE(bytesWith(secret), 0);
    for (const OutboxRow &row : m_mail->rows())
        QVERIFY(row.sealed.size() > 40);
    m_mail->drain();
    QCOMPARE(m_mail->states(), QList<MailState>(2, MailState::Sent));
    for (const OutboxRow &row : m_mail->rows())
        QVERIFY(row.sealed.isEmpty());
    const auto mails = m_mail->sink.mails();
    QCOMPARE(mails.size(), 2);
    QVERIFY(std::ranges::any_of(mails, [](const SmtpSink::Taken &mail) { return mail.message.contains("secret-of-a-link"); }));
}

void TestOutbox::users_takeTheirMailsWithThem()
{
    const User user = m_world->add(ann);
    Mail mail = noticeFor(ann);
    mail.user = user.id;
    m_mail->queue(mail);
    mail.user.reset();
    m_mail->queue(mail);
    QVERIFY(m_world->changes.remove(user.id, u"test"_s, m_clock.now()));
    QCOMPARE(m_mail->rows().size(), 1);
    QCOMPARE(OutboxStore::countWaiting(m_world->database->reader(), false).value(), 1);
}

void TestOutbox::rotation_keepsWhatWaits_data()
{
    QTest::addColumn<bool>("restarted");
    QTest::newRow("while it serves") << false;
    QTest::newRow("after a restart") << true;
}

void TestOutbox::rotation_keepsWhatWaits()
{
    QFETCH(const bool, restarted);
    m_mail->queue(resetFor(ann));
    QVERIFY(m_world->core->masterKeys.rotate(u"test"_s, m_clock.now()));
    m_mail->queue(resetFor(u"bob@example.com"_s));
    std::atomic<bool> ended {false};
    {
        std::jthread rotating([&] {
            for (int i = 0; i < 5; ++i)
                (void)m_world->core->masterKeys.rotate(u"test"_s, m_clock.now());
            ended = true;
        });
        for (int i = 0; !ended || i < 20; ++i) // in the same commits as the rotations, before and after them
            m_mail->queue(resetFor(u"user%1@example.com"_s.arg(i)));
    }
    if (restarted) {
        m_mail.reset();
        reopen();
        m_mail = std::make_unique<MailSteps>(*m_world);
    }
    m_mail->set({u"mail.per_hour=100000"_s});
    m_mail->drain();
    for (const OutboxRow &row : m_mail->rows())
        QVERIFY2(row.state == MailState::Sent, qPrintable(row.lastLine));
}

void TestOutbox::sixteenThreads_takeEachMailOnce()
{
    for (int i = 0; i < 40; ++i)
        m_mail->queue(resetFor(u"user%1@example.com"_s.arg(i)));
    std::vector<std::unique_ptr<MailSender>> senders;
    for (int i = 0; i < 16; ++i)
        senders.push_back(std::make_unique<MailSender>(*m_world->database, m_world->core->mailSealer, m_world->core->settings,
                                                       m_world->core->health, m_folder->path()));
    {
        std::vector<std::jthread> threads;
        for (const auto &sender : senders)
            threads.emplace_back([this, &sender] {
                while (sender->step(m_clock.now(), m_mail->goesOn).didSomething) {
                }
            });
    }
    QCOMPARE(m_mail->states(), QList<MailState>(40, MailState::Sent));
    QSet<QByteArray> recipients;
    for (const SmtpSink::Taken &mail : m_mail->sink.mails())
        recipients += mail.to;
    QCOMPARE(recipients.size(), 40);
    QCOMPARE(m_mail->sink.mails().size(), 40);
}

void TestOutbox::full_losesTheMail_notTheCause_data()
{
    QTest::addColumn<bool>("asked");
    QTest::addColumn<qint64>("most");
    QTest::newRow("of strangers") << true << Outbox::mostAskedWaiting;
    QTest::newRow("notices") << false << Outbox::mostWaiting - Outbox::mostAskedWaiting;
}

void TestOutbox::full_losesTheMail_notTheCause()
{
    QFETCH(const bool, asked);
    QFETCH(const qint64, most);
    const auto mail = [asked](const QString &to) { return asked ? resetFor(to) : noticeFor(to); };
    const auto filled = m_world->database->write([&](Transaction &transaction) {
        Result<void> queued;
        for (qint64 i = 0; queued && i < most + 10; ++i)
            queued = m_world->core->outbox.queue(transaction, mail(u"user%1@example.com"_s.arg(i)), m_clock.now());
        return queued;
    });
    QVERIFY(filled);
    QCOMPARE(m_mail->rows().size(), most);
    QVERIFY(m_world->core->health.has(u"outbox_full"));
    m_mail->queue(asked ? noticeFor(ann) : resetFor(ann)); // the others have their own room
    QCOMPARE(m_mail->rows().size(), most + 1);
    QVERIFY(m_world->database->write([&](DbConnection &connection) {
        return connection.perform(u"DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT 2000)"_s);
    }));
    m_mail->step();
    QVERIFY(!m_world->core->health.has(u"outbox_full"));
}

void TestOutbox::requests_lookAlike()
{
    m_world->add(ann);
    m_mail->requests.known = {ann};
    for (const QString &address : {ann, u"nobody@example.com"_s})
        QVERIFY(m_world->core->outbox.ask({.kind = MailRequestKind::ForgotPassword, .address = address, .language = u"de-AT"_s},
                                          m_clock.now()));
    const auto rows = m_mail->rows();
    QCOMPARE(rows.size(), 2);
    QCOMPARE(rows[0].kind, rows[1].kind);
    QCOMPARE(rows[0].sealed.size(), rows[1].sealed.size());
    QCOMPARE(rows[0].dueAt, rows[1].dueAt);
    QVERIFY(rows[0].isRequest && rows[1].isRequest && !rows[0].user && !rows[1].user);
    m_mail->drain();
    QCOMPARE(m_mail->requests.asked.size(), 2);
    QCOMPARE(m_mail->requests.asked[0].askedAt, m_clock.now());
    QCOMPARE(m_mail->rows().size(), 1); // of the other nothing is kept
    QCOMPARE(m_mail->row().language, u"de"_s);
    QVERIFY(m_mail->sink.mails().first().message.contains("Content-Language: de"));
}

void TestOutbox::requests_ofNonsense_areLost_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QJsonObject>("data");
    QTest::newRow("a huge address") << QString(100'000, u'a') << QJsonObject();
    QTest::newRow("much data") << ann << QJsonObject {{u"x"_s, QString(9000, u'a')}};
}

void TestOutbox::requests_ofNonsense_areLost()
{
    QFETCH(const QString, address);
    QFETCH(const QJsonObject, data);
    QVERIFY(m_world->core->outbox.ask({.address = address, .data = data}, m_clock.now()));
    QVERIFY(m_mail->rows().isEmpty());
}

void TestOutbox::queued_wakes()
{
    int woken = 0;
    m_world->core->outbox.onQueued([&woken] { ++woken; });
    m_mail->queue(noticeFor(ann));
    QCOMPARE(woken, 1);
    QVERIFY(m_world->core->outbox.ask({.address = ann}, m_clock.now()));
    QCOMPARE(woken, 2);
    m_world->core->outbox.onQueued({});
    m_mail->queue(noticeFor(ann));
    QCOMPARE(woken, 2);
}

void TestOutbox::housekeeping_dropsEmptiesAndRemoves()
{
    const auto perform = [this](auto job) {
        return m_world->database->write([&](DbConnection &connection) { return job(connection); }).value();
    };
    const auto dropOver = [this](DbConnection &connection) { return OutboxStore::dropOver(connection, m_clock.now(), 10); };
    const auto emptyOver = [this](DbConnection &connection) { return OutboxStore::emptyOver(connection, m_clock.now(), 10); };
    const auto remove = [this](DbConnection &connection) { return OutboxStore::removeEnded(connection, m_clock.now() - Outbox::kept, 10); };
    const auto queueUntil = [this](const QString &to) {
        Mail mail = resetFor(to);
        mail.useBy = m_clock.now() + 1h;
        m_mail->queue(mail);
    };
    m_mail->sink.behave({.toRecipient = "550 gone"});
    queueUntil(ann);
    m_mail->drain();
    queueUntil(u"bob@example.com"_s);
    QCOMPARE(m_mail->states().count(MailState::Failed), 1);
    QCOMPARE(m_mail->states().count(MailState::Queued), 1);
    m_clock.advance(1h - 3ms); // a ms before the first is over, as each was queued a ms after what was before
    QCOMPARE(perform(dropOver) + perform(emptyOver), 0);
    m_clock.advance(2ms);
    QCOMPARE(perform(dropOver), 1);
    QCOMPARE(perform(emptyOver), 1);
    for (const OutboxRow &row : m_mail->rows())
        QVERIFY(row.sealed.isEmpty() && row.endedAt);
    m_clock.advance(Outbox::kept);
    QCOMPARE(perform(remove), 1); // the failed one is an hour older
    m_clock.advance(1ms);
    QCOMPARE(perform(remove), 1);
    QVERIFY(m_mail->rows().isEmpty());
}

void TestOutbox::plans_useIndexes_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("the first that is due") << u"SELECT id FROM outbox WHERE ended_at IS NULL AND due_at <= 1 ORDER BY due_at LIMIT 1"_s;
    QTest::newRow("counted")
        << u"SELECT counted_at FROM outbox WHERE recipient_key = 'a' AND is_asked = 1 AND counted_at > 1 ORDER BY counted_at DESC LIMIT 9"_s;
    QTest::newRow("begun") << u"SELECT count(*), min(began_at) FROM outbox WHERE began_at > 1"_s;
    QTest::newRow("ended") << u"SELECT id FROM outbox WHERE ended_at < 1 LIMIT 9"_s;
    QTest::newRow("of a state") << u"SELECT id FROM outbox WHERE state = 'failed' AND id < x'00' ORDER BY id DESC LIMIT 9"_s;
    QTest::newRow("of a user") << u"DELETE FROM outbox WHERE user_id = x'00'"_s;
}

void TestOutbox::plans_useIndexes()
{
    QFETCH(const QString, sql);
    const auto plan =
        m_world->database->reader().all(u"EXPLAIN QUERY PLAN "_s + sql, {}, [](const Row &row) { return row.text(3); }).value();
    QVERIFY2(!plan.join(u'\n').contains("SCAN"_L1) && !plan.join(u'\n').contains("TEMP B-TREE"_L1), qPrintable(plan.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestOutbox)
#include "TestOutbox.moc"
