#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "ui/activity/ActivityPage.h"
#include "ui/alarms/AlarmsPage.h"
#include "ui/limits/LimitsPage.h"
#include "ui/providers/ProvidersPage.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/EmptyState.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// An empty list says what will appear in it, and how to try it. (That of the page Mail: TestMailPage.)
class TestEmptyStates : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_scene = std::make_unique<Scene>(); }
    void page_saysHowToTry_data();
    void page_saysHowToTry();
    void command_isCopied();
    void command_needsAnAddress();
    void filter_isTheReason_andCanBeTakenAway_data();
    void filter_isTheReason_andCanBeTakenAway();
    void deletedUsers_haveWordsOfTheirOwn();

private:
    std::unique_ptr<Page> open(const QString &key);
    /// The one in view; null: none is.
    static EmptyState *emptyIn(const QWidget &page);
    static QString wordsOf(const EmptyState &empty);

    std::unique_ptr<Scene> m_scene;
};

std::unique_ptr<Page> TestEmptyStates::open(const QString &key)
{
    std::unique_ptr<Page> page;
    if (key == "sessions"_L1)
        page = openPage<SessionsPage>(*m_scene);
    else if (key == "users"_L1)
        page = openPage<UsersPage>(*m_scene);
    else if (key == "activity"_L1)
        page = openPage<ActivityPage>(*m_scene);
    else if (key == "alarms"_L1)
        page = openPage<AlarmsPage>(*m_scene);
    else if (key == "providers"_L1)
        page = openPage<ProvidersPage>(*m_scene);
    else
        page = openPage<LimitsPage>(*m_scene);
    page->present(m_scene->console.overviewNow, true); // as the frame does
    return page;
}

EmptyState *TestEmptyStates::emptyIn(const QWidget &page)
{
    const auto all = page.findChildren<EmptyState *>();
    const auto found = std::ranges::find_if(all, &QWidget::isVisible);
    return found == all.end() ? nullptr : *found;
}

QString TestEmptyStates::wordsOf(const EmptyState &empty)
{
    QStringList lines;
    for (const QLabel *label : empty.findChildren<QLabel *>()) {
        if (label->isVisible() && label->pixmap().isNull())
            lines += label->text();
    }
    return lines.join(u'\n');
}

void TestEmptyStates::page_saysHowToTry_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("command");
    const QString toRegister = u"curl http://127.0.0.1:8000/register -H 'Content-Type: application/json' "
                               "-d '{\"email\":\"ada@example.com\",\"password\":\"correct horse battery\"}'"_s;
    QTest::newRow("sessions") << u"Nobody is signed in"_s << u"their session appears here by itself. Try it in a terminal:"_s << toRegister;
    QTest::newRow("users") << u"No users yet"_s << u"Create the first one here (Ctrl+N), or let somebody register from a terminal:"_s
                           << toRegister;
    QTest::newRow("activity") << u"Nothing has happened yet"_s << u"appear here by themselves. Try it in a terminal:"_s << toRegister;
    QTest::newRow("alarms") << u"No alarms"_s << u"stand here until you say that they are done"_s << QString();
    QTest::newRow("providers") << u"No providers yet"_s << u"as soon as you add it here (Ctrl+N)"_s << QString();
    QTest::newRow("limits") << u"Nobody is held back"_s << u"log in with a wrong password a dozen times"_s << QString();
}

void TestEmptyStates::page_saysHowToTry()
{
    QFETCH(QString, title);
    QFETCH(QString, text);
    QFETCH(QString, command);
    const auto page = open(QString::fromLatin1(QTest::currentDataTag()));
    QTRY_VERIFY(emptyIn(*page));
    const EmptyState &empty = *emptyIn(*page);
    QTRY_VERIFY2(wordsOf(empty).startsWith(title), qPrintable(wordsOf(empty)));
    QVERIFY2(wordsOf(empty).contains(text), qPrintable(wordsOf(empty)));
    const auto *line = empty.findChild<CopyField *>();
    QCOMPARE(line->isVisible(), !command.isEmpty());
    QCOMPARE(line->text(), command);
}

void TestEmptyStates::command_isCopied()
{
    const auto page = open(u"users"_s);
    QTRY_VERIFY(emptyIn(*page));
    const auto *line = emptyIn(*page)->findChild<CopyField *>();
    QTRY_VERIFY(line->isVisible());
    QTest::mouseClick(line->findChild<QToolButton *>(), Qt::LeftButton);
    QCOMPARE(QGuiApplication::clipboard()->text(), line->text());
}

/// Where nobody knows one, no other stands there in its place.
void TestEmptyStates::command_needsAnAddress()
{
    const auto page = open(u"sessions"_s);
    QTRY_VERIFY(emptyIn(*page));
    const auto *line = emptyIn(*page)->findChild<CopyField *>();
    QTRY_VERIFY(line->isVisible());
    OverviewView nowhere = m_scene->console.overviewNow;
    nowhere.server = {};
    page->present(nowhere, true);
    QVERIFY(!line->isVisible());
    nowhere.server.configured = {u"unix:/run/warder/warder.sock"_s};
    page->present(nowhere, true);
    QVERIFY2(line->text().startsWith(u"curl --unix-socket /run/warder/warder.sock http://localhost/register"_s), qPrintable(line->text()));
}

void TestEmptyStates::filter_isTheReason_andCanBeTakenAway_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("button");
    QTest::newRow("sessions") << u"No session matches"_s << u"Clear the filter"_s;
    QTest::newRow("users") << u"No user matches"_s << u"Clear the search"_s;
    QTest::newRow("activity") << u"No such record"_s << u"Show everything"_s;
}

void TestEmptyStates::filter_isTheReason_andCanBeTakenAway()
{
    QFETCH(QString, title);
    QFETCH(QString, button);
    m_scene->fill();
    const auto page = open(QString::fromLatin1(QTest::currentDataTag()));
    page->focusFilter();
    type(u"nobody@example.com\r"_s);
    QTRY_VERIFY(emptyIn(*page));
    const EmptyState &empty = *emptyIn(*page);
    QCOMPARE(wordsOf(empty), title + u"\nNothing matches “nobody@example.com”."_s);
    QVERIFY(!empty.findChild<CopyField *>()->isVisible());
    auto *everything = empty.findChild<QPushButton *>();
    QCOMPARE(everything->text(), button);
    everything->setFocus();
    press(Qt::Key_Space);
    QTRY_VERIFY(!emptyIn(*page));
}

void TestEmptyStates::deletedUsers_haveWordsOfTheirOwn()
{
    m_scene->fill();
    const auto page = open(u"users"_s);
    page->findChild<Chips *>(u"which"_s)->choose(1);
    QTRY_VERIFY(emptyIn(*page));
    QCOMPARE(wordsOf(*emptyIn(*page)),
             u"No deleted accounts\nAn account that you delete stands here until it goes for good, and can be restored."_s);
}

QTEST_MAIN(TestEmptyStates)
#include "TestEmptyStates.moc"
