#include "core/api/AddressWatch.h"
#include "core/telemetry/Health.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;

/// When it says that one address stands for everybody, and above all when it does not.
class TestAddressWatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void proxy_isSuspected_data();
    void proxy_isSuspected();
    void others_makeItNoProxy();
    void oldSigns_areForgotten();
    void suspicion_endsByItself();
    void manyAddresses_areBounded();
    void hidingProxy_isToldAndEnds();
};

namespace {

const TimePoint moment = fromMilliseconds(1'800'000'000'000);
const QString forAll = u"one_address_for_all"_s;

/// What came from one address within ten minutes.
struct Traffic
{
    int forwarded = 0; ///< Different addresses that it named.
    int signIns = 0;
    int people = 1;
    int browsers = 1;
};

QHostAddress addressOf(int number) { return QHostAddress(0xc6336400u + quint32(number)); } // 198.51.100.x and on

void play(AddressWatch &watch, const QHostAddress &from, const Traffic &traffic, TimePoint now = moment)
{
    for (int i = 0; i < traffic.forwarded; ++i)
        watch.noteForwarded(from, addressOf(i), now);
    for (int i = 0; i < traffic.signIns; ++i)
        watch.noteSignIn(from, u"Browser %1"_s.arg(i % traffic.browsers), size_t(i % traffic.people), now);
}

} // namespace

void TestAddressWatch::proxy_isSuspected_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<Traffic>("traffic");
    QTest::addColumn<bool>("suspected");
    const auto row = [](const char *name, const QString &from, const Traffic &traffic, bool suspected) {
        QTest::newRow(name) << from << traffic << suspected;
    };
    const QString inside = u"10.0.0.9"_s;
    const QString outside = u"203.0.113.9"_s;
    const Traffic crowd {.signIns = 200, .people = 20, .browsers = 10};
    row("a private address that names many", inside, {.forwarded = 20}, true);
    row("one too few", inside, {.forwarded = 19}, false);
    row("on this machine", u"127.0.0.1"_s, {.forwarded = 20}, true);
    row("by IPv6", u"fd00::9"_s, {.forwarded = 20}, true);
    row("in a cluster", u"100.64.1.1"_s, {.forwarded = 20}, true);
    row("a stranger who makes addresses up", outside, {.forwarded = 1000}, false);
    row("a stranger who also knows one password", outside, {.forwarded = 1000, .signIns = 1000}, false);
    row("a balancer in the internet", outside, {.forwarded = 20, .signIns = 20, .people = 20}, true);
    row("a proxy without the field", inside, crowd, true);
    row("an office behind one public address", outside, {.signIns = 2000, .people = 200, .browsers = 50}, false);
    row("too few sign-ins to tell", inside, {.signIns = 199, .people = 20, .browsers = 10}, false);
    row("one person's many refreshes", inside, {.signIns = 2000, .people = 1, .browsers = 10}, false);
    row("tests on this machine: one browser", u"127.0.0.1"_s, {.signIns = 2000, .people = 500, .browsers = 1}, false);
    row("tests in three browsers", u"::1"_s, {.signIns = 2000, .people = 500, .browsers = 3}, false);
}

void TestAddressWatch::proxy_isSuspected()
{
    QFETCH(const QString, from);
    QFETCH(const Traffic, traffic);
    QFETCH(const bool, suspected);
    Health health;
    AddressWatch watch(health);
    play(watch, QHostAddress(from), traffic);
    QCOMPARE(health.has(forAll), suspected);
    if (suspected)
        QCOMPARE(health.problems().constFirst().detail,
                 u"all requests come from %1, which is probably your proxy: set http.trusted_proxies"_s.arg(from));
}

void TestAddressWatch::others_makeItNoProxy()
{
    Health health;
    AddressWatch watch(health);
    for (int i = 0; i < 20; ++i)
        play(watch, addressOf(i), {.signIns = 1});
    play(watch, QHostAddress(u"10.0.0.9"_s), {.signIns = 379, .people = 20, .browsers = 10}); // 94.99 % of 399
    QVERIFY(!health.has(forAll));
    play(watch, QHostAddress(u"10.0.0.9"_s), {.signIns = 1});
    QVERIFY(health.has(forAll));
}

void TestAddressWatch::oldSigns_areForgotten()
{
    Health health;
    AddressWatch watch(health);
    play(watch, QHostAddress(u"10.0.0.9"_s), {.forwarded = 19});
    watch.noteForwarded(QHostAddress(u"10.0.0.9"_s), addressOf(100), moment + 10min);
    QVERIFY(!health.has(forAll));
}

void TestAddressWatch::suspicion_endsByItself()
{
    Health health;
    AddressWatch watch(health);
    const QHostAddress proxy(u"10.0.0.9"_s);
    play(watch, proxy, {.forwarded = 20});
    play(watch, proxy, {.forwarded = 20}, moment + 15min);
    health.endOverdue(moment + 34min);
    QVERIFY(health.has(forAll));
    QCOMPARE(health.problems().constFirst().since, moment);
    health.endOverdue(moment + 35min);
    QVERIFY(!health.has(forAll));
}

void TestAddressWatch::manyAddresses_areBounded()
{
    Health health;
    AddressWatch watch(health);
    for (int i = 0; i < 10'000; ++i)
        play(watch, addressOf(i), {.forwarded = 1, .signIns = 1});
    play(watch, QHostAddress(u"10.0.0.9"_s), {.forwarded = 20}); // one too many for these ten minutes
    QVERIFY(!health.has(forAll));
    play(watch, QHostAddress(u"10.0.0.9"_s), {.forwarded = 20}, moment + 10min);
    QVERIFY(health.has(forAll));
}

void TestAddressWatch::hidingProxy_isToldAndEnds()
{
    Health health;
    int told = 0;
    health.onChange([&told] { ++told; });
    AddressWatch watch(health);
    for (int i = 0; i < 100; ++i) {
        watch.noteHidingProxy(u"10.0.0.1"_s, u"no X-Forwarded-For"_s, moment);
        watch.noteHidingProxy(u"10.0.0.2"_s, u"no X-Forwarded-For"_s, moment);
    }
    QCOMPARE(told, 1);
    QCOMPARE(health.problems().constFirst().code, u"proxy_hides_clients"_s);
    QVERIFY(health.problems().constFirst().detail.contains(u"10.0.0.1 does not say for whom it asks (no X-Forwarded-For)"_s));
    health.endOverdue(moment + 1h);
    QVERIFY(health.problems().isEmpty());
}

QTEST_GUILESS_MAIN(TestAddressWatch)
#include "TestAddressWatch.moc"
