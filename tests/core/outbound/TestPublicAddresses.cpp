#include "core/outbound/PublicAddresses.h"

#include <QHostAddress>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// Which machines a stranger's word may make us ask.
class TestPublicAddresses : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void addresses_areToldApart_data();
    void addresses_areToldApart();
};

void TestPublicAddresses::addresses_areToldApart_data()
{
    QTest::addColumn<bool>("isPublic");
    for (const char *address : {"1.1.1.1",           "8.8.8.8",
                                "9.255.255.255",     "11.0.0.0",
                                "100.63.255.255",    "100.128.0.0",
                                "128.0.0.1",         "169.253.0.1",
                                "172.15.255.255",    "172.32.0.0",
                                "192.167.0.1",       "193.0.0.1",
                                "198.17.255.255",    "198.20.0.1",
                                "223.255.255.255",   "2606:4700:4700::1111",
                                "2a00:1450:4001::1", "2001:4860:4860::8888",
                                "::ffff:8.8.8.8",    "64:ff9b::8.8.8.8"})
        QTest::newRow(address) << true;
    for (const char *address : {"0.0.0.0",
                                "0.1.2.3",
                                "10.0.0.1",
                                "100.64.0.1",
                                "127.0.0.1",
                                "127.255.255.255",
                                "169.254.169.254", // which tells a cloud's secrets
                                "172.16.0.1",
                                "172.31.255.255",
                                "192.0.0.1",
                                "192.0.2.1",
                                "192.168.1.1",
                                "198.18.0.1",
                                "198.51.100.1",
                                "203.0.113.9",
                                "224.0.0.1",
                                "239.255.255.255",
                                "240.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "::127.0.0.1",
                                "::ffff:127.0.0.1",
                                "::ffff:10.0.0.1",
                                "::ffff:169.254.169.254",
                                "64:ff9b::127.0.0.1",
                                "64:ff9b::10.0.0.1",
                                "64:ff9b:1::1",
                                "100::1",
                                "2001::1",
                                "2001:db8::1",
                                "2002:7f00:1::",
                                "2002:808:808::1",
                                "3fff::1",
                                "fc00::1",
                                "fd12:3456::1",
                                "fe80::1",
                                "fe80::1%eth0",
                                "fec0::1",
                                "ff02::1",
                                "localhost"})
        QTest::newRow(address) << false;
}

void TestPublicAddresses::addresses_areToldApart()
{
    QTEST(isPublicAddress(QHostAddress(QString::fromLatin1(QTest::currentDataTag()))), "isPublic");
}

QTEST_GUILESS_MAIN(TestPublicAddresses)
#include "TestPublicAddresses.moc"
