#include "core/audit/AuditStore.h"
#include "core/console/orders/Mail.h"
#include "core/mail/MailLanguages.h"
#include "tests/support/ConsoleWorld.h"
#include "tests/support/MailWorld.h"

#include <QDir>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

/// What an operator sees and does about mails.
class TestMailOrders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void read_saysWhereMailsGo();
    void read_saysWhatIsWrong();
    void list_isPagedAndFiltered();
    void list_refusesNonsense();
    void find_saysTheLastLine();
    void retry_triesAtOnce();
    void retry_ofWhatMayNot_saysWhy();
    void drop_isForGood();
    void manyAtOnce_areBounded();
    void test_saysWhatBecameOfIt_data();
    void test_saysWhatBecameOfIt();
    void test_isRefused_data();
    void test_isRefused();
    void test_endsWithTheConsole();
    void preview_ofEveryKind();
    void preview_ofNone_saysWhich();

private:
    template <typename Order>
    auto ask(Order order)
    {
        return got(m_w->console.ask(std::move(order)));
    }
    void queue(const QString &to, MailKind kind = MailKind::PasswordChanged) { m_mail->queue({.kind = kind, .to = to, .token = "t"}); }
    QList<AuditEvent> events(QLatin1StringView type) { return AuditStore::newest(m_w->world.database->reader(), {}, type, 9).value(); }

    std::unique_ptr<ConsoleWorld> m_w;
    std::unique_ptr<MailSteps> m_mail;
};

void TestMailOrders::init()
{
    m_w = std::make_unique<ConsoleWorld>();
    m_mail = std::make_unique<MailSteps>(m_w->world);
}

void TestMailOrders::cleanup()
{
    m_mail.reset();
    m_w.reset();
}

void TestMailOrders::read_saysWhereMailsGo()
{
    m_mail->sink.behave({.toRecipient = "550 gone"});
    queue(u"gone@example.com"_s);
    m_mail->drain();
    m_mail->sink.behave({});
    queue(u"ann@example.com"_s);
    m_mail->drain();
    queue(u"bob@example.com"_s);
    const auto mail = ask(ReadMail {}).value();
    QCOMPARE(mail.transport, u"smtp"_s);
    QCOMPARE(mail.place, u"the mail server 127.0.0.1:%1"_s.arg(m_mail->sink.port()));
    QCOMPARE(mail.from, u"no-reply@example.com"_s);
    QCOMPARE(mail.whyNot, QString());
    QCOMPARE(mail.queued, 1);
    QCOMPARE(mail.sent, 1);
    QCOMPARE(mail.failed, 1);
    QCOMPARE(mail.dropped + mail.sending, 0);
    QCOMPARE(mail.sentLastHour, 2);
    QCOMPARE(mail.mostAnHour, 500);
    QCOMPARE(mail.languages, mail_languages::all());
    QCOMPARE(mail.kinds.size(), qsizetype(namesOf<MailKind>.size()));
    QVERIFY(mail.warnings.size() == 1 && mail.warnings.first().startsWith("mail.link_base"_L1)); // localhost
}

void TestMailOrders::read_saysWhatIsWrong()
{
    m_mail->set({u"mail.smtp_host="_s});
    QVERIFY(ask(ReadMail {})->whyNot.startsWith("mail.smtp_host"_L1));
    const QString templates = m_w->folder.filePath(u"mail-templates/en"_s);
    QVERIFY(QDir().mkpath(templates));
    QFile file(templates + u"/test.txt"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("Subject: x\n\n{{nonsense}}\n") > 0 && file.flush());
    const auto mail = ask(ReadMail {}).value();
    QCOMPARE(mail.templateFaults, QStringList {u"en/test.txt:3: {{nonsense}} is no variable of this mail"_s});
    QCOMPARE(mail.templateFolder, m_w->folder.filePath(u"mail-templates"_s));
}

void TestMailOrders::list_isPagedAndFiltered()
{
    for (int i = 0; i < 5; ++i)
        queue(u"user%1@example.com"_s.arg(i));
    m_mail->drain();
    queue(u"Änn@example.com"_s);
    const auto first = ask(ListMails {.limit = 4}).value();
    QCOMPARE(first.rows.size(), 4);
    QCOMPARE(first.rows.first().recipient, u"Änn@example.com"_s);
    QCOMPARE(first.rows.first().state, MailState::Queued);
    QVERIFY(first.rows.first().dueAt && !first.rows.first().endedAt && first.rows.first().mayRetry && first.rows.first().mayDrop);
    QVERIFY(!first.rows.last().dueAt && first.rows.last().endedAt && !first.rows.last().mayRetry && !first.rows.last().mayDrop);
    const auto second = ask(ListMails {.cursor = first.next, .limit = 4}).value();
    QCOMPARE(second.rows.size(), 2);
    QCOMPARE(second.rows.last().recipient, u"user0@example.com"_s);
    QCOMPARE(second.next, QString());
    QCOMPARE(ask(ListMails {.state = MailState::Sent, .limit = 500})->rows.size(), 5);
    QCOMPARE(ask(ListMails {.text = u"äNN"_s, .limit = 500})->rows.size(), 1);
    QCOMPARE(ask(ListMails {.text = u"user3"_s, .state = MailState::Queued, .limit = 500})->rows.size(), 0);
    QCOMPARE(ask(ListMails {.limit = 0})->rows.size(), 1); // at least one
}

void TestMailOrders::list_refusesNonsense()
{
    QCOMPARE(ask(ListMails {.cursor = u"x"_s, .limit = 5}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(ask(ListMails {.text = QString(600, u'x'), .limit = 5}).error().code, ErrorCode::InvalidInput);
}

void TestMailOrders::find_saysTheLastLine()
{
    m_mail->sink.behave({.toRecipient = "451 come back"});
    queue(u"ann@example.com"_s, MailKind::VerifyEmail);
    m_mail->drain();
    const auto mail = ask(FindMail {.mail = m_mail->row().id}).value();
    QCOMPARE(mail.lastLine, u"451 come back"_s);
    QCOMPARE(mail.kind, u"verify_email"_s);
    QCOMPARE(mail.attempts, 1);
    QCOMPARE(ask(FindMail {.mail = Id::create(m_w->clock.now())}).error().code, ErrorCode::NotFound);
}

void TestMailOrders::retry_triesAtOnce()
{
    m_mail->sink.behave({.toRecipient = "550 gone"});
    queue(u"ann@example.com"_s);
    queue(u"bob@example.com"_s);
    m_mail->drain();
    m_mail->sink.behave({});
    int woken = 0;
    m_w->world.core->outbox.onQueued([&woken] { ++woken; });
    QList<Id> ids;
    for (const OutboxRow &row : m_mail->rows())
        ids += row.id;
    QCOMPARE(ask(RetryMails {.mails = ids + QList {Id::create(m_w->clock.now())}}).value(), 2); // one of several that is gone is no matter
    QCOMPARE(woken, 1);
    QCOMPARE(m_mail->row().attempts, 0);
    m_mail->drain();
    QCOMPARE(m_mail->states(), QList<MailState>(2, MailState::Sent));
    QCOMPARE(events(audit::mailRetried).size(), 1);
    QCOMPARE(events(audit::mailRetried).first().actor, u"console"_s);
    m_w->world.core->outbox.onQueued({});
}

void TestMailOrders::retry_ofWhatMayNot_saysWhy()
{
    const auto why = [this](const Id &mail) { return ask(RetryMails {.mails = {mail}}).error(); };
    QCOMPARE(why(Id::create(m_w->clock.now())).code, ErrorCode::NotFound);
    queue(u"ann@example.com"_s);
    m_mail->drain();
    QCOMPARE(why(m_mail->row().id).code, ErrorCode::Conflict);
    QCOMPARE(why(m_mail->row().id).detail, u"it was sent"_s);
    m_mail->sink.behave({.toRecipient = "550 gone"});
    m_mail->queue({.kind = MailKind::VerifyEmail, .to = u"bob@example.com"_s, .token = "t", .useBy = m_w->clock.now() + 1h});
    m_mail->drain();
    m_w->clock.advance(1h);
    QCOMPARE(why(m_mail->row().id).detail, u"its link is over: have another one asked for"_s);
    QVERIFY(events(audit::mailRetried).isEmpty());
}

void TestMailOrders::drop_isForGood()
{
    queue(u"ann@example.com"_s);
    const Id mail = m_mail->row().id;
    QCOMPARE(ask(DropMails {.mails = {mail}}).value(), 1);
    QCOMPARE(m_mail->row().state, MailState::Dropped);
    QVERIFY(m_mail->row().sealed.isEmpty());
    QCOMPARE(m_mail->row().lastLine, u"dropped by console"_s);
    m_mail->drain();
    QVERIFY(m_mail->sink.mails().isEmpty());
    QCOMPARE(ask(DropMails {.mails = {mail}}).error().code, ErrorCode::Conflict);
    QCOMPARE(ask(RetryMails {.mails = {mail}}).error().detail, u"it was dropped, and what it said is gone"_s);
    QCOMPARE(events(audit::mailDropped).size(), 1);
}

void TestMailOrders::manyAtOnce_areBounded()
{
    QCOMPARE(ask(RetryMails {.mails = QList<Id>(1001)}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(ask(DropMails {.mails = QList<Id>(1001)}).error().code, ErrorCode::InvalidInput);
    QCOMPARE(ask(RetryMails {}).value(), 0);
    QVERIFY(events(audit::mailRetried).isEmpty());
}

void TestMailOrders::test_saysWhatBecameOfIt_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("sent");
    QTest::addColumn<int>("code");
    QTest::newRow("taken") << "250 queued as 4711"_ba << true << 250;
    QTest::newRow("refused") << "550 you are on a list"_ba << false << 550;
}

void TestMailOrders::test_saysWhatBecameOfIt()
{
    QFETCH(const QByteArray, answer);
    QFETCH(const bool, sent);
    if (sent)
        m_mail->sink.behave({.toContent = answer});
    else
        m_mail->sink.behave({.toRecipient = answer});
    const auto test = ask(SendTestMail {.to = u"ann@example.com"_s, .language = u"de-CH"_s}).value();
    QCOMPARE(test.sent, sent);
    QTEST(test.code, "code");
    QCOMPARE(test.line, QString::fromUtf8(answer));
    QVERIFY(m_mail->rows().isEmpty()); // beside the outbox
    QCOMPARE(m_mail->sink.mails().size(), sent ? 1 : 0);
    QVERIFY(!sent || m_mail->sink.mails().first().message.contains("Content-Language: de\r\n"));
    QCOMPARE(events(audit::mailTested).size(), 1);
    QCOMPARE(events(audit::mailTested).first().details["sent"_L1], sent);
}

void TestMailOrders::test_isRefused_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("language");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("off") << u"off"_s << u"ann@example.com"_s << QString() << ErrorCode::Conflict;
    QTest::newRow("no address") << u"smtp"_s << u"ann"_s << QString() << ErrorCode::InvalidInput;
    QTest::newRow("more than one") << u"smtp"_s << u"a@b.example>\r\nRCPT TO:<x@y.example"_s << QString() << ErrorCode::InvalidInput;
    QTest::newRow("a language that nobody wrote in") << u"smtp"_s << u"ann@example.com"_s << u"it"_s << ErrorCode::InvalidInput;
}

void TestMailOrders::test_isRefused()
{
    QFETCH(const QString, transport);
    QFETCH(const QString, to);
    QFETCH(const QString, language);
    m_mail->set({u"mail.transport="_s + transport});
    QTEST(ask(SendTestMail {.to = to, .language = language}).error().code, "code");
    QCOMPARE(m_mail->sink.connections(), 0);
}

/// A silent mail server holds no end of the program up.
void TestMailOrders::test_endsWithTheConsole()
{
    m_mail->sink.behave({.silence = SmtpManners::Silence::BeforeGreeting});
    auto console = m_w->world.core->console(m_w->server, u"console"_s);
    const auto answer = console->ask(SendTestMail {.to = u"ann@example.com"_s});
    QTRY_COMPARE_WITH_TIMEOUT(m_mail->sink.connections(), 1, 60'000);
    QElapsedTimer timer;
    timer.start();
    console.reset();
    QVERIFY2(timer.elapsed() < 20'000, QByteArray::number(timer.elapsed())); // of 30 s; here 0.2 s
    QVERIFY(!got(answer)->sent);
}

void TestMailOrders::preview_ofEveryKind()
{
    for (const QLatin1StringView kind : namesOf<MailKind>) {
        const auto preview = ask(PreviewMail {.kind = kind, .language = u"fr"_s}).value();
        QVERIFY(!preview.subject.isEmpty() && preview.html.startsWith("<!DOCTYPE html>"_L1));
        QVERIFY(preview.text.startsWith("Bonjour Ann,"_L1));
    }
    QVERIFY(ask(PreviewMail {.kind = u"test"_s})->text.startsWith("Hello Ann,"_L1)); // mail.language
}

void TestMailOrders::preview_ofNone_saysWhich()
{
    const auto kind = ask(PreviewMail {.kind = u"newsletter"_s});
    QCOMPARE(kind.error().code, ErrorCode::InvalidInput);
    QVERIFY(kind.error().detail.startsWith("no mail is called newsletter; there are: verify_email, "_L1));
    QCOMPARE(ask(PreviewMail {.kind = u"test"_s, .language = u"it"_s}).error().detail,
             u"there are mails in en, de, es, fr, ja, pt-BR, zh-CN, not in it"_s);
}

QTEST_GUILESS_MAIN(TestMailOrders)
#include "TestMailOrders.moc"
