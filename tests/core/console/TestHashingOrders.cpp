#include "core/base/Workers.h"
#include "core/config/LiveSettings.h"
#include "core/console/orders/Hashing.h"
#include "core/console/orders/Users.h"
#include "tests/support/ConsoleWorld.h"

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;
using namespace std::chrono_literals;

namespace {

constexpr HashCostView leastArgon2 {.memoryKib = 19456, .iterations = 2, .parallelism = 1};

} // namespace

/// How passwords are hashed, and a tuning of that, step by step.
class TestHashingOrders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_w = std::make_unique<ConsoleWorld>(); }
    void cleanup() { m_w.reset(); }

    void hashing_isThatOfTheSettings();
    void hashing_byBcrypt_hasNoMemory();
    void tune_measuresWhatIsInForceFirst();
    void tune_ofBcrypt_triesCosts();
    void tune_proposesOnceNothingIsLeft();
    void tune_isRefused_data();
    void tune_isRefused();
    void tune_tellsHowFarItIs();
    void tune_holdsUpNobody();
    void cost_isWrittenAsSettings_data();
    void cost_isWrittenAsSettings();
    void use_isBoundedByCoresAndLanes();

private:
    void set(const QString &key, const QString &value) const
    {
        m_w->world.core->settings.replace(
            Settings::load({{.source = SettingSource::Stored, .sourceName = u"here"_s, .key = key, .value = value}}).value());
    }
    template <typename Order>
    auto ask(Order order)
    {
        return got(m_w->console.ask(std::move(order)));
    }

    std::unique_ptr<ConsoleWorld> m_w;
};

void TestHashingOrders::hashing_isThatOfTheSettings()
{
    set(u"passwords.hashing_threads"_s, u"3"_s);
    const auto here = ask(ReadHashing {});
    QVERIFY(here);
    QCOMPARE(here->algorithm, u"argon2id"_s);
    QVERIFY(here->now == leastArgon2);
    QCOMPARE(here->lanes, 3);
    QCOMPARE(here->cores, threadsFor(0));
    QCOMPARE(here->leastMemoryMib, 3 * 19);
    QCOMPARE(here->usualMemoryMib, 3 * 64);
    QCOMPARE(here->mostMemoryMib, 3 * 1024);
    QCOMPARE(here->memoryKibOf(here->now), 3 * 19456);
    set(u"passwords.hashing_threads"_s, u"0"_s);
    QCOMPARE(ask(ReadHashing {})->lanes, threadsFor(0));
}

void TestHashingOrders::hashing_byBcrypt_hasNoMemory()
{
    set(u"passwords.algorithm"_s, u"bcrypt"_s);
    const auto here = ask(ReadHashing {});
    QVERIFY(here);
    QCOMPARE(here->algorithm, u"bcrypt"_s);
    QVERIFY(here->now == HashCostView {.bcryptCost = 12});
    QCOMPARE(here->mostMemoryMib, 0);
}

void TestHashingOrders::tune_measuresWhatIsInForceFirst()
{
    const auto first = ask(TuneHashing {.target = 2000ms});
    QVERIFY(first);
    QCOMPARE(first->tried.size(), 1);
    QVERIFY(first->tried.first().cost == leastArgon2);
    QVERIFY(first->tried.first().time > 0us);
    QVERIFY(first->next && first->next->memoryKib > leastArgon2.memoryKib && !first->proposed);
}

void TestHashingOrders::tune_ofBcrypt_triesCosts()
{
    set(u"passwords.algorithm"_s, u"bcrypt"_s);
    const HashTrialView cheap {.cost = {.bcryptCost = 10}, .time = 30ms};
    const HashTrialView dear {.cost = {.bcryptCost = 12}, .time = 300ms};
    const auto step = ask(TuneHashing {.target = 250ms, .tried = {dear, cheap}});
    QVERIFY(step);
    QCOMPARE(step->tried.size(), 3);
    QCOMPARE(step->tried.last().cost.bcryptCost, 11);
    QVERIFY(step->proposed && !step->next);
}

/// Which costs no hash any more.
void TestHashingOrders::tune_proposesOnceNothingIsLeft()
{
    const HashTrialView now {.cost = leastArgon2, .time = 20ms};
    const HashTrialView near {.cost = {.memoryKib = 65536, .iterations = 3, .parallelism = 1}, .time = 240ms};
    const auto over = ask(TuneHashing {.target = 250ms, .tried = {now, near}});
    QVERIFY(over);
    QCOMPARE(over->tried.size(), 2);
    QVERIFY(!over->next);
    QVERIFY(over->proposed == near);
    const HashTrialView slow {.cost = leastArgon2, .time = 900ms};
    const auto none = ask(TuneHashing {.target = 250ms, .tried = {slow}});
    QVERIFY(none && none->proposed == slow && !none->next); // nothing weaker is safe
}

void TestHashingOrders::tune_isRefused_data()
{
    QTest::addColumn<int>("target");
    QTest::addColumn<int>("memoryMib");
    QTest::addColumn<int>("trials");
    QTest::addColumn<QString>("says");
    const QString target = u"target: must be 50 to 2000 ms"_s;
    const QString memory = u"memory: must be 38 to 2048 MiB for the 2 passwords"_s;
    QTest::newRow("no time") << 0 << 0 << 0 << target;
    QTest::newRow("too little time") << 49 << 0 << 0 << target;
    QTest::newRow("too much time") << 2001 << 0 << 0 << target;
    QTest::newRow("too little memory") << 250 << 37 << 0 << memory;
    QTest::newRow("too much memory") << 250 << 2049 << 0 << memory;
    QTest::newRow("less memory than none") << 250 << -1 << 0 << memory;
    QTest::newRow("too many trials") << 250 << 0 << TuneHashing::mostTrials + 1 << u"tried: must be 12 trials at most"_s;
}

void TestHashingOrders::tune_isRefused()
{
    QFETCH(int, target);
    QFETCH(int, memoryMib);
    QFETCH(int, trials);
    QFETCH(QString, says);
    set(u"passwords.hashing_threads"_s, u"2"_s);
    const QList<HashTrialView> tried(trials, HashTrialView {.cost = leastArgon2, .time = 1ms});
    const auto refusal = ask(TuneHashing {.target = Milliseconds {target}, .memoryMib = memoryMib, .tried = tried});
    QVERIFY(!refusal);
    QCOMPARE(refusal.error().code, ErrorCode::InvalidInput);
    QVERIFY2(refusal.error().detail.startsWith(says), qPrintable(refusal.error().detail));
}

void TestHashingOrders::tune_tellsHowFarItIs()
{
    const auto step = m_w->console.ask(TuneHashing {});
    QVERIFY(got(step));
    QCOMPARE(step.progressMaximum(), 3);
    QCOMPARE(step.progressValue(), 2);
}

/// Not who reads a list, who signs in, or who asks the same; and who takes the question back gives the thread back.
void TestHashingOrders::tune_holdsUpNobody()
{
    m_w->join(u"ann@example.com"_s);
    QList<Answer<TuningView>> steps;
    for (int i = 0; i < 30; ++i)
        steps += m_w->console.ask(TuneHashing {});
    QCOMPARE(ask(ListUsers {.limit = 5})->rows.size(), 1);
    QVERIFY(m_w->world.login(u"ann@example.com"_s));
    QVERIFY(!steps.last().isFinished());
    for (auto &step : steps)
        step.cancel();
    QVERIFY(ask(TuneHashing {}));
}

void TestHashingOrders::cost_isWrittenAsSettings_data()
{
    QTest::addColumn<bool>("isBcrypt");
    QTest::newRow("argon2id") << false;
    QTest::newRow("bcrypt") << true;
}

/// They are settings that there are, and such values.
void TestHashingOrders::cost_isWrittenAsSettings()
{
    QFETCH(bool, isBcrypt);
    const HashCostView cost =
        isBcrypt ? HashCostView {.bcryptCost = 13} : HashCostView {.memoryKib = 65536, .iterations = 3, .parallelism = 1};
    SettingLayers layers;
    for (const auto &[key, value] : cost.choices())
        layers += LayerEntry {.source = SettingSource::Stored, .sourceName = u"here"_s, .key = key, .value = value.value_or(QString())};
    layers += LayerEntry {.source = SettingSource::Stored,
                          .sourceName = u"here"_s,
                          .key = u"passwords.algorithm"_s,
                          .value = isBcrypt ? u"bcrypt"_s : u"argon2id"_s};
    m_w->world.core->settings.replace(Settings::load(layers).value());
    QVERIFY(ask(ReadHashing {})->now == cost);
}

void TestHashingOrders::use_isBoundedByCoresAndLanes()
{
    const HashingView fewCores {.algorithm = u"argon2id"_s, .lanes = 8, .cores = 2};
    QCOMPARE(fewCores.perSecond(250ms), 8.0);
    const HashingView fewLanes {.algorithm = u"argon2id"_s, .lanes = 1, .cores = 16};
    QCOMPARE(fewLanes.perSecond(250ms), 4.0);
    QVERIFY(fewLanes.perSecond(0us) > 0); // quicker than anybody can measure
}

QTEST_GUILESS_MAIN(TestHashingOrders)
#include "TestHashingOrders.moc"
