#include "core/tokens/JwksConsumers.h"

#include <QTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

constexpr TimePoint start {std::chrono::years {57}};

QHostAddress address(int number) { return QHostAddress(quint32(0xC0000200 + number)); }

} // namespace

class TestJwksConsumers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void each_isRememberedOnce();
    void theLeastRecent_goes();
    void oneAddress_pushesOutItsOwnOnly();
    void manyThreads_areCounted();
};

void TestJwksConsumers::each_isRememberedOnce()
{
    JwksConsumers consumers;
    consumers.note(address(1), u"jose"_s, {u"a"_s}, start);
    consumers.note(address(1), u"PyJWT"_s, {u"a"_s}, start + Seconds {1});
    consumers.note(address(1), u"jose"_s, {u"a"_s, u"b"_s}, start + Seconds {2});
    const auto all = consumers.all();
    QCOMPARE(all.size(), 2);
    QCOMPARE(all[0].userAgent, u"jose"_s);
    QCOMPARE(all[0].address, u"192.0.2.1"_s);
    QCOMPARE(all[0].kids, (QStringList {u"a"_s, u"b"_s}));
    QCOMPARE(all[0].at, start + Seconds {2});
    QCOMPARE(all[1].kids, QStringList {u"a"_s});
    consumers.note(address(2), QString(10'000, u'x'), {}, start);
    QCOMPARE(consumers.all().first().userAgent.size(), JwksConsumers::longestUserAgent);
}

void TestJwksConsumers::theLeastRecent_goes()
{
    JwksConsumers consumers;
    for (int i = 0; i < JwksConsumers::most; ++i)
        consumers.note(address(i), u"jose"_s, {}, start);
    consumers.note(address(0), u"jose"_s, {}, start); // once more
    consumers.note(address(100), u"jose"_s, {}, start);
    const auto all = consumers.all();
    QCOMPARE(all.size(), JwksConsumers::most);
    const auto has = [&all](int number) { return std::ranges::contains(all, address(number).toString(), &JwksConsumer::address); };
    QVERIFY(has(100) && has(0) && !has(1) && has(2));
}

/// A stranger who names another program each time.
void TestJwksConsumers::oneAddress_pushesOutItsOwnOnly()
{
    JwksConsumers consumers;
    consumers.note(address(1), u"jose"_s, {}, start);
    for (int i = 0; i < 1000; ++i)
        consumers.note(address(2), QString::number(i), {}, start);
    const auto all = consumers.all();
    QCOMPARE(all.size(), 1 + JwksConsumers::mostOfAddress);
    QCOMPARE(all.last().userAgent, u"jose"_s);
    QCOMPARE(all.first().userAgent, u"999"_s);
    QCOMPARE(all[JwksConsumers::mostOfAddress - 1].userAgent, QString::number(1000 - JwksConsumers::mostOfAddress));
}

void TestJwksConsumers::manyThreads_areCounted()
{
    JwksConsumers consumers;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&consumers, i] {
                for (int round = 0; round < 100; ++round)
                    consumers.note(address(i), u"jose"_s, {}, start);
            });
    }
    QCOMPARE(consumers.all().size(), 4);
}

QTEST_GUILESS_MAIN(TestJwksConsumers)
#include "TestJwksConsumers.moc"
