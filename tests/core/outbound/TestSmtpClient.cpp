#include "core/outbound/SmtpClient.h"
#include "tests/support/Certificates.h"
#include "tests/support/SmtpSink.h"

#include <QElapsedTimer>
#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QByteArray secret = "p w0rd";
const SmtpMail toAnn {.from = "no-reply@example.com", .to = "ann@example.org", .message = "Subject: hello\r\n\r\n.dot\r\n..\r\nend\r\n"};

SmtpManners withLogin(SmtpManners manners = {})
{
    manners.user = "ann";
    manners.password = secret;
    return manners;
}

} // namespace

/// How mails are handed over, to a server over real sockets that does as it is told.
class TestSmtpClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mails_arriveAsTheyAre_data();
    void mails_arriveAsTheyAre();
    void encryption_isDemanded_data();
    void encryption_isDemanded();
    void refusals_meanWhatTheyAreOf_data();
    void refusals_meanWhatTheyAreOf();
    void greylisted_isTakenTheNextTime();
    void olderMechanisms_areNotUsed();
    void utf8_isSaidWhereAnAddressNeedsIt_data();
    void utf8_isSaidWhereAnAddressNeedsIt();
    void proxies_ofTheEnvironment_areNotAsked();
    void secrets_areNotRepeated_data();
    void secrets_areNotRepeated();
    void silence_endsAtTheTimeout();
    void content_isJudgedForLonger_data();
    void content_isJudgedForLonger();
    void stop_endsItSoon_data();
    void stop_endsItSoon();
    void nobodyThere_isLater();
    void manyAtOnce_areTaken();

private:
    SmtpServer server(const SmtpSink &sink, SmtpSecurity security = SmtpSecurity::None, SmtpLogin login = SmtpLogin::None) const
    {
        return {.host = u"127.0.0.1"_s,
                .port = sink.port(),
                .security = security,
                .login = login,
                .user = "ann",
                .secret = SecretBytes(secret),
                .ownName = "warder.example",
                .timeout = Seconds {60}};
    }
    MailOutcome send(const SmtpServer &to, const SmtpMail &mail = toAnn) const { return m_client.send(to, mail, m_goesOn); }

    const TestCertificate m_authority = makeCertificate({.names = {}, .isAuthority = true});
    const TestCertificate m_certificate = makeCertificate({}, &m_authority);
    const SmtpClient m_client {m_authority.certificate};
    const std::atomic<bool> m_goesOn {false};
};

void TestSmtpClient::mails_arriveAsTheyAre_data()
{
    QTest::addColumn<SmtpManners::Tls>("tls");
    QTest::addColumn<SmtpLogin>("login");
    QTest::addColumn<QByteArray>("mechanisms");
    QTest::addColumn<QByteArray>("said");
    using Tls = SmtpManners::Tls;
    const QByteArray all = "PLAIN LOGIN XOAUTH2";
    QTest::newRow("in the clear, without a login") << Tls::None << SmtpLogin::None << all << QByteArray();
    QTest::newRow("STARTTLS and a password") << Tls::Start << SmtpLogin::Password << all << "PLAIN ann p w0rd"_ba;
    QTest::newRow("STARTTLS, and only LOGIN is known") << Tls::Start << SmtpLogin::Password << "LOGIN"_ba << "LOGIN ann p w0rd"_ba;
    QTest::newRow("TLS and a token") << Tls::FromTheFirstByte << SmtpLogin::OAuth2 << all << "XOAUTH2 ann p w0rd"_ba;
}

void TestSmtpClient::mails_arriveAsTheyAre()
{
    QFETCH(const SmtpManners::Tls, tls);
    QFETCH(const SmtpLogin, login);
    QFETCH(const QByteArray, mechanisms);
    SmtpManners manners {.tls = tls, .certificate = m_certificate, .mechanisms = mechanisms};
    SmtpSink sink(login == SmtpLogin::None ? manners : withLogin(manners));
    const SmtpSecurity security = tls == SmtpManners::Tls::None    ? SmtpSecurity::None
                                  : tls == SmtpManners::Tls::Start ? SmtpSecurity::StartTls
                                                                   : SmtpSecurity::Tls;
    const MailOutcome outcome = send(server(sink, security, login));
    QVERIFY2(outcome.fate == MailFate::Sent, qPrintable(outcome.line));
    QCOMPARE(outcome.code, 250);
    QVERIFY(!outcome.isAboutServer);
    QCOMPARE(sink.mails().size(), 1);
    const SmtpSink::Taken mail = sink.mails().first();
    QCOMPARE(mail.message, toAnn.message);
    QVERIFY(mail.from.startsWith("<no-reply@example.com>"));
    QCOMPARE(mail.to, "<ann@example.org>"_ba);
    QCOMPARE(mail.isEncrypted, tls != SmtpManners::Tls::None);
    QTEST(mail.login, "said");
    QVERIFY(sink.commands().contains("EHLO warder.example"));
}

void TestSmtpClient::encryption_isDemanded_data()
{
    QTest::addColumn<SmtpManners::Tls>("tls");
    QTest::addColumn<SmtpSecurity>("security");
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<bool>("known");
    QTest::addColumn<QByteArray>("injected");
    using Tls = SmtpManners::Tls;
    const QByteArray ours = "DNS:localhost,IP:127.0.0.1";
    QTest::newRow("a server without STARTTLS") << Tls::None << SmtpSecurity::StartTls << ours << true << QByteArray();
    QTest::newRow("another name, STARTTLS") << Tls::Start << SmtpSecurity::StartTls << "DNS:mail.example"_ba << true << QByteArray();
    QTest::newRow("another name, TLS") << Tls::FromTheFirstByte << SmtpSecurity::Tls << "DNS:mail.example"_ba << true << QByteArray();
    QTest::newRow("an authority that nobody knows, STARTTLS") << Tls::Start << SmtpSecurity::StartTls << ours << false << QByteArray();
    QTest::newRow("an authority that nobody knows, TLS") << Tls::FromTheFirstByte << SmtpSecurity::Tls << ours << false << QByteArray();
    QTest::newRow("answers put in behind STARTTLS")
        << Tls::Start << SmtpSecurity::StartTls << ours << true << "250-evil.example\r\n250 AUTH PLAIN\r\n"_ba;
}

void TestSmtpClient::encryption_isDemanded()
{
    QFETCH(const SmtpManners::Tls, tls);
    QFETCH(const SmtpSecurity, security);
    QFETCH(const QByteArray, names);
    QFETCH(const bool, known);
    QFETCH(const QByteArray, injected);
    const TestCertificate other = makeCertificate({.names = {}, .isAuthority = true});
    SmtpSink sink(
        withLogin({.tls = tls, .certificate = makeCertificate({.names = names}, known ? &m_authority : &other), .injected = injected}));
    const MailOutcome outcome = send(server(sink, security, SmtpLogin::Password));
    QCOMPARE(outcome.fate, MailFate::Later);
    QVERIFY(outcome.isAboutServer && !outcome.line.isEmpty());
    QVERIFY(sink.mails().isEmpty());
    const QByteArrayList said = sink.commands();
    QVERIFY2(std::ranges::none_of(said, [](const QByteArray &line) { return line.startsWith("AUTH") || line.startsWith("MAIL"); }),
             said.join('\n')); // nobody heard the password
}

void TestSmtpClient::refusals_meanWhatTheyAreOf_data()
{
    QTest::addColumn<SmtpManners>("manners");
    QTest::addColumn<MailFate>("fate");
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("aboutServer");
    const auto row = [](const char *name, const SmtpManners &manners, MailFate fate, int code, bool aboutServer) {
        QTest::newRow(name) << withLogin(manners) << fate << code << aboutServer;
    };
    row("no such mailbox", {.toRecipient = "550 gone"}, MailFate::Never, 550, false);
    row("a full mailbox", {.toRecipient = "452 full"}, MailFate::Later, 452, false);
    row("a refused content", {.toContent = "554 spam"}, MailFate::Never, 554, false);
    row("a content for later", {.toContent = "451 busy"}, MailFate::Later, 451, false);
    row("DATA refused", {.toData = "554 no"}, MailFate::Never, 554, false);
    row("a sender that may not", {.toSender = "550 not you"}, MailFate::Later, 550, true);
    row("a login is missing after all", {.toRecipient = "530 log in first"}, MailFate::Later, 530, true);
    row("a farewell", {.toRecipient = "421 closing"}, MailFate::Later, 421, true);
    row("a server that refuses everybody", {.greeting = "554 go away"}, MailFate::Later, 554, true);
}

void TestSmtpClient::refusals_meanWhatTheyAreOf()
{
    QFETCH(const SmtpManners, manners);
    SmtpSink sink(manners);
    const MailOutcome outcome = send(server(sink, SmtpSecurity::None, SmtpLogin::Password));
    QTEST(outcome.fate, "fate");
    QTEST(outcome.code, "code");
    QTEST(outcome.isAboutServer, "aboutServer");
    QVERIFY2(outcome.line.contains(QString::number(outcome.code)), qPrintable(outcome.line));
    QVERIFY(!outcome.isInterrupted && sink.mails().isEmpty());
}

void TestSmtpClient::greylisted_isTakenTheNextTime()
{
    SmtpSink sink({.greylisted = 2});
    QCOMPARE(send(server(sink)).fate, MailFate::Later);
    QCOMPARE(send(server(sink)).fate, MailFate::Later);
    QCOMPARE(send(server(sink)).fate, MailFate::Sent);
    QCOMPARE(sink.mails().size(), 1);
}

void TestSmtpClient::olderMechanisms_areNotUsed()
{
    SmtpManners manners = withLogin();
    manners.mechanisms = "NTLM DIGEST-MD5 CRAM-MD5 GSSAPI";
    SmtpSink sink(manners);
    const MailOutcome outcome = send(server(sink, SmtpSecurity::None, SmtpLogin::Password));
    QCOMPARE(outcome.fate, MailFate::Later);
    QVERIFY(outcome.isAboutServer);
    for (const QByteArray &line : sink.commands())
        QVERIFY2(!line.startsWith("AUTH"), line);
}

void TestSmtpClient::utf8_isSaidWhereAnAddressNeedsIt_data()
{
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<bool>("said");
    QTest::newRow("ASCII") << "ann@xn--bcher-kva.example"_ba << false;
    QTest::newRow("beyond it") << "zoë@example.org"_ba << true;
}

void TestSmtpClient::utf8_isSaidWhereAnAddressNeedsIt()
{
    QFETCH(const QByteArray, to);
    SmtpSink sink;
    SmtpMail mail = toAnn;
    mail.to = to;
    const MailOutcome outcome = send(server(sink), mail);
    QVERIFY2(outcome.fate == MailFate::Sent, qPrintable(outcome.line));
    QCOMPARE(sink.mails().first().to, '<' + to + '>');
    QTEST(sink.mails().first().from.contains("SMTPUTF8"), "said");
}

void TestSmtpClient::proxies_ofTheEnvironment_areNotAsked()
{
    const auto cleanup = qScopeGuard([] { qunsetenv("all_proxy"); });
    qputenv("all_proxy", "socks5://127.0.0.1:1");
    SmtpSink sink;
    QCOMPARE(send(server(sink)).fate, MailFate::Sent);
}

void TestSmtpClient::secrets_areNotRepeated_data()
{
    QTest::addColumn<SmtpLogin>("login");
    QTest::addColumn<QByteArray>("mechanisms");
    QTest::newRow("PLAIN") << SmtpLogin::Password << "PLAIN"_ba;
    QTest::newRow("LOGIN") << SmtpLogin::Password << "LOGIN"_ba;
    QTest::newRow("XOAUTH2") << SmtpLogin::OAuth2 << "XOAUTH2"_ba;
}

void TestSmtpClient::secrets_areNotRepeated()
{
    QFETCH(const SmtpLogin, login);
    QFETCH(const QByteArray, mechanisms);
    SmtpManners manners = withLogin();
    manners.password = "another one";
    manners.mechanisms = mechanisms;
    manners.toLogin = "535 what is %1 or " + secret + "?";
    SmtpSink sink(manners);
    const MailOutcome outcome = send(server(sink, SmtpSecurity::None, login));
    QCOMPARE(outcome.fate, MailFate::Later); // also a 5xx: the mail is not at fault
    QVERIFY(outcome.isAboutServer);
    QVERIFY2(outcome.line.contains("535 what is (secret) or (secret)?"_L1), qPrintable(outcome.line));
}

void TestSmtpClient::silence_endsAtTheTimeout()
{
    SmtpSink sink({.silence = SmtpManners::Silence::BeforeGreeting});
    SmtpServer patient = server(sink);
    patient.timeout = Milliseconds {300};
    QElapsedTimer timer;
    timer.start();
    const MailOutcome outcome = send(patient);
    QCOMPARE(outcome.fate, MailFate::Later);
    QVERIFY(outcome.isAboutServer && timer.elapsed() >= 290 && timer.elapsed() < 60'000);
}

void TestSmtpClient::content_isJudgedForLonger_data()
{
    QTest::addColumn<int>("judging"); // milliseconds that it may take, and does
    QTest::addColumn<int>("judges");
    QTest::addColumn<MailFate>("fate");
    QTest::newRow("longer than another answer") << 60'000 << 3000 << MailFate::Sent;
    QTest::newRow("for too long") << 300 << 60'000 << MailFate::Later;
}

/// Whoever gives up while the server judges sends again what it takes in the end.
void TestSmtpClient::content_isJudgedForLonger()
{
    QFETCH(int, judging);
    QFETCH(int, judges);
    SmtpSink sink({.judging = Milliseconds {judges}});
    SmtpServer patient = server(sink);
    patient.timeout = Milliseconds {2000};
    patient.judging = Milliseconds {judging};
    QElapsedTimer timer;
    timer.start();
    const MailOutcome outcome = send(patient);
    QVERIFY2(timer.elapsed() < 30'000, QByteArray::number(timer.elapsed()));
    QTEST(outcome.fate, "fate");
    QCOMPARE(sink.mails().size(), 1);
}

void TestSmtpClient::stop_endsItSoon_data()
{
    QTest::addColumn<SmtpManners::Silence>("silence");
    QTest::newRow("before the greeting") << SmtpManners::Silence::BeforeGreeting;
    QTest::newRow("after the content") << SmtpManners::Silence::AfterContent;
    QTest::newRow("before the goodbye") << SmtpManners::Silence::BeforeGoodbye;
}

void TestSmtpClient::stop_endsItSoon()
{
    QFETCH(const SmtpManners::Silence, silence);
    SmtpSink sink({.silence = silence});
    std::atomic<bool> stop {false};
    MailOutcome outcome;
    std::jthread sending([&] { outcome = m_client.send(server(sink), toAnn, stop); });
    const bool hasContent = silence != SmtpManners::Silence::BeforeGreeting;
    QTRY_VERIFY_WITH_TIMEOUT(hasContent ? sink.mails().size() == 1 : sink.connections() == 1, 60'000);
    QElapsedTimer timer;
    timer.start();
    stop = true;
    sending.join();
    QVERIFY2(timer.elapsed() < 20'000, QByteArray::number(timer.elapsed())); // of the 60 s that it may take; here 0.2 s and 1 s
    const bool isTaken = silence == SmtpManners::Silence::BeforeGoodbye;     // it said so before
    QCOMPARE(outcome.fate, isTaken ? MailFate::Sent : MailFate::Later);
    QCOMPARE(outcome.isInterrupted, !isTaken);
}

void TestSmtpClient::nobodyThere_isLater()
{
    SmtpServer gone;
    {
        const SmtpSink sink;
        gone = server(sink);
    }
    const MailOutcome outcome = send(gone);
    QCOMPARE(outcome.fate, MailFate::Later);
    QVERIFY(outcome.isAboutServer && outcome.code == 0 && !outcome.line.isEmpty());
}

void TestSmtpClient::manyAtOnce_areTaken()
{
    SmtpSink sink;
    std::atomic<int> sent = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int j = 0; j < 5; ++j)
                    sent += send(server(sink)).fate == MailFate::Sent;
            });
    }
    QCOMPARE(sent, 20);
    QCOMPARE(sink.mails().size(), 20);
}

QTEST_GUILESS_MAIN(TestSmtpClient)
#include "TestSmtpClient.moc"
