#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/activity/ActivityPage.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/support/UiTexts.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FilterBox.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// A list that is empty because of more than one thing says how many rows there would be without each, and has them by a button.
class TestWhyEmpty : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void eachPart_saysHowManyThereWouldBe();
    void part_isDropped_data();
    void part_isDropped();
    void ofOneUser_areToldWithoutThem();
    void onePart_saysNothing();
    void filter_isAskedForOnce();
    void otherFilter_dropsTheNumbers();
    void noAnswer_leavesTheButtons();
    void badToken_isSaid_data();
    void badToken_isSaid();
    void deleted_areToldBesideAccounts();
    void records_areToldByKindAndTime();

private:
    static void type(const Page &page, const QString &filter);
    /// Those that are offered, in their order, without the one that has everything.
    static QStringList offeredBy(const Page &page);
    static QPushButton *offer(const Page &page, const QString &text);
    static QString counted(const QString &what, qint64 sessions) { return what + u": "_s + UiTexts::sessions(sessions); }
    int questions() const { return m_scene->console.askedCount(u"eachSessions"_s); }
};

/// Ann with Firefox and, ended, with Edge; Bob with Edge.
void TestWhyEmpty::init()
{
    PageTest::init();
    const auto session = [this](int secondsAgo, const QString &email, const QString &device) {
        SessionView view = m_scene->session(secondsAgo, email);
        view.userId = Id::create(m_scene->clock.now());
        view.device = device;
        return view;
    };
    auto &rows = m_scene->console.sessionRows;
    rows = {session(10, u"ann@example.com"_s, u"Firefox, Linux"_s), session(20, u"bob@example.com"_s, u"Edge, Windows"_s),
            session(30, u"ann@example.com"_s, u"Edge, Windows"_s)};
    rows[2].userId = rows[0].userId;
    rows[2].endedAt = m_scene->clock.now();
    rows[2].endReason = u"logout"_s;
}

void TestWhyEmpty::type(const Page &page, const QString &filter)
{
    auto *box = page.findChild<FilterBox *>();
    box->setFocus();
    box->selectAll();
    QTest::keyClicks(box, filter + u'\r');
    QVERIFY(settle());
    QVERIFY(page.findChild<EmptyState *>()->isVisible());
}

QStringList TestWhyEmpty::offeredBy(const Page &page)
{
    QStringList texts;
    const auto all = page.findChild<EmptyState *>()->findChildren<QPushButton *>();
    for (const QPushButton *each : all) {
        if (each != all.first() && each->isVisible())
            texts += each->text();
    }
    return texts;
}

QPushButton *TestWhyEmpty::offer(const Page &page, const QString &text)
{
    const auto all = page.findChild<EmptyState *>()->findChildren<QPushButton *>();
    const auto found = std::ranges::find_if(all, [&text](const QPushButton *each) { return each->text().startsWith(text); });
    return found == all.end() ? nullptr : *found;
}

void TestWhyEmpty::eachPart_saysHowManyThereWouldBe()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    type(*page, u"user:ann@example.com device:edge"_s);
    QTRY_COMPARE(offeredBy(*page), (QStringList {counted(u"Without “user:ann@example.com”"_s, 1), counted(u"Without “device:edge”"_s, 1),
                                                 counted(u"With those that ended"_s, 1)}));
    type(*page, u"state:ended nobody device:\"Edge, Windows\""_s);
    QTRY_COMPARE(offeredBy(*page), (QStringList {counted(u"Without “state:ended”"_s, 0),
                                                 counted(u"Without “device:\"Edge, Windows\"”"_s, 0), counted(u"Without “nobody”"_s, 1)}));
}

void TestWhyEmpty::part_isDropped_data()
{
    QTest::addColumn<QString>("part");
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("email");
    QTest::addColumn<bool>("endedToo");
    QTest::newRow("a token") << u"Without “user:ann"_s << u"device:edge"_s << u"bob@example.com"_s << false;
    QTest::newRow("another one") << u"Without “device"_s << u"user:ann@example.com"_s << u"ann@example.com"_s << false;
    QTest::newRow("that they live") << u"With those"_s << u"user:ann@example.com device:edge"_s << u"ann@example.com"_s << true;
}

void TestWhyEmpty::part_isDropped()
{
    QFETCH(QString, part);
    const auto page = openPage<SessionsPage>(*m_scene);
    type(*page, u"user:ann@example.com device:edge"_s);
    QPushButton *button = offer(*page, part);
    QVERIFY(button);
    button->setFocus();
    press(Qt::Key_Space);
    const auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QTEST(table->model()->index(0, 0).data().toString(), "email");
    const auto *box = page->findChild<FilterBox *>();
    QTEST(box->filter(), "left");
    QTEST(page->findChild<QCheckBox *>()->isChecked(), "endedToo");
    QVERIFY(box->hasFocus());
    QVERIFY(offeredBy(*page).isEmpty());
}

void TestWhyEmpty::ofOneUser_areToldWithoutThem()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    const SessionView ann = m_scene->console.sessionRows.first();
    page->filterBy({.text = ann.email, .user = ann.userId});
    QVERIFY(settle());
    type(*page, u"firefox windows"_s);
    QTRY_COMPARE(offeredBy(*page), (QStringList {counted(u"Without “firefox windows”"_s, 2), counted(u"Without “ann@example.com”"_s, 0)}));
    offer(*page, u"Without “firefox"_s)->click();
    QTRY_COMPARE(tableOf(*page, u"Sessions"_s)->model()->rowCount(), 2);
}

void TestWhyEmpty::onePart_saysNothing()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    page->filterBy({.text = u"nobody"_s}); // with those that ended
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
    QVERIFY(settle());
    QVERIFY(offeredBy(*page).isEmpty());
    QCOMPARE(questions(), 0);
}

void TestWhyEmpty::filter_isAskedForOnce()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    m_scene->console.hold();
    auto *box = page->findChild<FilterBox *>();
    box->setFocus();
    QTest::keyClicks(box, u"user:ann@example.com edge\r"_s);
    m_scene->console.release();
    m_scene->console.hold(); // the list is there, and its question waits
    QTRY_COMPARE(questions(), 1);
    QCOMPARE(offeredBy(*page).size(), 3);
    QVERIFY2(offeredBy(*page).first().endsWith(u": …"_s), qPrintable(offeredBy(*page).first()));
    m_scene->console.release();
    QTRY_COMPARE(offeredBy(*page).first(), counted(u"Without “user:ann@example.com”"_s, 1));
    for (int i = 0; i < 3; ++i) {
        page->present(m_scene->console.overviewNow, true);
        page->apply({m_scene->console.sessionRows[1]}); // somebody else's
        QVERIFY(settle());
    }
    QCOMPARE(questions(), 1);
    page->refresh();
    QTRY_COMPARE(questions(), 2);
}

void TestWhyEmpty::otherFilter_dropsTheNumbers()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    type(*page, u"user:ann@example.com edge"_s);
    QTRY_COMPARE(questions(), 1);
    type(*page, u"user:nobody@example.com edge"_s);
    QTRY_COMPARE(offeredBy(*page), (QStringList {counted(u"Without “user:nobody@example.com”"_s, 1), counted(u"Without “edge”"_s, 0),
                                                 counted(u"With those that ended"_s, 0)}));
    QCOMPARE(questions(), 2);
    QTest::keyClick(page->findChild<FilterBox *>(), Qt::Key_Escape);
    QTRY_VERIFY(!page->findChild<EmptyState *>()->isVisible());
    QVERIFY(settle());
    QCOMPARE(questions(), 2);
}

void TestWhyEmpty::noAnswer_leavesTheButtons()
{
    m_scene->console.failAlways(u"eachSessions"_s, {.code = ErrorCode::Busy});
    const auto page = openPage<SessionsPage>(*m_scene);
    type(*page, u"user:ann@example.com edge"_s);
    QTRY_COMPARE(offeredBy(*page), (QStringList {u"Without “user:ann@example.com”"_s, u"Without “edge”"_s, u"With those that ended"_s}));
    QVERIFY(page->problems().isEmpty());
}

void TestWhyEmpty::badToken_isSaid_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("fault");
    QTest::newRow("a time") << u"since:yesterday"_s
                            << u"“since:” cannot be “yesterday”. It takes a span such as 2h or 7d, or a day such as 2026-10-01."_s;
    QTest::newRow("a state") << u"ann state:dead"_s << u"“state:” cannot be “dead”. It takes “live” or “ended”."_s;
    QTest::newRow("nothing yet") << u"device:"_s
                                 << u"Nothing stands behind “device:”. It takes a part of a device, several words in quotation marks."_s;
    QTest::newRow("no token at all") << u"nobody"_s << u"Nothing matches “nobody”."_s;
}

void TestWhyEmpty::badToken_isSaid()
{
    QFETCH(QString, typed);
    QFETCH(QString, fault);
    const auto page = openPage<SessionsPage>(*m_scene);
    type(*page, typed);
    QStringList said;
    for (const QLabel *label : page->findChild<EmptyState *>()->findChildren<QLabel *>())
        said += label->text();
    QVERIFY2(said.contains(fault), qPrintable(said.join(u'\n')));
}

void TestWhyEmpty::deleted_areToldBesideAccounts()
{
    UserView &gone = m_scene->console.userRows.first();
    gone.email = u"gone@example.com"_s;
    gone.deletedAt = m_scene->clock.now();
    const auto page = openPage<UsersPage>(*m_scene);
    type(*page, u"gone@"_s);
    const QString accounts = UiTexts::users(m_scene->console.userRows.size() - 1);
    QTRY_COMPARE(offeredBy(*page), (QStringList {u"Without “gone@”: "_s + accounts, u"Among the deleted: "_s + UiTexts::users(1)}));
    offer(*page, u"Among"_s)->click();
    QTRY_COMPARE(tableOf(*page, u"Users"_s)->model()->rowCount(), 1);
    QCOMPARE(page->findChild<Chips *>(u"which"_s)->current(), 1);
    QCOMPARE(m_scene->console.askedCount(u"eachUsers"_s), 1);
}

void TestWhyEmpty::records_areToldByKindAndTime()
{
    const QString ada = u"ada.lovelace@example.com"_s;
    const auto page = openPage<ActivityPage>(*m_scene);
    auto *kind = page->findChild<QComboBox *>(u"kind"_s);
    kind->setCurrentIndex(kind->findData(u"key_rotated"_s));
    page->findChild<QComboBox *>(u"span"_s)->setCurrentIndex(1); // the last hour
    const QString kindName = kind->currentText();
    const QString spanName = page->findChild<QComboBox *>(u"span"_s)->currentText();
    type(*page, ada);
    QTRY_COMPARE(offeredBy(*page).size(), 3);
    QTRY_VERIFY(!offeredBy(*page).last().endsWith(u'…'));
    QVERIFY2(offeredBy(*page)[0].startsWith(u"Without “%1”: "_s.arg(ada)), qPrintable(offeredBy(*page)[0]));
    QVERIFY2(offeredBy(*page)[1].startsWith(u"Without “%1”: "_s.arg(kindName)), qPrintable(offeredBy(*page)[1]));
    QVERIFY2(offeredBy(*page)[2].startsWith(u"Without “%1”: "_s.arg(spanName)), qPrintable(offeredBy(*page)[2]));
    QCOMPARE(m_scene->console.askedCount(u"eachActivity"_s), 1);
    offer(*page, u"Without “%1”"_s.arg(kindName))->click();
    QTRY_VERIFY(!page->findChild<EmptyState *>()->isVisible());
    QCOMPARE(kind->currentIndex(), 0);
    QCOMPARE(page->findChild<QComboBox *>(u"span"_s)->currentIndex(), 1);
    QCOMPARE(page->findChild<FilterBox *>()->filter(), ada);
}

QTEST_MAIN(TestWhyEmpty)
#include "TestWhyEmpty.moc"
