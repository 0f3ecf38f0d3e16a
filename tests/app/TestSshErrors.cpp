#include "app/cli/ExitCode.h"
#include "app/remote/SshErrors.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// What OpenSSH 9.2 says, word for word, and what is made of it.
class TestSshErrors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void ssh_isUnderstood_data();
    void ssh_isUnderstood();
    void brokenLine_isNoRefusal_data();
    void brokenLine_isNoRefusal();
    void warderdThere_isUnderstood_data();
    void warderdThere_isUnderstood();
    void socket_isFoundAmongGreetings();
    void frames_areLeftOut();
    void whatIsSaid_isBounded();
    void whatNeedsAPerson_isNotTriedAgain();
};

namespace {

const QByteArray changedKey = "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\n"
                              "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\n"
                              "@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@\n"
                              "IT IS POSSIBLE THAT SOMEONE IS DOING SOMETHING NASTY!\n"
                              "Someone could be eavesdropping on you right now (man-in-the-middle attack)!\n"
                              "It is also possible that a host key has just been changed.\n"
                              "The fingerprint for the ED25519 key sent by the remote host is\n"
                              "SHA256:VPK//XDNW96DFlusa/Cio5/AwY3NU2lvdfMexispaks.\n"
                              "Please contact your system administrator.\n"
                              "Add correct host key in /home/ann/.ssh/known_hosts to get rid of this message.\n"
                              "Offending ED25519 key in /home/ann/.ssh/known_hosts:1\n"
                              "Host key for [127.0.0.1]:22022 has changed and you have requested strict checking.\n"
                              "Host key verification failed.\n"_ba;

} // namespace

void TestSshErrors::ssh_isUnderstood_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<RemoteTrouble>("trouble");
    using enum RemoteTrouble;
    QTest::newRow("no such host") << "ssh: Could not resolve hostname nowhere.invalid: Name or service not known\n"_ba << UnknownHost;
    QTest::newRow("no name server") << "ssh: Could not resolve hostname a: Temporary failure in name resolution\n"_ba << UnknownHost;
    QTest::newRow("nobody listens") << "ssh: connect to host 127.0.0.1 port 1: Connection refused\n"_ba << Unreachable;
    QTest::newRow("no route") << "ssh: connect to host 192.0.2.7 port 22: No route to host\n"_ba << Unreachable;
    QTest::newRow("no network") << "ssh: connect to host 192.0.2.7 port 22: Network is unreachable\n"_ba << Unreachable;
    QTest::newRow("no answer") << "ssh: connect to host 10.255.255.1 port 22: Connection timed out\n"_ba << Unreachable;
    QTest::newRow("a silent one") << "Connection timed out during banner exchange\nConnection to 10.255.255.1 port 22022 timed out\n"_ba
                                  << Unreachable;
    QTest::newRow("closed at once") << "kex_exchange_identification: Connection closed by remote host\n"
                                       "Connection closed by 127.0.0.1 port 22033\n"_ba
                                    << Unreachable;
    QTest::newRow("no ssh there") << "kex_exchange_identification: read: Connection reset by peer\n"
                                     "Connection reset by 127.0.0.1 port 22034\n"_ba
                                  << Unreachable;
    QTest::newRow("unknown key, nobody asked") << "Host key verification failed.\n"_ba << HostKeyUnknown;
    QTest::newRow("unknown key, strict") << "No ED25519 host key is known for auth and you have requested strict checking.\n"
                                            "Host key verification failed.\n"_ba
                                         << HostKeyUnknown;
    QTest::newRow("changed key") << changedKey << HostKeyChanged;
    QTest::newRow("refused key") << "root@127.0.0.1: Permission denied (publickey,keyboard-interactive).\n"_ba << LoginRefused;
    QTest::newRow("too many keys") << "Received disconnect from 192.0.2.7 port 22:2: Too many authentication failures\n"
                                      "Disconnected from 192.0.2.7 port 22\n"_ba
                                   << LoginRefused;
    QTest::newRow("a key that may not be read") << "Load key \"/home/ann/.ssh/id\": Permission denied\n"_ba << Other;
    QTest::newRow("its own settings") << "command-line: line 0: Bad configuration option: nonsense\n"_ba << Other;
    QTest::newRow("no room here") << "unix_listener: cannot bind to path /run/x/s: Address already in use\n"
                                     "Could not request local forwarding.\n"_ba
                                  << Other;
    QTest::newRow("nothing") << QByteArray() << Other;
}

void TestSshErrors::ssh_isUnderstood()
{
    QFETCH(QByteArray, said);
    const SshFault fault = faultOfSsh(said, false);
    QTEST(fault.trouble, "trouble");
    QCOMPARE(fault.said.isEmpty(), said.isEmpty());
}

void TestSshErrors::brokenLine_isNoRefusal_data()
{
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("the machine closes it") << "Connection to 127.0.0.1 closed by remote host.\n"_ba;
    QTest::newRow("the machine is silent") << "Timeout, server 127.0.0.1 not responding.\n"_ba;
    QTest::newRow("the way is gone") << "client_loop: send disconnect: Broken pipe\n"_ba;
    QTest::newRow("a network that went") << "Read from remote host auth: Connection timed out\n"_ba;
    QTest::newRow("nothing") << QByteArray();
}

void TestSshErrors::brokenLine_isNoRefusal()
{
    QFETCH(QByteArray, said);
    QCOMPARE(faultOfSsh(said, true).trouble, RemoteTrouble::Broken);
}

void TestSshErrors::warderdThere_isUnderstood_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("out");
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<RemoteTrouble>("trouble");
    using enum RemoteTrouble;
    QTest::newRow("none, says bash") << 127 << QByteArray() << "bash: warderd: command not found\n"_ba << NoProgram;
    QTest::newRow("none, says dash") << 127 << QByteArray() << "sh: 1: warderd: not found\n"_ba << NoProgram;
    QTest::newRow("one that may not be run") << 126 << QByteArray() << "bash: /usr/bin/warderd: Permission denied\n"_ba << NoProgram;
    QTest::newRow("no server") << int(Refused) << QByteArray() << "warderd: no server runs on the data directory /root/x\n"_ba
                               << NotRunning;
    QTest::newRow("an account without a shell") << 1 << "This account is currently not available.\n"_ba << QByteArray() << Other;
    QTest::newRow("an older one") << int(WrongUsage) << QByteArray() << "warderd: no such command: server socket\n"_ba << Other;
    QTest::newRow("the connection is gone") << 255 << QByteArray() << "Connection to auth closed by remote host.\n"_ba << Other;
    QTest::newRow("no path") << int(Done) << "hello\n"_ba << QByteArray() << Other;
    QTest::newRow("a path that asks for our variables") << int(Done) << "/${SECRET}/console.sock\n"_ba << QByteArray() << Other;
    QTest::newRow("a path that asks for our user") << int(Done) << "/%u/console.sock\n"_ba << QByteArray() << Other;
    QTest::newRow("a path of two") << int(Done) << "/a:/b/console.sock\n"_ba << QByteArray() << Other;
    QTest::newRow("a path without a folder") << int(Done) << "/console.sock\n"_ba << QByteArray() << Other;
}

void TestSshErrors::warderdThere_isUnderstood()
{
    QFETCH(int, code);
    QFETCH(QByteArray, out);
    QFETCH(QByteArray, said);
    const auto path = socketSaid(code, out, said);
    QVERIFY(!path);
    QTEST(path.error().trouble, "trouble");
}

void TestSshErrors::socket_isFoundAmongGreetings()
{
    const auto path = socketSaid(Done, "Welcome!\n/usr/share/motd\n/var/lib/warder/console.sock\nBye\n"_ba, {});
    QVERIFY(path);
    QCOMPARE(*path, u"/var/lib/warder/console.sock"_s);
}

void TestSshErrors::frames_areLeftOut()
{
    const QString said = faultOfSsh(changedKey, false).said;
    QVERIFY2(!said.contains(u"@@"_s) && said.startsWith(u"WARNING: REMOTE HOST"_s), qPrintable(said));
    QVERIFY(said.endsWith(u"Host key verification failed."_s));
}

void TestSshErrors::whatIsSaid_isBounded()
{
    QByteArray banner;
    for (int i = 0; i < 500; ++i)
        banner += QByteArray::number(i) + ' ' + QByteArray(5000, 'x') + '\n';
    QVERIFY(faultOfSsh(banner, false).said.size() < 5000);
    const QByteArray same = "channel 2: open failed: connect failed: open failed\n"_ba.repeated(100);
    QCOMPARE(faultOfSsh(same, true).said, u"channel 2: open failed: connect failed: open failed"_s);
}

void TestSshErrors::whatNeedsAPerson_isNotTriedAgain()
{
    using enum RemoteTrouble;
    for (const RemoteTrouble never : {NoSsh, HostKeyUnknown, HostKeyChanged, LoginRefused})
        QVERIFY2(!mayPass(never), qPrintable(nameOf(never)));
    for (const RemoteTrouble again : {UnknownHost, Unreachable, NoProgram, NotRunning, Broken, Other})
        QVERIFY2(mayPass(again), qPrintable(nameOf(again)));
}

QTEST_GUILESS_MAIN(TestSshErrors)
#include "TestSshErrors.moc"
