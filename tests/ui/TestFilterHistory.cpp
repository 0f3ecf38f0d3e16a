#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/FilterHistory.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What was looked for in a list can be looked for again, until somebody has it forgotten; and no secret is kept by that.
class TestFilterHistory : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void search_isKept_data();
    void search_isKept();
    void search_isRecalled();
    void arrow_standsInAnEmptyField();
    void searches_areTenAndDistinct();
    void searches_areOfTheirList();
    void searches_areForgotten();
    void jump_isNone();
    void secret_isNotKept_data();
    void secret_isNotKept();
    void secretFilter_isNotRemembered();

private:
    static FilterBox *boxOf(const Page &page) { return page.findChild<FilterBox *>(); }
    static QMenu *menuOf(const Page &page) { return boxOf(page)->findChild<QMenu *>(u"searches"_s); }
    static QAction *arrowOf(const Page &page);
    /// Replaces what stands there, and presses Enter.
    static void search(const Page &page, const QString &text);
    QStringList kept(const QString &list) { return FilterHistory(m_scene->memory, list).all(); }
};

QAction *TestFilterHistory::arrowOf(const Page &page)
{
    const auto actions = boxOf(page)->actions();
    const auto found = std::ranges::find_if(actions, [](const QAction *each) { return each->text().startsWith("Last searches"_L1); });
    return found == actions.end() ? nullptr : *found;
}

void TestFilterHistory::search(const Page &page, const QString &text)
{
    boxOf(page)->setFocus();
    boxOf(page)->selectAll();
    QTest::keyClicks(boxOf(page), text + u'\r');
    QVERIFY(settle());
}

void TestFilterHistory::search_isKept_data()
{
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<QStringList>("searches");
    QTest::newRow("by Enter") << Qt::Key_Return << QStringList {u"zuse"_s};
    QTest::newRow("by going to the list") << Qt::Key_Down << QStringList {u"zuse"_s};
    QTest::newRow("by going on") << Qt::Key_Tab << QStringList {u"zuse"_s};
    QTest::newRow("not while it is typed") << Qt::Key_Shift << QStringList {};
}

void TestFilterHistory::search_isKept()
{
    QFETCH(Qt::Key, key);
    const auto page = openPage<SessionsPage>(*m_scene);
    boxOf(*page)->setFocus();
    QTest::keyClicks(boxOf(*page), u"zuse"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"sessions zuse"_s), 1);
    QVERIFY(settle()); // the list is within reach
    press(key);
    QTEST(kept(u"sessions"_s), "searches");
}

void TestFilterHistory::search_isRecalled()
{
    {
        const auto page = openPage<SessionsPage>(*m_scene);
        search(*page, u"zuse"_s);
        search(*page, u"user:ada@example.com & co"_s);
        QTest::keyClick(boxOf(*page), Qt::Key_Escape);
    }
    const auto page = openPage<SessionsPage>(*m_scene); // after a restart
    boxOf(*page)->setFocus();
    press(Qt::Key_Down, Qt::AltModifier);
    QMenu *menu = menuOf(*page);
    QVERIFY(menu->isVisible());
    QCOMPARE(menu->actions().size(), 4);
    QCOMPARE(menu->actions()[0]->text(), u"user:ada@example.com && co"_s);
    QCOMPARE(menu->actions()[1]->text(), u"zuse"_s);
    QTest::keyClick(menu, Qt::Key_Down);
    QTest::keyClick(menu, Qt::Key_Return);
    QCOMPARE(boxOf(*page)->filter(), u"zuse"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"sessions zuse"_s), 2);
    QCOMPARE(kept(u"sessions"_s), (QStringList {u"zuse"_s, u"user:ada@example.com & co"_s}));
}

void TestFilterHistory::arrow_standsInAnEmptyField()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    QVERIFY(!arrowOf(*page)->isVisible()); // there is nothing to recall
    press(Qt::Key_Down, Qt::AltModifier);
    QVERIFY(!menuOf(*page)->isVisible());
    search(*page, u"zuse"_s);
    QVERIFY(!arrowOf(*page)->isVisible());
    QTest::keyClick(boxOf(*page), Qt::Key_Escape);
    QVERIFY(arrowOf(*page)->isVisible());
    arrowOf(*page)->trigger();
    QVERIFY(menuOf(*page)->isVisible());
    menuOf(*page)->close();
}

void TestFilterHistory::searches_areTenAndDistinct()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    for (int i = 0; i < 12; ++i)
        search(*page, u"search%1"_s.arg(i));
    search(*page, u"search5"_s);
    const QStringList all = kept(u"sessions"_s);
    QCOMPARE(all.size(), FilterHistory::most);
    QCOMPARE(all.first(), u"search5"_s);
    QCOMPARE(all[1], u"search11"_s);
    QCOMPARE(all.last(), u"search2"_s);
    QCOMPARE(all.count(u"search5"_s), 1);
}

void TestFilterHistory::searches_areOfTheirList()
{
    const auto sessions = openPage<SessionsPage>(*m_scene);
    search(*sessions, u"zuse"_s);
    const auto users = openPage<UsersPage>(*m_scene);
    search(*users, u"ada"_s);
    QCOMPARE(kept(u"sessions"_s), QStringList {u"zuse"_s});
    QCOMPARE(kept(u"users"_s), QStringList {u"ada"_s});
}

void TestFilterHistory::searches_areForgotten()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    search(*page, u"zuse"_s);
    QTest::keyClick(boxOf(*page), Qt::Key_Escape);
    boxOf(*page)->setFocus();
    press(Qt::Key_Down, Qt::AltModifier);
    QAction *last = menuOf(*page)->actions().last();
    QCOMPARE(last->text(), u"&Forget these searches"_s);
    last->trigger();
    menuOf(*page)->close();
    QVERIFY(kept(u"sessions"_s).isEmpty());
    QVERIFY(!arrowOf(*page)->isVisible());
    QVERIFY(!m_scene->memory.contains(u"sessions/searches"_s));
}

/// Nobody has typed it.
void TestFilterHistory::jump_isNone()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    page->filterBy({.text = u"zuse"_s});
    QVERIFY(settle());
    boxOf(*page)->setFocus();
    press(Qt::Key_Return);
    press(Qt::Key_Escape);
    QVERIFY(kept(u"sessions"_s).isEmpty());
}

void TestFilterHistory::secret_isNotKept_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isSecret");
    QTest::newRow("a word") << u"zuse"_s << false;
    QTest::newRow("an e-mail address") << u"user:ada.lovelace@example.com"_s << false;
    QTest::newRow("one that is long, with a number") << u"donaudampfschifffahrt2026@example.com"_s << false;
    QTest::newRow("networks") << u"address:2001:db8:1234:5678::/64 address:203.0.113.0/24"_s << false;
    QTest::newRow("an id") << u"0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"_s << false;
    QTest::newRow("a device") << u"device:\"Samsung Internet, Android\" since:2026-10-01T12:30:00"_s << false;
    QTest::newRow("an access token") << u"eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIwMTk3YTFiMi1jM2Q0In0.c2lnbmF0dXJl"_s << true;
    QTest::newRow("a refresh token") << u"wrt1_AZeDxNQ3vX8kQm5nT2bYw7RfLs9JhGc"_s << true;
    QTest::newRow("one behind a token") << u"device:wrt1_AZeDxNQ3vX8kQm5nT2bYw7RfLs9JhGc"_s << true;
    QTest::newRow("in a link") << u"https://app.example.com/reset?token=AZeDxNQ3vX8kQm5nT2bYw7RfLs9"_s << true;
    QTest::newRow("hexadecimal") << u"9f86d081884c7d659a2feaa0c55ad015"_s << true;
    QTest::newRow("among words") << u"zuse 9f86d081884c7d659a2feaa0c55ad015 ada"_s << true;
}

void TestFilterHistory::secret_isNotKept()
{
    QFETCH(QString, text);
    QFETCH(bool, isSecret);
    QCOMPARE(FilterHistory::looksSecret(text), isSecret);
    const auto page = openPage<SessionsPage>(*m_scene);
    search(*page, text);
    QCOMPARE(kept(u"sessions"_s).isEmpty(), isSecret);
}

void TestFilterHistory::secretFilter_isNotRemembered()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    search(*page, u"zuse"_s);
    page->remember();
    QCOMPARE(m_scene->memory.value(u"sessions/filter"_s).toString(), u"zuse"_s);
    search(*page, u"wrt1_AZeDxNQ3vX8kQm5nT2bYw7RfLs9JhGc"_s);
    page->remember();
    QCOMPARE(m_scene->memory.value(u"sessions/filter"_s).toString(), QString());
}

QTEST_MAIN(TestFilterHistory)
#include "TestFilterHistory.moc"
