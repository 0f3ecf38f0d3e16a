#include "core/mail/MailThread.h"
#include "tests/support/MailWorld.h"
#include "tests/support/WorldTest.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The thread that sends: wakes by itself, and ends when it shall.
class TestMailThread : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void queued_isSentWithoutAsking();
    void requests_areAnsweredWithoutAsking();
    void whatWaited_isSentAtTheStart();
    void end_waitsForNoSilentServer();
    void queues_fromManyThreads();

private:
    std::unique_ptr<MailThread> started()
    {
        return std::make_unique<MailThread>(m_world->core->mailSender, m_world->core->outbox, m_clock);
    }
    Mail mailTo(const QString &to) const { return {.kind = MailKind::PasswordChanged, .to = to}; }

    std::unique_ptr<MailSteps> m_mail;
};

void TestMailThread::init()
{
    WorldTest::init();
    m_mail = std::make_unique<MailSteps>(*m_world);
}

void TestMailThread::cleanup()
{
    m_mail.reset();
    WorldTest::cleanup();
}

void TestMailThread::queued_isSentWithoutAsking()
{
    const auto thread = started();
    for (int i = 1; i <= 3; ++i) {
        m_mail->queue(mailTo(u"user%1@example.com"_s.arg(i)));
        QTRY_COMPARE_WITH_TIMEOUT(m_mail->sink.mails().size(), i, 60'000);
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_mail->states(), QList<MailState>(3, MailState::Sent), 60'000);
}

void TestMailThread::requests_areAnsweredWithoutAsking()
{
    m_mail->requests.known = {u"ann@example.com"_s};
    const auto thread = started();
    QVERIFY(m_world->core->outbox.ask({.address = u"ann@example.com"_s}, m_clock.now()));
    QTRY_COMPARE_WITH_TIMEOUT(m_mail->sink.mails().size(), 1, 60'000);
}

void TestMailThread::whatWaited_isSentAtTheStart()
{
    m_mail->queue(mailTo(u"ann@example.com"_s));
    const auto thread = started();
    QTRY_COMPARE_WITH_TIMEOUT(m_mail->sink.mails().size(), 1, 60'000);
}

void TestMailThread::end_waitsForNoSilentServer()
{
    m_mail->sink.behave({.silence = SmtpManners::Silence::BeforeGreeting});
    m_mail->queue(mailTo(u"ann@example.com"_s));
    auto thread = started();
    QTRY_COMPARE_WITH_TIMEOUT(m_mail->sink.connections(), 1, 60'000);
    QElapsedTimer timer;
    timer.start();
    thread.reset();
    QVERIFY2(timer.elapsed() < 5'000, QByteArray::number(timer.elapsed())); // of 30 s that a server may take; here 0.2 s
    QCOMPARE(m_mail->row().state, MailState::Queued);
    QCOMPARE(m_mail->row().attempts, 0);
}

void TestMailThread::queues_fromManyThreads()
{
    const auto thread = started();
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([this, i] {
                for (int j = 0; j < 5; ++j)
                    m_mail->queue(mailTo(u"user%1-%2@example.com"_s.arg(i).arg(j)));
            });
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_mail->sink.mails().size(), 40, 60'000);
}

QTEST_GUILESS_MAIN(TestMailThread)
#include "TestMailThread.moc"
