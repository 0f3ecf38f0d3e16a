#include "core/crypto/HostNames.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestHostNames : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void localhost_isAlwaysAmongThem();
    void names_haveOneSpelling_data();
    void names_haveOneSpelling();
    void whatIsNoName_isRefused_data();
    void whatIsNoName_isRefused();
};

void TestHostNames::localhost_isAlwaysAmongThem()
{
    QCOMPARE(HostNames::withLocalhost({}).value().all(), QStringList({u"localhost"_s, u"127.0.0.1"_s, u"::1"_s}));
    const QStringList given {u"LOCALHOST"_s, u"b.test"_s, u"::1"_s, u"a.test"_s, u"b.test"_s, u"10.0.0.7"_s};
    QCOMPARE(HostNames::withLocalhost(given).value().all(),
             QStringList({u"localhost"_s, u"b.test"_s, u"a.test"_s, u"127.0.0.1"_s, u"::1"_s, u"10.0.0.7"_s}));
}

void TestHostNames::names_haveOneSpelling_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("spelt");
    QTest::newRow("one label") << u"auth"_s << u"auth"_s;
    QTest::newRow("capitals") << u"Auth.Test"_s << u"auth.test"_s;
    QTest::newRow("hyphens and digits") << u"a-1.2b.test"_s << u"a-1.2b.test"_s;
    QTest::newRow("umlauts") << u"büro.example"_s << u"xn--bro-hoa.example"_s;
    QTest::newRow("one level of any name") << u"*.dev.example"_s << u"*.dev.example"_s;
    QTest::newRow("longest label") << QString(63, u'a') << QString(63, u'a');
    QTest::newRow("IPv4") << u"192.168.1.20"_s << u"192.168.1.20"_s;
    QTest::newRow("IPv6, long") << u"FD00:0:0::1"_s << u"fd00::1"_s;
}

void TestHostNames::names_haveOneSpelling()
{
    QFETCH(const QString, given);
    QFETCH(const QString, spelt);
    const auto names = HostNames::withLocalhost({given});
    QVERIFY2(names, names ? "" : qPrintable(names.error().detail));
    QVERIFY2(names->all().contains(spelt), qPrintable(names->all().join(u' ')));
    QCOMPARE(names->all().size(), 4);
}

void TestHostNames::whatIsNoName_isRefused_data()
{
    QTest::addColumn<QString>("given");
    QTest::newRow("nothing") << QString();
    QTest::newRow("a URL") << u"https://auth.test"_s;
    QTest::newRow("with a port") << u"auth.test:8443"_s;
    QTest::newRow("with a path") << u"auth.test/login"_s;
    QTest::newRow("two in one") << u"a.test,DNS:bank.example"_s;
    QTest::newRow("a space") << u"auth test"_s;
    QTest::newRow("a line feed") << u"auth.test\n"_s;
    QTest::newRow("a NUL") << u"auth.test\0.example"_s;
    QTest::newRow("an underscore") << u"my_host.test"_s;
    QTest::newRow("a hyphen in front") << u"-auth.test"_s;
    QTest::newRow("a dot in front") << u".auth.test"_s;
    QTest::newRow("a dot behind") << u"auth.test."_s;
    QTest::newRow("two dots") << u"auth..test"_s;
    QTest::newRow("a label of 64") << QString(64, u'a');
    QTest::newRow("254 characters") << QString(u"a."_s).repeated(126) + u"ab"_s;
    QTest::newRow("everything") << u"*"_s;
    QTest::newRow("everything below a label") << u"*.test"_s;
    QTest::newRow("a star within") << u"a.*.test"_s;
    QTest::newRow("a star in a label") << u"a*.dev.test"_s;
    QTest::newRow("half an address") << u"127.1"_s;
    QTest::newRow("an address that is none") << u"10.0.0.256"_s;
    QTest::newRow("a network") << u"10.0.0.0/8"_s;
    QTest::newRow("brackets") << u"[::1]"_s;
    QTest::newRow("a zone") << u"fe80::1%eth0"_s;
}

void TestHostNames::whatIsNoName_isRefused()
{
    QFETCH(const QString, given);
    const auto names = HostNames::withLocalhost({u"right.test"_s, given});
    QVERIFY2(!names, names ? qPrintable(names->all().join(u' ')) : "");
    QCOMPARE(names.error().code, ErrorCode::InvalidInput);
    QVERIFY2(names.error().detail.startsWith(u"\"%1\" is no name of a host: "_s.arg(given)), qPrintable(names.error().detail));
}

QTEST_GUILESS_MAIN(TestHostNames)
#include "TestHostNames.moc"
