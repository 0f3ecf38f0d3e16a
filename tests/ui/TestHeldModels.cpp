#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/activity/ActivityPage.h"
#include "ui/keys/KeysPage.h"
#include "ui/limits/LimitsPage.h"
#include "ui/limits/SelectorCompleter.h"
#include "ui/overview/OverviewPage.h"
#include "ui/widgets/DataTable.h"

#include <QAbstractItemModelTester>
#include <QAbstractProxyModel>
#include <QPushButton>

#include <algorithm>
#include <functional>
#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

namespace {

using OpenHeldPage = std::function<std::unique_ptr<Page>(Scene &)>;
/// Makes what the console answers something else, in several steps.
using TurnRows = std::function<void(Scene &, int step)>;

constexpr int turnsOfRows = 4;

/// Rows move, go, are none, and come again in another order.
template <typename Row>
TurnRows turning(QList<Row> FakeConsole::*rows)
{
    return [rows, kept = QList<Row>()](Scene &scene, int step) mutable {
        QList<Row> &all = scene.console.*rows;
        switch (step) {
        case 0:
            kept = all;
            std::ranges::rotate(all, all.begin() + 1);
            return;
        case 1:  all.removeFirst(); return;
        case 2:  all.clear(); return;
        default: all = kept; std::ranges::reverse(all);
        }
    };
}

/// Steps leave at one end and come at the other; a rule joins those that denied, and leaves them.
void passTimeOfCharts(Scene &scene, int step)
{
    scene.clock.advance(step == 2 ? Milliseconds {20min} : Milliseconds {61s}); // then all of ten minutes is another
    scene.fillTraffic();
    scene.fillDenials();
    scene.console.denials.rules.resize(step % 2 == 0 ? 2 : 7);
}

} // namespace

/// Models of single views, with what Qt asks of any model, while the console says something else again and again. (Those of lists are held
/// in the tests of their pages.)
class TestHeldModels : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void model_keepsItsPromises_data();
    void model_keepsItsPromises();
    void selectors_keepTheirPromises();
};

void TestHeldModels::model_keepsItsPromises_data()
{
    QTest::addColumn<OpenHeldPage>("opener");
    QTest::addColumn<QString>("view"); // the button that leads to it
    QTest::addColumn<QString>("table");
    QTest::addColumn<TurnRows>("turn");
    const OpenHeldPage limits = [](Scene &scene) { return openPage<LimitsPage>(scene); };
    const OpenHeldPage keys = [](Scene &scene) { return openPage<KeysPage>(scene); };
    const OpenHeldPage overview = [](Scene &scene) { return openPage<OverviewPage>(scene); };
    const OpenHeldPage activity = [](Scene &scene) { return openPage<ActivityPage>(scene); };
    const TurnRows passTime = passTimeOfCharts;
    QTest::newRow("rules") << limits << QString() << u"Rules"_s << turning(&FakeConsole::rules);
    QTest::newRow("held back") << limits << u"Held back"_s << u"Held back"_s << turning(&FakeConsole::heldBack);
    QTest::newRow("networks") << limits << u"Networks"_s << u"Networks"_s << turning(&FakeConsole::networks);
    QTest::newRow("busiest") << limits << u"Busiest"_s << u"Busiest"_s << turning(&FakeConsole::busyKeys);
    QTest::newRow("history, as a table") << limits << u"History"_s << u"Allowed and denied"_s << passTime;
    QTest::newRow("denied by rule, as a table") << limits << u"By rule"_s << u"Denied by rule"_s << passTime;
    QTest::newRow("traffic, as a table") << overview << QString() << u"Traffic"_s << passTime;
    QTest::newRow("records over time, as a table") << activity << QString() << u"Records over time"_s << passTime;
    QTest::newRow("key ring") << keys << QString() << u"Key ring"_s << turning(&FakeConsole::keyRows);
    QTest::newRow("who has the public keys") << keys << QString() << u"Who has the public keys"_s << turning(&FakeConsole::consumers);
}

void TestHeldModels::model_keepsItsPromises()
{
    QFETCH(OpenHeldPage, opener);
    QFETCH(QString, view);
    QFETCH(QString, table);
    QFETCH(TurnRows, turn);
    const auto page = opener(*m_scene);
    if (!view.isEmpty()) {
        tableOf(*page, u"Rules"_s)->selectRow(0); // the busiest are those of a rule
        button(*page, view)->setFocus();
        press(Qt::Key_Space);
    }
    DataTable *shown = tableOf(*page, table);
    QVERIFY(shown);
    QTRY_VERIFY(shown->model()->rowCount() > 0);
    const QAbstractItemModelTester heldAsShown(shown->model());
    const QAbstractItemModelTester held(qobject_cast<QAbstractProxyModel *>(shown->model())->sourceModel());
    for (int step = 0; step < turnsOfRows; ++step) {
        turn(*m_scene, step);
        page->refresh();
        QVERIFY(settle());
        shown->sortByColumn(step % 2, Qt::DescendingOrder);
        QVERIFY(settle());
    }
    QVERIFY(shown->model()->rowCount() > 0);
}

void TestHeldModels::selectors_keepTheirPromises()
{
    SelectorCompleter completer(nullptr);
    const QAbstractItemModelTester held(completer.model());
    for (const QStringList &selectors : {QStringList {u"login"_s, u"POST /login"_s, u"/me"_s}, QStringList(), QStringList {u"/me/*"_s}}) {
        completer.setSelectors(selectors);
        QCOMPARE(completer.model()->rowCount(), selectors.size());
        completer.setCompletionPrefix(u"login, /ME"_s);
        QCOMPARE(completer.completionCount(), int(selectors.filter(u"/me"_s).size()));
    }
}

QTEST_MAIN(TestHeldModels)
#include "TestHeldModels.moc"
