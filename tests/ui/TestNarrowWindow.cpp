#include "tests/ui/support/PageTest.h"
#include "ui/Desktop.h"
#include "ui/MainWindow.h"
#include "ui/Sidebar.h"
#include "ui/support/Space.h"
#include "ui/widgets/PageHead.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What there is little room for: names of pages, and what stands beside the title of one.
class TestNarrowWindow : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void sidebar_hasIconsAlone_withNamesAsTips();
    void tools_standBesideTheTitle_orBelow();
    void head_withoutOrders_hasNoGapForThem();

private:
    static QRect titleOf(const PageHead &head) { return head.findChild<QLabel *>()->geometry(); }
};

void TestNarrowWindow::sidebar_hasIconsAlone_withNamesAsTips()
{
    Desktop desktop(m_scene->context());
    desktop.open();
    const auto *sidebar = desktop.window().findChild<Sidebar *>();
    const QListWidgetItem *users = sidebar->item(2); // it has neither a badge nor a count
    const QListWidgetItem *alarms = sidebar->item(9);
    desktop.window().resize(960, 700);
    QVERIFY(settle());
    const int wide = sidebar->width();
    QVERIFY(!sidebar->isNarrow());
    QCOMPARE(users->toolTip(), QString());
    QTRY_VERIFY(!alarms->toolTip().isEmpty());
    const QString words = alarms->toolTip();
    QVERIFY(!words.startsWith(alarms->text()));
    desktop.window().resize(959, 700);
    QVERIFY(settle());
    QVERIFY(sidebar->isNarrow());
    QVERIFY2(sidebar->width() < wide / 2, QByteArray::number(sidebar->width()));
    QCOMPARE(users->toolTip(), users->text());
    QVERIFY2(alarms->toolTip().startsWith(alarms->text()) && alarms->toolTip().endsWith(words), qPrintable(alarms->toolTip()));
    desktop.window().resize(960, 700);
    QVERIFY(settle());
    QCOMPARE(sidebar->width(), wide);
    QCOMPARE(users->toolTip(), QString());
}

void TestNarrowWindow::tools_standBesideTheTitle_orBelow()
{
    QWidget page; // a window of its own would be kept as wide as one row
    PageHead head(u"Users"_s, u"Every account."_s, &page);
    auto *tools = new QLineEdit(&head);
    tools->setMinimumWidth(260);
    head.addTools(tools);
    auto *create = new QPushButton(u"Create user…"_s, &head);
    head.addControl(create);
    head.resize(900, head.sizeHint().height());
    page.show();
    QVERIFY(settle());
    QVERIFY(tools->y() < titleOf(head).bottom());
    QVERIFY(tools->x() > titleOf(head).right());
    QVERIFY(create->mapTo(&head, QPoint()).x() > tools->geometry().right());
    QCOMPARE(head.sizeHint().height(), 40);
    const int least = head.minimumSizeHint().width();
    QVERIFY2(least < 260 + titleOf(head).width() + create->width(), QByteArray::number(least));
    head.resize(least, 100);
    QVERIFY(settle());
    QVERIFY(tools->y() >= titleOf(head).bottom());
    QCOMPARE(tools->width(), head.width());
    QVERIFY(create->isVisible());
    head.resize(900, 100);
    QVERIFY(settle());
    QVERIFY(tools->x() > titleOf(head).right());
}

void TestNarrowWindow::head_withoutOrders_hasNoGapForThem()
{
    PageHead head(u"Sessions"_s, {}, nullptr);
    auto *tools = new QLineEdit(&head);
    head.addTools(tools);
    head.resize(900, 60);
    head.show();
    QVERIFY(settle());
    QCOMPARE(tools->geometry().right() + 1, head.width());
    QCOMPARE(tools->x(), titleOf(head).right() + 1 + Space::large);
}

QTEST_MAIN(TestNarrowWindow)
#include "TestNarrowWindow.moc"
