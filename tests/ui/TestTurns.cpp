#include "core/console/orders/Changes.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"
#include "tests/ui/support/LongListTest.h"
#include "ui/ChangePoller.h"

#include <QAbstractEventDispatcher>
#include <QDeadlineTimer>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr int changesInBeat = 10'000; ///< The largest.
constexpr int changesInTurn = 1'000;

enum class Beat { UsersChange, UsersSignIn, SessionsAreRefreshed, SessionsElsewhere, OwnersChange };

} // namespace

/// The watchdog: what the GUI thread does in one turn of its event loop for the largest beat does not grow with the list, nor a turn
/// with the beat.
class TestTurns : public LongListTest
{
    Q_OBJECT
private Q_SLOTS:
    void work_doesNotGrowWithTheList_data();
    void work_doesNotGrowWithTheList();
    void largestBeat_isManyTurns();
    void rowsThatComeAndGo_areOneMoveOfTheSelection();

private:
    QList<Change> changesOf(Beat kind, int count) const;
    static double leastCostOf(Page &page, const QList<Change> &changes)
    {
        return LongListTest::leastCostOf([&] { page.apply(changes); });
    }
};

QList<Change> TestTurns::changesOf(Beat kind, int count) const
{
    QList<Change> changes;
    for (int i = 0; i < count; ++i) {
        if (kind == Beat::UsersChange) {
            UserView user = m_console->users.at(i * 7919LL % m_console->users.size());
            user.name = u"Somebody else"_s;
            changes += user;
        } else if (kind == Beat::UsersSignIn) {
            changes += UserSignedIn {.id = m_console->users.at(i * 7919LL % m_console->users.size()).id, .at = m_scene.clock.now()};
        } else if (kind == Beat::SessionsAreRefreshed) {
            SessionView session = m_console->sessions.at(i * 7919LL % m_console->sessions.size());
            ++session.generation;
            changes += session;
        } else if (kind == Beat::OwnersChange) {
            const SessionView &session = m_console->sessions.at(i * 7919LL % m_console->sessions.size());
            UserView user;
            user.id = session.userId;
            user.email = session.email;
            changes += user;
        } else {
            changes += m_scene.session(1'000'000 + i); // older than all that was read
        }
    }
    return changes;
}

void TestTurns::work_doesNotGrowWithTheList_data()
{
    QTest::addColumn<Beat>("kind");
    QTest::addColumn<bool>("allSelected");
    QTest::newRow("users change") << Beat::UsersChange << false;
    QTest::newRow("users sign in") << Beat::UsersSignIn << false;
    QTest::newRow("users change, all of them selected") << Beat::UsersChange << true;
    QTest::newRow("sessions are refreshed") << Beat::SessionsAreRefreshed << false;
    QTest::newRow("sessions are refreshed, all of them selected") << Beat::SessionsAreRefreshed << true;
    QTest::newRow("owners of sessions change") << Beat::OwnersChange << false;
    QTest::newRow("sessions that are not read yet") << Beat::SessionsElsewhere << false;
}

void TestTurns::work_doesNotGrowWithTheList()
{
    QFETCH(Beat, kind);
    QFETCH(bool, allSelected);
    const bool ofUsers = kind == Beat::UsersChange || kind == Beat::UsersSignIn;
    const auto cost = [&](int rows) {
        const auto page = open(ofUsers ? LongList::Users : LongList::Sessions, rows, StillConsole::Reading::InPart);
        DataTable &table = tableOf(*page);
        if (table.model()->rowCount() != rows)
            return -1.0;
        if (allSelected)
            table.selectAll();
        settle();
        return leastCostOf(*page, changesOf(kind, changesInTurn));
    };
    const double small = cost(shortList);
    const double large = cost(longList);
    QVERIFY(small > 0 && large > 0);
    QVERIFY2(large < mostGrowth * small, qPrintable(u"%1 ms for twenty times as many rows as for %2 ms"_s.arg(large).arg(small)));
}

void TestTurns::largestBeat_isManyTurns()
{
    const auto page = open(LongList::Sessions, longList, StillConsole::Reading::InPart);
    const double one = leastCostOf(*page, changesOf(Beat::SessionsAreRefreshed, changesInTurn));
    m_console->news = changesOf(Beat::SessionsAreRefreshed, changesInBeat);
    ChangePoller poller(*m_console, nullptr);
    qsizetype heard = 0;
    connect(&poller, &ChangePoller::changed, page.get(), [&](const QList<Change> &changes) {
        heard += changes.size();
        page->apply(changes);
    });
    poller.start();
    double longest = 0;
    const QDeadlineTimer patience(std::chrono::minutes {1}); // for a poller that says nothing more
    while (heard < changesInBeat && !patience.hasExpired())
        longest = std::max(longest, costOf([] { QAbstractEventDispatcher::instance()->processEvents(QEventLoop::AllEvents); }));
    QCOMPARE(heard, changesInBeat);
    QVERIFY2(longest < 4 * one, qPrintable(u"%1 ms in a turn, %2 ms for a thousand changes"_s.arg(longest).arg(one)));
}

/// Each has the page show all details anew.
void TestTurns::rowsThatComeAndGo_areOneMoveOfTheSelection()
{
    const auto page = open(LongList::Sessions, shortList, StillConsole::Reading::InPart);
    DataTable &table = tableOf(*page);
    table.selectRow(5);
    settle();
    QList<Change> changes;
    for (int i = 0; i < 100; ++i) {
        SessionView session = m_scene.session(0);
        session.id = Id::create(m_scene.clock.now() + Seconds {1 + i});
        changes += session;
    }
    int moves = 0;
    connect(&table, &DataTable::selectionMoved, this, [&moves] { ++moves; });
    page->apply(changes);
    QCOMPARE(table.model()->rowCount(), shortList + changes.size());
    QVERIFY2(moves <= 1, qPrintable(QString::number(moves)));
    QCOMPARE(table.selectedRows(), QList<int> {5 + 100});
}

QTEST_MAIN(TestTurns)
#include "TestTurns.moc"
