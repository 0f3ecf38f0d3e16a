#include "tests/ui/support/Keys.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/UnseenWork.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/WorkBar.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QStatusBar>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What takes a while stays in view, with a way to stop it, whatever page is looked at meanwhile.
class TestUnseenWork : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setQuitOnLastWindowClosed(false); }
    void work_staysInView_onAnotherPage();
    void severalWorks_areShownOneAfterTheOther();

private:
    static bool isShown(const UnseenWork &work) { return work.isVisible(); }
    static QString textOf(const UnseenWork &work) { return work.findChild<QLabel *>(u"unseenWork"_s)->text(); }
    static QPushButton *stopOf(const UnseenWork &work) { return work.findChild<QPushButton *>(u"stopUnseenWork"_s); }
};

void TestUnseenWork::work_staysInView_onAnotherPage()
{
    Scene scene;
    scene.fill();
    for (int i = 0; i < 1'000; ++i)
        scene.console.sessionRows += scene.session(100'000 + i);
    Desktop desktop(scene.context());
    desktop.open();
    MainWindow &window = desktop.window();
    QVERIFY(comesInFront(&window));
    const auto &work = *window.statusBar()->findChild<UnseenWork *>();
    window.pages().showPage(u"sessions"_s);
    const Page &page = window.pages().current();
    const auto buttons = page.findChildren<QPushButton *>();
    const QString text = u"Revoke &all shown (%1)"_s.arg(UiTexts::count(1240));
    QTRY_VERIFY(std::ranges::contains(buttons, text, &QPushButton::text));
    (*std::ranges::find(buttons, text, &QPushButton::text))->setFocus();
    press(Qt::Key_Space);
    QTRY_VERIFY(page.findChild<ConfirmSheet *>());
    auto *sheet = page.findChild<ConfirmSheet *>();
    QVERIFY(comesInFront(sheet));
    QTest::keyClicks(sheet->findChild<QLineEdit *>(u"number"_s), u"1240"_s);
    scene.console.hold();
    QTest::keyClick(sheet, Qt::Key_Return);
    QTRY_VERIFY(page.findChild<WorkBar *>()->isVisible());
    QVERIFY(!isShown(work)); // the page shows it

    window.pages().showPage(u"users"_s);
    QTRY_VERIFY(isShown(work));
    QCOMPARE(textOf(work), page.findChild<WorkBar *>()->text());
    scene.console.reportProgress(400, 1240);
    QTRY_COMPARE(work.findChild<QProgressBar *>()->value(), 400);
    QCOMPARE(work.findChild<QProgressBar *>()->maximum(), 1240);
    window.pages().showPage(u"sessions"_s);
    QTRY_VERIFY(!isShown(work));
    window.pages().showPage(u"keys"_s);
    QTRY_VERIFY(isShown(work));
    QTest::keyClick(stopOf(work), Qt::Key_Space);
    QVERIFY(scene.console.wasCanceled());
    scene.console.release(); // the server has stopped
    QTRY_VERIFY(!isShown(work));
}

void TestUnseenWork::severalWorks_areShownOneAfterTheOther()
{
    QWidget window;
    WorkBar one;
    WorkBar other; // neither is in view
    const UnseenWork work({&one, &other}, &window);
    window.show();
    QVERIFY(work.isHidden());
    int stopped = 0;
    const auto stop = [&stopped](WorkBar &bar) {
        return [&stopped, &bar] {
            ++stopped;
            bar.end();
        };
    };
    one.begin(u"Writing a file…"_s, stop(one));
    one.hide(); // its page is
    other.begin(u"Ending sessions…"_s, stop(other));
    other.hide();
    one.progress(3, 10);
    other.progress(1, 2);
    QVERIFY(!work.isHidden());
    QVERIFY2(textOf(work).startsWith(u"Writing a file… · "_s), qPrintable(textOf(work))); // and that there is one more
    QCOMPARE(work.findChild<QProgressBar *>()->value(), 3);
    stopOf(work)->click();
    QCOMPARE(stopped, 1);
    QVERIFY(!one.isBusy() && other.isBusy());
    QCOMPARE(textOf(work), u"Ending sessions…"_s);
    QCOMPARE(work.findChild<QProgressBar *>()->value(), 1);
    other.end();
    QVERIFY(work.isHidden());
}

QTEST_MAIN(TestUnseenWork)
#include "TestUnseenWork.moc"
