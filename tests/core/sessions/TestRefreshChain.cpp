#include "core/sessions/RefreshChain.h"
#include "core/sessions/SessionStore.h"
#include "core/storage/Database.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// How a session's refresh token was used: what is kept of it, how much that is, and what it costs to write.
class TestRefreshChain : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void chain_keepsTheLastTen();
    void chain_isShort_data();
    void chain_isShort();
    void parallelRequests_areCountedTogether();
    void otherText_isNoChain_data();
    void otherText_isNoChain();
    void refreshes_areKept_withWhereFrom();
    void reuse_isTheLastOne();
    void refresh_changesOneRow_data();
    void refresh_changesOneRow();
    void updatedBrowser_isTheSameDevice();

private:
    QList<RefreshStep> stepsOf(Id session) const
    {
        return refresh_chain::stepsOf(SessionStore::findById(m_world->database->reader(), session).value().value().refreshes);
    }
    /// Rows that the writer's connection has changed so far.
    qint64 changed() const
    {
        return m_world->database->write([](DbConnection &connection) { return connection.number(u"SELECT total_changes()"_s); }).value();
    }
};

void TestRefreshChain::chain_keepsTheLastTen()
{
    QString kept;
    for (int generation = 1; generation <= 25; ++generation)
        kept = refresh_chain::with(kept, {.generation = generation, .at = m_clock.now() + Seconds {generation}});
    const QList<RefreshStep> steps = refresh_chain::stepsOf(kept);
    QCOMPARE(steps.size(), refresh_chain::mostKept);
    QCOMPARE(steps.first(), (RefreshStep {.generation = 16, .at = m_clock.now() + Seconds {16}}));
    QCOMPARE(steps.last(), (RefreshStep {.generation = 25, .at = m_clock.now() + Seconds {25}}));
}

void TestRefreshChain::chain_isShort_data()
{
    QTest::addColumn<std::optional<QString>>("address");
    QTest::addColumn<std::optional<QString>>("device");
    QTest::addColumn<int>("most"); // bytes of UTF-8
    QTest::newRow("from where the session was opened") << std::optional<QString>() << std::optional<QString>() << 10 * 26;
    QTest::newRow("from elsewhere") << std::optional(u"2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"_s) << std::optional<QString>() << 10 * 80;
    QTest::newRow("with the longest device there is")
        << std::optional(u"2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"_s) << std::optional(QString(40, u'語')) << 10 * 300;
}

void TestRefreshChain::chain_isShort()
{
    QFETCH(std::optional<QString>, address);
    QFETCH(std::optional<QString>, device);
    QFETCH(int, most);
    QString kept;
    for (int i = 0; i < 100; ++i)
        kept = refresh_chain::with(kept, {.generation = 1'000'000 + i, .at = m_clock.now(), .address = address, .device = device});
    QVERIFY2(kept.toUtf8().size() <= most, qPrintable(kept));
    QCOMPARE(refresh_chain::stepsOf(kept).last().address, address);
    QCOMPARE(refresh_chain::stepsOf(kept).last().device, device);
}

void TestRefreshChain::parallelRequests_areCountedTogether()
{
    const RefreshStep again {.what = Rotation::Repeat, .generation = 4, .at = m_clock.now()};
    RefreshStep elsewhere = again;
    elsewhere.address = u"203.0.113.66"_s;
    QString kept = refresh_chain::with({}, {.generation = 4, .at = m_clock.now()});
    for (const RefreshStep &step : {again, again, elsewhere, again})
        kept = refresh_chain::with(kept, step);
    RefreshStep twice = again;
    twice.times = 2;
    QCOMPARE(refresh_chain::stepsOf(kept).sliced(1), (QList {twice, elsewhere, again}));
}

void TestRefreshChain::otherText_isNoChain_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("words") << u"let me in"_s;
    QTest::newRow("an object") << u"{\"generation\":1}"_s;
    QTest::newRow("numbers") << u"[1,2]"_s;
    QTest::newRow("lists of too little") << u"[[],[1]]"_s;
}

void TestRefreshChain::otherText_isNoChain()
{
    QFETCH(QString, text);
    QVERIFY(refresh_chain::stepsOf(text).isEmpty());
    QCOMPARE(refresh_chain::stepsOf(refresh_chain::with(text, {.generation = 1, .at = m_clock.now()})).size(), 1);
}

void TestRefreshChain::refreshes_areKept_withWhereFrom()
{
    const auto first = m_world->join(u"ann@example.com"_s);
    QVERIFY(stepsOf(first->session.id).isEmpty());
    m_clock.advance(Seconds {60});
    const TimePoint then = m_clock.now();
    const auto second = m_world->refresh(first->refreshToken);
    m_clock.advance(Seconds {10});
    m_world->client = {.address = QHostAddress(u"198.51.100.8"_s), .userAgent = u"curl/8"_s};
    QVERIFY(m_world->refresh(first->refreshToken)); // in the grace
    QVERIFY(m_world->refresh(first->refreshToken));
    m_clock.advance(Seconds {600});
    QVERIFY(m_world->refresh(second->refreshToken));
    const std::optional<QString> there = u"198.51.100.8"_s;
    const std::optional<QString> curl = u"curl"_s;
    QCOMPARE(stepsOf(first->session.id),
             (QList<RefreshStep> {
                 {.generation = 1, .at = then},
                 {.what = Rotation::Repeat, .generation = 1, .at = then + Seconds {10}, .address = there, .device = curl, .times = 2},
                 {.generation = 2, .at = then + Seconds {610}, .address = there, .device = curl}}));
    const auto session = SessionStore::findById(m_world->database->reader(), first->session.id).value().value();
    QCOMPARE(session.graceHits, 2); // as before
    QCOMPARE(session.generation, 2);
}

void TestRefreshChain::reuse_isTheLastOne()
{
    const auto first = m_world->join(u"ann@example.com"_s);
    const auto second = m_world->refresh(first->refreshToken);
    m_clock.advance(Seconds {31});
    m_world->client = {.address = QHostAddress(u"203.0.113.66"_s), .userAgent = u"wrk"_s};
    QVERIFY(!m_world->refresh(first->refreshToken));
    const QList<RefreshStep> steps = stepsOf(first->session.id);
    QCOMPARE(steps.size(), 2);
    QCOMPARE(
        steps.last(),
        (RefreshStep {.what = Rotation::Reused, .generation = 0, .at = m_clock.now(), .address = u"203.0.113.66"_s, .device = u"wrk"_s}));
    QVERIFY(!m_world->refresh(second->refreshToken)); // it has ended: nothing more is written
    QVERIFY(!m_world->refresh(first->refreshToken));
    QCOMPARE(stepsOf(first->session.id), steps);
}

void TestRefreshChain::refresh_changesOneRow_data()
{
    QTest::addColumn<bool>("again");
    QTest::newRow("the current token") << false;
    QTest::newRow("the one before, in the grace") << true;
}

void TestRefreshChain::refresh_changesOneRow()
{
    QFETCH(bool, again);
    const auto first = m_world->join(u"ann@example.com"_s);
    if (again)
        QVERIFY(m_world->refresh(first->refreshToken));
    const qint64 before = changed();
    QVERIFY(m_world->refresh(first->refreshToken));
    QCOMPARE(changed() - before, 1);
}

void TestRefreshChain::updatedBrowser_isTheSameDevice()
{
    m_world->client.userAgent = u"Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0"_s;
    const auto first = m_world->join(u"ann@example.com"_s);
    m_world->client.userAgent = u"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"_s;
    QVERIFY(m_world->refresh(first->refreshToken));
    QVERIFY(!stepsOf(first->session.id).first().device);
}

QTEST_GUILESS_MAIN(TestRefreshChain)
#include "TestRefreshChain.moc"
