#include "core/base/RemotePlace.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// What a person may write as a server on another machine.
class TestRemotePlace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void place_isRead_data();
    void place_isRead();
    void dangerous_isRefused_data();
    void dangerous_isRefused();
    void longFolder_isRefused();
};

void TestRemotePlace::place_isRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<RemotePlace>("place");
    QTest::addColumn<QString>("again");
    const auto row = [](const char *name, const QString &text, const RemotePlace &place, const QString &again = {}) {
        QTest::newRow(name) << text << place << (again.isEmpty() ? text : again);
    };
    row("a host", u"auth.example.com"_s, {.host = u"auth.example.com"_s});
    row("a name of the configuration", u"my_server-2"_s, {.host = u"my_server-2"_s});
    row("a user", u"root@auth"_s, {.user = u"root"_s, .host = u"auth"_s});
    row("a user of a domain", u"ann@corp.example@auth"_s, {.user = u"ann@corp.example"_s, .host = u"auth"_s});
    row("a port", u"ann@auth:2222"_s, {.user = u"ann"_s, .host = u"auth"_s, .port = 2222});
    row("a folder", u"ann@auth:/srv/warder"_s, {.user = u"ann"_s, .host = u"auth"_s, .dataDirectory = u"/srv/warder"_s});
    row("all of it", u"ann@auth:22:/srv/a@b c"_s, {.user = u"ann"_s, .host = u"auth"_s, .port = 22, .dataDirectory = u"/srv/a@b c"_s});
    row("IPv4", u"root@192.0.2.7:22"_s, {.user = u"root"_s, .host = u"192.0.2.7"_s, .port = 22});
    row("IPv6", u"root@[2001:db8::7]:22"_s, {.user = u"root"_s, .host = u"2001:db8::7"_s, .port = 22});
    row("IPv6 with a zone", u"[fe80::1%eth0]:/srv"_s, {.host = u"fe80::1%eth0"_s, .dataDirectory = u"/srv"_s});
    row("IPv6 without brackets", u"root@::1"_s, {.user = u"root"_s, .host = u"::1"_s}, u"root@[::1]"_s);
    row("blanks around it", u"  root@auth \n"_s, {.user = u"root"_s, .host = u"auth"_s}, u"root@auth"_s);
}

void TestRemotePlace::place_isRead()
{
    QFETCH(QString, text);
    QFETCH(RemotePlace, place);
    QFETCH(QString, again);
    const auto read = RemotePlace::parse(text);
    QVERIFY2(read, read ? "" : qPrintable(nameOf(read.error())));
    QVERIFY2(*read == place, qPrintable(read->toText()));
    QCOMPARE(read->toText(), again);
    QVERIFY(*RemotePlace::parse(again) == place);
}

void TestRemotePlace::dangerous_isRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<PlaceFault>("fault");
    using enum PlaceFault;
    QTest::newRow("nothing") << u""_s << Missing;
    QTest::newRow("a user alone") << u"root@"_s << Missing;
    QTest::newRow("a folder alone") << u":/srv"_s << Missing;
    QTest::newRow("an option") << u"-oProxyCommand=reboot"_s << HostMalformed;
    QTest::newRow("an option behind a user") << u"root@-oProxyCommand=reboot"_s << HostMalformed;
    QTest::newRow("an option as a user") << u"-F/tmp/x@auth"_s << UserMalformed;
    QTest::newRow("no user") << u"@auth"_s << UserMalformed;
    QTest::newRow("a blank") << u"root@a b"_s << HostMalformed;
    QTest::newRow("a line feed") << u"root@auth\nreboot"_s << HostMalformed;
    QTest::newRow("a line feed at the end of a user") << u"root\n@auth"_s << UserMalformed;
    QTest::newRow("an escape") << u"root@\x1b[1mauth"_s << HostMalformed;
    QTest::newRow("words for a shell") << u"root@$(reboot)"_s << HostMalformed;
    QTest::newRow("a user for a shell") << u"`reboot`@auth"_s << UserMalformed;
    QTest::newRow("a value of the configuration") << u"root@%h"_s << HostMalformed;
    QTest::newRow("letters that look alike") << u"root@аuth"_s << HostMalformed;
    QTest::newRow("words behind a bracket") << u"[::1]x"_s << HostMalformed;
    QTest::newRow("no port") << u"auth:"_s << PortMalformed;
    QTest::newRow("a port of words") << u"auth:ssh"_s << PortMalformed;
    QTest::newRow("a port with a sign") << u"auth:+22"_s << PortMalformed;
    QTest::newRow("port 0") << u"auth:0"_s << PortMalformed;
    QTest::newRow("too great a port") << u"auth:65536"_s << PortMalformed;
    QTest::newRow("a folder that is not absolute") << u"auth:srv"_s << PortMalformed;
    QTest::newRow("a colon in a folder") << u"auth:/srv:x"_s << FolderMalformed;
    QTest::newRow("a value in a folder") << u"auth:/srv/%u"_s << FolderMalformed;
    QTest::newRow("a variable in a folder") << u"auth:/srv/${HOME}"_s << FolderMalformed;
    QTest::newRow("a backslash in a folder") << u"auth:/srv\\x"_s << FolderMalformed;
    QTest::newRow("a tabulator in a folder") << u"auth:/srv\tx"_s << FolderMalformed;
}

void TestRemotePlace::dangerous_isRefused()
{
    QFETCH(QString, text);
    const auto read = RemotePlace::parse(text);
    QVERIFY2(!read, read ? qPrintable(read->toText()) : "");
    QTEST(read.error(), "fault");
}

void TestRemotePlace::longFolder_isRefused()
{
    RemotePlace place {.host = u"auth"_s, .dataDirectory = u'/' + QString(RemotePlace::longestFolder - 1, u'x')};
    QVERIFY(!place.fault());
    place.dataDirectory += u'x';
    QVERIFY(place.fault() == PlaceFault::FolderMalformed);
}

QTEST_GUILESS_MAIN(TestRemotePlace)
#include "TestRemotePlace.moc"
