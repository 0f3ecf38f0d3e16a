#include "core/net/gate/ConnectionCounts.h"

#include <QTest>

#include <thread>

using namespace warder;
using namespace Qt::StringLiterals;

class TestConnectionCounts : public QObject
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

void TestConnectionCounts::neighbours_shareOneLimit_data()
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

void TestConnectionCounts::neighbours_shareOneLimit()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    ListenerLimits limits;
    limits.connectionsPerAddress = 1;
    ConnectionCounts counts(limits);
    QVERIFY(counts.enter({.address = QHostAddress(first)}));
    QFETCH(bool, shared);
    QCOMPARE(counts.enter({.address = QHostAddress(second)}), !shared);
    QCOMPARE(counts.turnedAway(), shared ? 1 : 0);
    counts.leave({.address = QHostAddress(first)});
    QVERIFY(counts.enter({.address = QHostAddress(first)}));
}

void TestConnectionCounts::total_isLimitedToo()
{
    ListenerLimits limits;
    limits.connections = 1;
    ConnectionCounts counts(limits);
    QVERIFY(counts.enter({.address = QHostAddress(u"192.0.2.1"_s)}));
    QVERIFY(!counts.enter({.address = QHostAddress(u"192.0.2.2"_s)}));
    QCOMPARE(counts.connections(), 1);
}

void TestConnectionCounts::trustedProxy_countsOnlyInAll()
{
    ListenerLimits limits;
    limits.connections = 3;
    limits.connectionsPerAddress = 1;
    limits.trustedProxies = {QHostAddress::parseSubnet(u"192.0.2.0/24"_s)};
    ConnectionCounts counts(limits);
    for (int i = 0; i < 3; ++i)
        QVERIFY(counts.enter({.address = QHostAddress(u"192.0.2.1"_s)}));
    QVERIFY(!counts.enter({.address = QHostAddress(u"192.0.2.1"_s)}));
}

void TestConnectionCounts::unixPeer_countsOnlyInAll()
{
    ListenerLimits limits;
    limits.connections = 3;
    limits.connectionsPerAddress = 1;
    ConnectionCounts counts(limits);
    for (int i = 0; i < 3; ++i)
        QVERIFY(counts.enter({.address = QHostAddress(QHostAddress::LocalHost), .isUnix = true}));
    QVERIFY(!counts.enter({.address = QHostAddress(QHostAddress::LocalHost), .isUnix = true}));
    counts.leave({.address = QHostAddress(QHostAddress::LocalHost), .isUnix = true});
    QVERIFY(counts.enter({.address = QHostAddress(QHostAddress::LocalHost)})); // who is counted apart
}

void TestConnectionCounts::newLimits_countAtOnce()
{
    ConnectionCounts counts(ListenerLimits {});
    const GatePeer peer {.address = QHostAddress(u"192.0.2.1"_s)};
    QVERIFY(counts.enter(peer));
    QVERIFY(counts.enter(peer));
    ListenerLimits limits;
    limits.connectionsPerAddress = 2;
    counts.setLimits(limits);
    QVERIFY(!counts.enter(peer));
    counts.leave(peer);
    QVERIFY(counts.enter(peer));
}

void TestConnectionCounts::refusals_areCountedByStatus()
{
    ConnectionCounts counts(ListenerLimits {});
    counts.countRefusal(400);
    counts.countRefusal(408);
    counts.countRefusal(400);
    QCOMPARE(counts.refusals(), (std::map<HttpStatus, qint64> {{400, 2}, {408, 1}}));
}

void TestConnectionCounts::crowd_neverExceedsTheLimit()
{
    ListenerLimits limits;
    limits.connectionsPerAddress = 3;
    ConnectionCounts counts(limits);
    const GatePeer peer {.address = QHostAddress(u"192.0.2.1"_s)};
    std::atomic<int> inside = 0;
    std::atomic<bool> exceeded = false;
    const auto comeAndGo = [&] {
        for (int i = 0; i < 2000; ++i) {
            if (!counts.enter(peer))
                continue;
            if (++inside > 3)
                exceeded = true;
            counts.countRequest();
            --inside;
            counts.leave(peer);
        }
    };
    {
        std::vector<std::jthread> crowd;
        for (int i = 0; i < 4; ++i)
            crowd.emplace_back(comeAndGo);
    }
    QVERIFY(!exceeded);
    QCOMPARE(counts.connections(), 0);
    QCOMPARE(counts.requests() + counts.turnedAway(), 8000);
}

QTEST_GUILESS_MAIN(TestConnectionCounts)
#include "TestConnectionCounts.moc"
