#include "core/ratelimit/NetworkRule.h"
#include "tests/support/FakeClock.h"

#include <QTest>

#include <algorithm>

using namespace warder;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestNetworkTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void texts_data();
    void texts();
    void longestPrefix_wins_data();
    void longestPrefix_wins();
    void whatIsOver_holdsNoMore();
    void ofTheSameNetwork_theExemptionWins();
    void anEmptyTable_knowsNothing();
    void manyNetworks_areFoundAllTheSame();

private:
    static NetworkRule rule(const QString &network, NetworkStanding standing = NetworkStanding::Blocked,
                            std::optional<TimePoint> until = {})
    {
        return {.network = network, .standing = standing, .until = until};
    }
    test::FakeClock m_clock;
};

void TestNetworkTable::texts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written"); // empty: no network
    const auto row = [](const QString &text, const QString &written) { QTest::newRow(qPrintable(text)) << text << written; };
    row(u"203.0.113.0/24"_s, u"203.0.113.0/24"_s);
    row(u"203.0.113.7"_s, u"203.0.113.7/32"_s);
    row(u" 203.0.113.7 "_s, u"203.0.113.7/32"_s);
    row(u"203.0.113.7/32"_s, u"203.0.113.7/32"_s);
    row(u"203.0.113.7/24"_s, {});
    row(u"0.0.0.0/0"_s, u"0.0.0.0/0"_s);
    row(u"1.0.0.0/0"_s, {});
    row(u"203.0.113.0/33"_s, {});
    row(u"203.0.113"_s, {});
    row(u"2001:db8::/32"_s, u"2001:db8::/32"_s);
    row(u"2001:DB8:0:0::/32"_s, u"2001:db8::/32"_s);
    row(u"2001:db8::1"_s, u"2001:db8::1/128"_s);
    row(u"2001:db8::1/64"_s, {});
    row(u"::/0"_s, u"::/0"_s);
    row(u"::ffff:203.0.113.7"_s, u"203.0.113.7/32"_s);
    row(u"::ffff:203.0.113.0/120"_s, u"203.0.113.0/24"_s);
    row(u"::ffff:0:0/90"_s, {});
    row(u"fe80::1%eth0"_s, {});
    row(u"example.com"_s, {});
    row({}, {});
}

void TestNetworkTable::texts()
{
    QFETCH(QString, text);
    QFETCH(QString, written);
    const auto network = parseNetwork(text);
    QCOMPARE(network ? toText(*network) : QString(), written);
    if (network)
        QCOMPARE(parseNetwork(written), network);
}

void TestNetworkTable::longestPrefix_wins_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("network"); // empty: none
    QTest::newRow("the whole internet of old") << u"8.8.8.8"_s << u"0.0.0.0/0"_s;
    QTest::newRow("a network") << u"203.0.113.9"_s << u"203.0.113.0/24"_s;
    QTest::newRow("its exception") << u"203.0.113.7"_s << u"203.0.113.7/32"_s;
    QTest::newRow("its exception, mapped") << u"::ffff:203.0.113.7"_s << u"203.0.113.7/32"_s;
    QTest::newRow("beside the network") << u"203.0.114.7"_s << u"0.0.0.0/0"_s;
    QTest::newRow("IPv6") << u"2001:db8:1::1"_s << u"2001:db8::/32"_s;
    QTest::newRow("IPv6, within") << u"2001:db8:5::1"_s << u"2001:db8:5::/48"_s;
    QTest::newRow("IPv6, none") << u"2001:db9::1"_s << QString();
    QTest::newRow("a length that is no whole byte") << u"10.15.1.1"_s << u"10.8.0.0/13"_s;
    QTest::newRow("just beyond it") << u"10.16.1.1"_s << u"0.0.0.0/0"_s;
}

void TestNetworkTable::longestPrefix_wins()
{
    QFETCH(QString, address);
    const NetworkTable table({rule(u"0.0.0.0/0"_s), rule(u"203.0.113.7/32"_s, NetworkStanding::Exempt), rule(u"203.0.113.0/24"_s),
                              rule(u"10.8.0.0/13"_s), rule(u"2001:db8::/32"_s), rule(u"2001:db8:5::/48"_s, NetworkStanding::Exempt)});
    const NetworkRule *found = table.find(QHostAddress(address), m_clock.now());
    QTEST(found ? found->network : QString(), "network");
}

void TestNetworkTable::whatIsOver_holdsNoMore()
{
    const TimePoint until = m_clock.now() + 1h;
    const NetworkTable table({rule(u"203.0.113.7/32"_s, NetworkStanding::Exempt, until), rule(u"203.0.113.0/24"_s)});
    const auto standing = [&](TimePoint now) { return table.find(QHostAddress(u"203.0.113.7"_s), now)->standing; };
    QCOMPARE(standing(until - 1ms), NetworkStanding::Exempt);
    QCOMPARE(standing(until), NetworkStanding::Blocked);
}

void TestNetworkTable::ofTheSameNetwork_theExemptionWins()
{
    for (const bool exemptFirst : {true, false}) {
        QList<NetworkRule> rules {rule(u"203.0.113.0/24"_s, NetworkStanding::Exempt), rule(u"203.0.113.0/24"_s)};
        if (!exemptFirst)
            std::ranges::reverse(rules);
        QCOMPARE(NetworkTable(rules).find(QHostAddress(u"203.0.113.7"_s), m_clock.now())->standing, NetworkStanding::Exempt);
    }
}

void TestNetworkTable::anEmptyTable_knowsNothing()
{
    QVERIFY(!NetworkTable().find(QHostAddress(u"203.0.113.7"_s), m_clock.now()));
    QVERIFY(!NetworkTable({rule(u"0.0.0.0/0"_s)}).find({}, m_clock.now()));
}

void TestNetworkTable::manyNetworks_areFoundAllTheSame()
{
    QList<NetworkRule> rules;
    for (quint32 i = 0; i < 10'000; ++i)
        rules += rule(QHostAddress(0x0b00'0000 + (i << 8)).toString() + u"/24"_s);
    const NetworkTable table(rules);
    for (quint32 i = 0; i < 10'000; i += 37)
        QCOMPARE(table.find(QHostAddress(0x0b00'0000 + (i << 8) + 5), m_clock.now())->network, rules.at(i).network);
    QVERIFY(!table.find(QHostAddress(u"12.0.0.1"_s), m_clock.now()));
}

QTEST_GUILESS_MAIN(TestNetworkTable)
#include "TestNetworkTable.moc"
