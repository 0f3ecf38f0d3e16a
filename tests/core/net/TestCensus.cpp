#include "core/net/gate/Census.h"

#include <QTest>

#include <thread>

using namespace warder;
using namespace Qt::StringLiterals;

class TestCensus : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void neighbours_shareOneLimit_data();
    void neighbours_shareOneLimit();
    void total_isLimitedToo();
    void trustedProxy_countsOnlyInAll();
    void unixPeer_countsOnlyInAll();
    void newLimits_countAtOnce();
    void refusals_areCountedByStatus();
    void crowd_neverExceedsTheLimit();
};

void TestCensus::neighbours_shareOneLimit_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<bool>("shared");
    QTest::newRow("the same IPv4") << u"192.0.2.1"_s << u"192.0.2.1"_s << true;
    QTest::newRow("another IPv4") << u"192.0.2.1"_s << u"192.0.2.2"_s << false;
    QTest::newRow("IPv4 as IPv6-mapped") << u"192.0.2.1"_s << u"::ffff:192.0.2.1"_s << true;
    QTest::newRow("two IPv6-mapped") << u"::ffff:192.0.2.2"_s << u"::ffff:192.0.2.1"_s << false;
    QTest::newRow("the same /64") << u"2001:db8:0:1::1"_s << u"2001:db8:0:1:ffff::9"_s << true;
    QTest::newRow("another /64") << u"2001:db8:0:1::1"_s << u"2001:db8:0:2::1"_s << false;
}

void TestCensus::neighbours_shareOneLimit()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    ListenerLimits limits;
    limits.connectionsPerAddress = 1;
    Census census(limits);
    QVERIFY(census.enter({.address = QHostAddress(first)}));
    QFETCH(bool, shared);
    QCOMPARE(census.enter({.address = QHostAddress(second)}), !shared);
    QCOMPARE(census.turnedAway(), shared ? 1 : 0);
    census.leave({.address = QHostAddress(first)});
    QVERIFY(census.enter({.address = QHostAddress(first)}));
}

void TestCensus::total_isLimitedToo()
{
    ListenerLimits limits;
    limits.connections = 1;
    Census census(limits);
    QVERIFY(census.enter({.address = QHostAddress(u"192.0.2.1"_s)}));
    QVERIFY(!census.enter({.address = QHostAddress(u"192.0.2.2"_s)}));
    QCOMPARE(census.connections(), 1);
}

void TestCensus::trustedProxy_countsOnlyInAll()
{
    ListenerLimits limits;
    limits.connections = 3;
    limits.connectionsPerAddress = 1;
    limits.trustedProxies = {QHostAddress::parseSubnet(u"192.0.2.0/24"_s)};
    Census census(limits);
    for (int i = 0; i < 3; ++i)
        QVERIFY(census.enter({.address = QHostAddress(u"192.0.2.1"_s)}));
    QVERIFY(!census.enter({.address = QHostAddress(u"192.0.2.1"_s)}));
}

void TestCensus::unixPeer_countsOnlyInAll()
{
    ListenerLimits limits;
    limits.connections = 3;
    limits.connectionsPerAddress = 1;
    Census census(limits);
    for (int i = 0; i < 3; ++i)
        QVERIFY(census.enter({.address = QHostAddress(QHostAddress::LocalHost), .isUnix = true}));
    QVERIFY(!census.enter({.address = QHostAddress(QHostAddress::LocalHost), .isUnix = true}));
    census.leave({.address = QHostAddress(QHostAddress::LocalHost), .isUnix = true});
    QVERIFY(census.enter({.address = QHostAddress(QHostAddress::LocalHost)})); // whose seats are its own
}

void TestCensus::newLimits_countAtOnce()
{
    Census census(ListenerLimits {});
    const GatePeer peer {.address = QHostAddress(u"192.0.2.1"_s)};
    QVERIFY(census.enter(peer));
    QVERIFY(census.enter(peer));
    ListenerLimits limits;
    limits.connectionsPerAddress = 2;
    census.adapt(limits);
    QVERIFY(!census.enter(peer));
    census.leave(peer);
    QVERIFY(census.enter(peer));
}

void TestCensus::refusals_areCountedByStatus()
{
    Census census(ListenerLimits {});
    census.countRefusal(400);
    census.countRefusal(408);
    census.countRefusal(400);
    QCOMPARE(census.refusals(), (std::map<HttpStatus, qint64> {{400, 2}, {408, 1}}));
}

void TestCensus::crowd_neverExceedsTheLimit()
{
    ListenerLimits limits;
    limits.connectionsPerAddress = 3;
    Census census(limits);
    const GatePeer peer {.address = QHostAddress(u"192.0.2.1"_s)};
    std::atomic<int> inside = 0;
    std::atomic<bool> exceeded = false;
    const auto comeAndGo = [&] {
        for (int i = 0; i < 2000; ++i) {
            if (!census.enter(peer))
                continue;
            if (++inside > 3)
                exceeded = true;
            census.countRequest();
            --inside;
            census.leave(peer);
        }
    };
    {
        std::vector<std::jthread> crowd;
        for (int i = 0; i < 4; ++i)
            crowd.emplace_back(comeAndGo);
    }
    QVERIFY(!exceeded);
    QCOMPARE(census.connections(), 0);
    QCOMPARE(census.requests() + census.turnedAway(), 8000);
}

QTEST_GUILESS_MAIN(TestCensus)
#include "TestCensus.moc"
