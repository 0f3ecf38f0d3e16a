#include "app/cli/ExitCode.h"
#include "tests/app/CommandTest.h"
#include "tests/app/WarderProcess.h"
#include "tests/support/SmtpSink.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Every command on mails, on the database alone and through the server that holds it.
class TestMailCommands : public CommandTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void test_sendsAtOnce();
    void test_saysWhatTheServerSaid();
    void test_writesFilesByDefault();
    void preview_showsEveryLanguage();
    void status_saysWhereMailsGo();
    void status_ofBrokenTemplates_isNoSuccess();
    void list_ofNothing_saysSo();
    void retryAndDrop_wantIds();
    void passwords_stayOut();
    void reload_changesTheMailServer();

private:
    ProgramAnswer run(const QStringList &words, const QByteArray &input = {}) const { return m_warder->commandHere(words, input); }
    /// The mail server that is asked from now on.
    void configure(const QByteArray &more = {});
    void beReady();

    std::unique_ptr<SmtpSink> m_sink;
};

void TestMailCommands::init()
{
    m_sink = std::make_unique<SmtpSink>();
    if (m_kept.take(m_folder, m_warder))
        return;
    m_folder = std::make_unique<QTemporaryDir>();
    m_warder = std::make_unique<WarderProcess>(m_folder->filePath(u"data"_s));
}

void TestMailCommands::cleanup()
{
    const bool hasChangedNothing =
        isFunction({"preview_showsEveryLanguage", "status_saysWhereMailsGo", "list_ofNothing_saysSo", "retryAndDrop_wantIds"});
    if (hasChangedNothing && m_kept.keep(m_folder, m_warder))
        return;
    end();
    m_sink.reset();
}

void TestMailCommands::configure(const QByteArray &more)
{
    QVERIFY(m_warder->configure(
        "mail.transport = smtp\nmail.smtp_host = 127.0.0.1\nmail.smtp_security = none\nmail.from = no-reply@example.com\n"
        "mail.link_base = https://app.example.com\nmail.smtp_port = "
        + QByteArray::number(m_sink->port()) + '\n' + (more.isEmpty() ? "mail.smtp_auth = none\n"_ba : more)));
}

void TestMailCommands::beReady()
{
    QFETCH_GLOBAL(const bool, served);
    QVERIFY2(m_warder->isRunning() || (served ? m_warder->start() : m_warder->makeData()), m_warder->log());
}

void TestMailCommands::test_sendsAtOnce()
{
    beReady();
    configure();
    if (m_warder->isRunning())
        QCOMPARE(run({u"server"_s, u"reload"_s}).code, Done);
    m_sink->behave({.toContent = "250 queued as 4711"});
    const auto sent = run({u"mail"_s, u"test"_s, u"ann@example.com"_s, u"--language"_s, u"de"_s});
    QCOMPARE(sent.complaint(), QString());
    QCOMPARE(sent.code, Done);
    QCOMPARE(sent.out, "Sent to the mail server 127.0.0.1:" + QByteArray::number(m_sink->port()) + ": 250 queued as 4711\n");
    QCOMPARE(m_sink->mails().size(), 1);
    QVERIFY(m_sink->mails().first().message.contains("Subject: Test-E-Mail von Warder\r\n"));
}

void TestMailCommands::test_saysWhatTheServerSaid()
{
    beReady();
    configure();
    if (m_warder->isRunning())
        QCOMPARE(run({u"server"_s, u"reload"_s}).code, Done);
    m_sink->behave({.toRecipient = "550 who is that?"});
    const auto sent = run({u"mail"_s, u"test"_s, u"ann@example.com"_s, u"--json"_s});
    QCOMPARE(sent.code, Refused);
    QCOMPARE(sent["sent"_L1], false);
    QCOMPARE(sent["code"_L1], 550);
    QCOMPARE(sent["line"_L1], u"550 who is that?"_s);
    const auto nonsense = run({u"mail"_s, u"test"_s, u"ann"_s});
    QCOMPARE(nonsense.code, Refused);
    QCOMPARE(nonsense.complaint(), u"warderd: ann is no e-mail address that a mail server takes"_s);
}

void TestMailCommands::test_writesFilesByDefault()
{
    beReady();
    QCOMPARE(run({u"mail"_s, u"test"_s, u"ann@example.com"_s}).code, Done);
    const QDir folder(m_folder->filePath(u"data/mails"_s));
    QCOMPARE(folder.entryList({u"*.eml"_s}).size(), 1);
}

void TestMailCommands::preview_showsEveryLanguage()
{
    beReady();
    const auto text = run({u"mail"_s, u"preview"_s, u"reset_password"_s, u"--language"_s, u"ja"_s});
    QCOMPARE(text.code, Done);
    QVERIFY2(text.out.startsWith("Subject: 新しいパスワードの設定\n\nAnn 様\n"), text.out);
    const auto html = run({u"mail"_s, u"preview"_s, u"reset_password"_s, u"--html"_s});
    QVERIFY2(html.out.startsWith("<!DOCTYPE html>\n<html lang=\"en\">"), html.out.left(100));
    const auto none = run({u"mail"_s, u"preview"_s, u"newsletter"_s});
    QCOMPARE(none.code, Refused);
    QVERIFY(none.complaint().startsWith("warderd: no mail is called newsletter; there are: verify_email"_L1));
}

void TestMailCommands::status_saysWhereMailsGo()
{
    beReady();
    const auto status = run({u"mail"_s, u"status"_s});
    QCOMPARE(status.code, Done);
    QVERIFY2(status.out.contains("mails go to") && status.out.contains("files in ") && status.out.contains("/data/mails"), status.out);
    QCOMPARE(run({u"mail"_s, u"status"_s, u"--json"_s})["transport"_L1], u"file"_s);
}

void TestMailCommands::status_ofBrokenTemplates_isNoSuccess()
{
    beReady();
    QVERIFY(QDir().mkpath(m_folder->filePath(u"data/mail-templates/en"_s)));
    QFile file(m_folder->filePath(u"data/mail-templates/en/test.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("Subject: {{nobody}}\n\nhello\n") > 0 && file.flush());
    const auto status = run({u"mail"_s, u"status"_s});
    QCOMPARE(status.code, Refused);
    QVERIFY2(status.out.contains("en/test.txt:1: {{nobody}} is no variable of this mail"), status.out);
}

void TestMailCommands::list_ofNothing_saysSo()
{
    beReady();
    QCOMPARE(run({u"mail"_s, u"list"_s}).out, "No mails.\n"_ba);
    QCOMPARE(run({u"mail"_s, u"list"_s, u"--state"_s, u"failed"_s, u"--json"_s}).out.trimmed(), "[\n]"_ba);
    const auto nonsense = run({u"mail"_s, u"list"_s, u"--state"_s, u"lost"_s});
    QCOMPARE(nonsense.code, WrongUsage);
    QCOMPARE(nonsense.complaint(), u"warderd: --state is queued, sending, sent, dropped or failed, not lost"_s);
}

void TestMailCommands::retryAndDrop_wantIds()
{
    beReady();
    const QString id = u"0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"_s;
    QCOMPARE(run({u"mail"_s, u"retry"_s}).code, WrongUsage);
    QCOMPARE(run({u"mail"_s, u"retry"_s, id, u"--failed"_s}).code, WrongUsage);
    QCOMPARE(run({u"mail"_s, u"retry"_s, u"--failed"_s}).out, "0 mails to be tried at once.\n"_ba);
    const auto unknown = run({u"mail"_s, u"retry"_s, id});
    QCOMPARE(unknown.code, Refused);
    QCOMPARE(unknown.complaint(), u"warderd: the outbox has no mail "_s + id);
    QCOMPARE(run({u"mail"_s, u"drop"_s, id}, "n\n").code, Refused); // asks first
    QCOMPARE(run({u"mail"_s, u"drop"_s, id, u"--yes"_s}).complaint(), u"warderd: the outbox has no mail "_s + id);
    QCOMPARE(run({u"mail"_s, u"drop"_s, u"4711"_s, u"--yes"_s}).complaint(), u"warderd: 4711 is not the id of a mail"_s);
}

void TestMailCommands::passwords_stayOut()
{
    beReady();
    configure("mail.smtp_user = ann\nmail.smtp_password = p4ssw0rd-of-the-server\n");
    if (m_warder->isRunning())
        QCOMPARE(run({u"server"_s, u"reload"_s}).code, Done);
    m_sink->behave({.user = "ann", .password = "another", .toLogin = "535 not %1"});
    const auto tested = m_warder->command({u"mail"_s, u"test"_s, u"ann@example.com"_s}); // with its log
    QCOMPARE(tested.code, Refused);
    const auto shown = run({u"config"_s, u"show"_s, u"--json"_s});
    for (const QByteArray &said :
         {tested.out, tested.err, shown.out, shown.err, run({u"mail"_s, u"status"_s, u"--json"_s}).out, m_warder->log()}) {
        QVERIFY(!said.contains("p4ssw0rd"));
        QVERIFY(!said.contains(QByteArray("\0ann\0p4ssw0rd-of-the-server", 27).toBase64()));
    }
    QVERIFY2(tested.out.contains("535 not (secret)"), tested.out);
}

/// A server that runs takes another one without a restart.
void TestMailCommands::reload_changesTheMailServer()
{
    QFETCH_GLOBAL(const bool, served);
    if (!served)
        QSKIP("there is no server");
    beReady();
    QCOMPARE(run({u"mail"_s, u"status"_s, u"--json"_s})["transport"_L1], u"file"_s);
    configure();
    QCOMPARE(run({u"server"_s, u"reload"_s}).code, Done);
    QCOMPARE(run({u"mail"_s, u"status"_s, u"--json"_s})["transport"_L1], u"smtp"_s);
    QCOMPARE(run({u"mail"_s, u"test"_s, u"ann@example.com"_s}).code, Done);
    QCOMPARE(m_sink->mails().size(), 1);
}

QTEST_GUILESS_MAIN(TestMailCommands)
#include "TestMailCommands.moc"
