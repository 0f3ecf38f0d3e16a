#include "tests/support/FakeClock.h"
#include "tests/ui/support/FakeConsole.h"
#include "ui/ChangePoller.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// How often the window asks what is new, and what it hears.
class TestChangePoller : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void quiet_asksNothingMore();
    void aFlood_comesInFewAnswers();
    void manyChanges_areHandedOnInTurns();
    void lost_isFoundAtOnce();

private:
    FakeClock m_clock;
    std::unique_ptr<FakeConsole> m_console;
    std::unique_ptr<ChangePoller> m_poller;
    qsizetype m_heard = 0;
    QList<qsizetype> m_turns; ///< How many were heard in each.
    QStringList m_events;
};

void TestChangePoller::init()
{
    m_poller.reset();
    m_console = std::make_unique<FakeConsole>(m_clock);
    m_console->publish({KeysChanged {}}); // before the window opened
    m_poller = std::make_unique<ChangePoller>(*m_console, nullptr);
    m_heard = 0;
    m_turns.clear();
    m_events.clear();
    connect(m_poller.get(), &ChangePoller::changed, this, [this](const QList<Change> &changes) {
        m_heard += changes.size();
        m_turns += changes.size();
    });
    connect(m_poller.get(), &ChangePoller::failed, this, [this] { m_events += u"failed"_s; });
    connect(m_poller.get(), &ChangePoller::recovered, this, [this] { m_events += u"recovered"_s; });
    m_poller->start();
    QTRY_COMPARE(m_console->askedCount(u"changesSince"_s), 2); // where the journal ends, and then the one that waits
}

void TestChangePoller::quiet_asksNothingMore()
{
    QVERIFY(!QTest::qWaitFor([this] { return m_console->askedCount(u"changesSince"_s) > 2; }, 1000));
    m_console->publish({KeysChanged {}});
    QTRY_COMPARE(m_heard, 1);
}

void TestChangePoller::aFlood_comesInFewAnswers()
{
    QElapsedTimer timer;
    timer.start();
    qsizetype told = 0;
    for (; timer.elapsed() < 1000; told += 10) {
        m_console->publish(QList<Change>(10, KeysChanged {}));
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(m_heard, told);
    const int asked = m_console->askedCount(u"changesSince"_s);
    QVERIFY2(asked <= 4 + timer.elapsed() / 250, qPrintable(u"%1 questions for %2 changes"_s.arg(asked).arg(told)));
    QVERIFY(asked > 3);
}

void TestChangePoller::manyChanges_areHandedOnInTurns()
{
    for (int round = 1; round <= 2; ++round) { // the page may be another one by then
        m_turns.clear();
        m_console->publish(QList<Change>(10'500, KeysChanged {}));
        QTRY_COMPARE(m_heard, round * 10'500);
        QCOMPARE(m_turns.first(), 50);
        QCOMPARE(std::ranges::max(m_turns), 1'000);
    }
}

/// Also where nothing changes then: a question that waits would tell only at its end.
void TestChangePoller::lost_isFoundAtOnce()
{
    m_console->failAlways(u"changesSince"_s, {.code = ErrorCode::Busy});
    QTRY_COMPARE(m_events, QStringList {u"failed"_s});
    QTRY_VERIFY(m_console->askedCount(u"changesSince"_s) > 4);
    QCOMPARE(m_events.size(), 1);
    m_console->failNoMore();
    QTRY_COMPARE(m_events, QStringList({u"failed"_s, u"recovered"_s}));
    const int asked = m_console->askedCount(u"changesSince"_s);
    QTRY_COMPARE(m_console->askedCount(u"changesSince"_s), asked + 1); // which waits again
    m_console->publish({KeysChanged {}});
    QTRY_COMPARE(m_heard, 1);
}

QTEST_GUILESS_MAIN(TestChangePoller)
#include "TestChangePoller.moc"
