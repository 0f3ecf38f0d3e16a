#include "tests/ui/support/Keys.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/Settle.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/support/Tone.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/FilterBox.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialog>
#include <QHeaderView>
#include <QHelpEvent>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPixmap>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QToolButton>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What a list shows, counts, ends and sorts is what its filter says, at every moment.
class TestLists : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void number_isExact_thoughNotAllIsRead();
    void rowsOfAnotherQuestion_areOutOfReach_data();
    void rowsOfAnotherQuestion_areOutOfReach();
    void oldRows_stayAway_whileASearchRuns();
    void escape_takesASearchBack();
    void listAndLiveChanges_agree();
    void order_carriesTheNumberSeen_andAsksAgain();
    void order_thatHasNothingLeft_saysSo();
    void selectAll_endsExactlyWhatTheQuestionCounts();
    void currentRow_hasARing();
    void thumb_standsWhereTheListStands();
    void deviceInWords_isFound();
    void oneUser_isNobodyElse();
    void renamedUser_isRenamedInTheirSessions();
    void ended_leaveAfterADay();
    void signIn_showsAtOnce();
    void renamedUser_leavesASearchThatTheyNoLongerMatch();
    void sorting_readsTheWholeList_orSaysThatItDoesNot();
    void header_invitesAgain_onceTheListIsShort();
    void sorting_isKeptOverARestart_andTrue();
    void jumps_areNotRemembered();
    void filterOfAJump_hasTheCross();
    void longPaste_isCut_andInvisibleText_isNone();
    void twoWindows_tellTheSame();

private:
    static QString countOf(const QWidget &page) { return page.findChild<QLabel *>(u"count"_s)->text(); }
    static QPushButton *button(const QWidget &page, const QString &text);
    static QDialog *question(const QWidget &page);
    static QString asked(const QDialog *question);
    static QString effectOf(const QDialog *question);
    static void answer(const QDialog *question);
    static bool hasRing(DataTable &table, int row, const QColor &colour);
    static QString emailAt(const DataTable &table, int row) { return table.model()->index(row, 0).data().toString(); }

    std::unique_ptr<Scene> m_scene;
};

void TestLists::init()
{
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
}

QPushButton *TestLists::button(const QWidget &page, const QString &text)
{
    for (auto *found : page.findChildren<QPushButton *>()) {
        if (QString(found->text()).remove(u'&').startsWith(text))
            return found;
    }
    return nullptr;
}

/// The newest one, a box or a sheet; those before it are on their way out.
QDialog *TestLists::question(const QWidget &page)
{
    const auto all = page.findChildren<QDialog *>();
    return all.isEmpty() || !all.last()->isVisible() || !comesInFront(all.last()) ? nullptr : all.last();
}

QString TestLists::asked(const QDialog *question)
{
    const auto *box = qobject_cast<const QMessageBox *>(question);
    return box ? box->text() : question->findChild<QLabel *>(u"question"_s)->text();
}

QString TestLists::effectOf(const QDialog *question)
{
    const auto *box = qobject_cast<const QMessageBox *>(question);
    return box ? box->informativeText() : question->findChild<QLabel *>(u"effect"_s)->text();
}

void TestLists::answer(const QDialog *question) { question->findChild<QPushButton *>(u"confirmed"_s)->click(); }

void TestLists::number_isExact_thoughNotAllIsRead()
{
    const auto sessions = openPage<SessionsPage>(*m_scene);
    QTRY_COMPARE(countOf(*sessions), u"240 live · 240 users · the newest 200 were read, scroll for more"_s);
    QCOMPARE(listOf(*sessions)->model()->rowCount(), 200);
    QCOMPARE(button(*sessions, u"Revoke all shown"_s)->text().remove(u'&'), u"Revoke all shown (240)"_s);
    const auto users = openPage<UsersPage>(*m_scene);
    QTRY_COMPARE(countOf(*users), u"260 users · the first 200 by e-mail were read, scroll for more"_s);
    QCOMPARE(listOf(*users)->model()->rowCount(), 200);
}

void TestLists::rowsOfAnotherQuestion_areOutOfReach_data()
{
    QTest::addColumn<bool>("ofUsers");
    QTest::newRow("sessions") << false;
    QTest::newRow("users") << true;
}

void TestLists::rowsOfAnotherQuestion_areOutOfReach()
{
    QFETCH(bool, ofUsers);
    const std::unique_ptr<Page> page =
        ofUsers ? std::unique_ptr<Page>(openPage<UsersPage>(*m_scene)) : std::unique_ptr<Page>(openPage<SessionsPage>(*m_scene));
    DataTable *table = listOf(*page);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    table->selectRow(0);
    QPushButton *act = button(*page, ofUsers ? u"Disable"_s : u"Revoke"_s);
    QVERIFY(act->isEnabled());
    m_scene->console.hold();
    page->focusFilter();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Z); // before the pause after the typing, and long before the answer
    QVERIFY(!table->isEnabled());
    QVERIFY(!act->isEnabled());
    QVERIFY(countOf(*page).startsWith(u"Searching"_s));
    type(u"use"_s);
    QTRY_COMPARE(m_scene->console.askedCount(ofUsers ? u"users zuse"_s : u"sessions zuse"_s), 1);
    QVERIFY(!table->isEnabled() && !act->isEnabled());
    m_scene->console.release();
    QTRY_VERIFY(table->isEnabled());
    QVERIFY(emailAt(*table, 0).contains(u"zuse"_s));
    QTRY_VERIFY(!countOf(*page).startsWith(u"Searching"_s));
}

void TestLists::oldRows_stayAway_whileASearchRuns()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    QTRY_COMPARE(listOf(*page)->model()->rowCount(), 200);
    m_scene->console.hold();
    page->focusFilter();
    type(u"zuse\r"_s);
    page->apply({m_scene->session(1, u"konrad.zuse@example.com"_s)}); // arrives while the search runs
    QCOMPARE(listOf(*page)->model()->rowCount(), 200);
    m_scene->console.release();
    QTRY_COMPARE(emailAt(*listOf(*page), 0), u"konrad.zuse@example.com"_s);
}

void TestLists::escape_takesASearchBack()
{
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_COMPARE(listOf(*page)->model()->rowCount(), 200);
    m_scene->console.hold();
    page->focusFilter();
    type(u"zuse\r"_s);
    press(Qt::Key_Escape);
    m_scene->console.release();
    QTRY_VERIFY(listOf(*page)->isEnabled());
    QCOMPARE(listOf(*page)->model()->rowCount(), 200);
    page->focusFilter();
    type(u"x"_s);
    QVERIFY(!listOf(*page)->isEnabled());
    press(Qt::Key_Backspace); // the words are the old ones again before anybody asked
    QVERIFY(listOf(*page)->isEnabled());
}

void TestLists::listAndLiveChanges_agree()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    page->filterBy({.text = u"Mozilla"_s}); // every user agent, no device in words
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
    SessionView renewed = m_scene->console.sessionRows.first();
    ++renewed.generation;
    page->apply({renewed});
    QCOMPARE(listOf(*page)->model()->rowCount(), 0);
    QCOMPARE(countOf(*page), u"0 live"_s);
    QVERIFY(!button(*page, u"Revoke all shown"_s)->isEnabled());
}

void TestLists::order_carriesTheNumberSeen_andAsksAgain()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    QTRY_VERIFY(button(*page, u"Revoke all shown (240)"_s));
    button(*page, u"Revoke all shown"_s)->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(asked(question(*page)), u"Revoke 240 sessions?"_s);
    m_scene->console.sessionRows += m_scene->session(1'000'000, u"old@example.com"_s); // one that was there, and not seen
    answer(question(*page));
    QTRY_COMPARE(m_scene->console.askedCount(u"revokeShown  seen 240"_s), 1);
    QTRY_VERIFY(question(*page) && asked(question(*page)) == "Revoke 241 sessions?"_L1);
    QVERIFY(effectOf(question(*page)).contains(u"nobody was signed out yet"_s));
    QVERIFY(effectOf(question(*page)).contains(u"241 users are signed out with their next request"_s));
    QVERIFY(m_scene->console.sessionRows.last().isLive(m_scene->clock.now()));
    answer(question(*page));
    QTRY_COMPARE(messageOf(*page), u"Revoked 241 sessions."_s);
}

void TestLists::order_thatHasNothingLeft_saysSo()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    page->filterBy({.text = u"liskov"_s});
    QTRY_VERIFY(button(*page, u"Revoke all shown"_s)->isEnabled());
    button(*page, u"Revoke all shown"_s)->click();
    m_scene->console.sessionRows.clear();
    answer(question(*page));
    QTRY_VERIFY(messageOf(*page).contains(u"ended meanwhile"_s));
}

/// Ctrl+A reaches what was read, and the question says what lies beyond it.
void TestLists::selectAll_endsExactlyWhatTheQuestionCounts()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    QTRY_VERIFY(button(*page, u"Revoke all shown (240)"_s));
    listOf(*page)->setFocus(Qt::TabFocusReason);
    press(Qt::Key_A, Qt::ControlModifier);
    QTRY_VERIFY(countOf(*page).endsWith(u"200 selected"_s));
    press(Qt::Key_Delete);
    QVERIFY(question(*page));
    QCOMPARE(asked(question(*page)), u"Revoke 200 sessions?"_s);
    QVERIFY2(effectOf(question(*page)).startsWith(u"Not read yet, and not ended: 40 sessions."_s), qPrintable(effectOf(question(*page))));
    page->apply({m_scene->session(0, u"new@example.com"_s)}); // while the question stands
    QVERIFY(comesInFront(question(*page)));
    QTest::keyClick(question(*page), Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"Revoked 200 sessions."_s);
    QCOMPARE(m_scene->console.askedCount(u"revokeSessions 200"_s), 1);
    const auto isLive = [this](const SessionView &row) { return row.isLive(m_scene->clock.now()); };
    QCOMPARE(std::ranges::count_if(m_scene->console.sessionRows, isLive), 40);
}

/// Whether the row's upper edge is of that colour.
bool TestLists::hasRing(DataTable &table, int row, const QColor &colour)
{
    const QImage shown = table.viewport()->grab().toImage();
    const QRgb wanted = colour.rgb();
    int like = 0;
    for (int x = 0; x < shown.width(); ++x)
        like += shown.pixel(x, table.rowViewportPosition(row) + 1) == wanted ? 1 : 0;
    return like > shown.width() * 9 / 10;
}

/// Ctrl and the arrows move it away from what is selected.
void TestLists::currentRow_hasARing()
{
    const auto page = openPage<UsersPage>(*m_scene);
    DataTable &table = *listOf(*page);
    QTRY_COMPARE(table.model()->rowCount(), 200);
    table.setFocus(Qt::TabFocusReason);
    table.selectRow(1);
    const QColor selected = table.palette().color(QPalette::Active, QPalette::HighlightedText);
    const QColor other = focusColour(table.parentWidget()->palette(), table.palette().color(QPalette::Base));
    QVERIFY(hasRing(table, 1, selected));
    press(Qt::Key_Down, Qt::ControlModifier);
    press(Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(table.selectedRows(), QList<int> {1});
    QVERIFY(hasRing(table, 3, other));
    QVERIFY(!hasRing(table, 1, selected) && !hasRing(table, 2, other));
    page->focusFilter();
    QVERIFY(!hasRing(table, 3, other));
}

/// Of 260 rows 200 are read: at the last of these the thumb is short of the end.
void TestLists::thumb_standsWhereTheListStands()
{
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_VERIFY(countOf(*page).startsWith(u"260 users"_s));
    DataTable *table = listOf(*page);
    const QScrollBar *bar = table->verticalScrollBar();
    const int rowHeight = table->rowHeight(0);
    QTRY_COMPARE(bar->maximum() + bar->pageStep(), 260 * rowHeight);
    m_scene->console.hold();
    table->setFocus(Qt::TabFocusReason);
    QTest::keyClick(table, Qt::Key_Down);
    QTest::keyClick(table, Qt::Key_End, Qt::ControlModifier);
    QTRY_COMPARE(bar->value() + bar->pageStep(), 200 * rowHeight);
    table->verticalScrollBar()->setValue(bar->maximum()); // pulled to the end, where nothing is yet
    QCOMPARE(bar->value() + bar->pageStep(), 200 * rowHeight);
    m_scene->console.release();
    QTRY_COMPARE(table->model()->rowCount(), 260);
    press(Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(bar->value(), bar->maximum());
    QCOMPARE(bar->maximum() + bar->pageStep(), 260 * rowHeight);
}

void TestLists::deviceInWords_isFound()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    QTRY_COMPARE(listOf(*page)->model()->rowCount(), 200);
    const QString device = m_scene->console.sessionRows.first().device;
    page->focusFilter();
    type(device.toUpper() + u'\r');
    QTRY_VERIFY(listOf(*page)->isEnabled());
    QVERIFY(listOf(*page)->model()->rowCount() > 0);
    for (int row = 0; row < listOf(*page)->model()->rowCount(); ++row)
        QCOMPARE(listOf(*page)->model()->index(row, 1).data().toString(), device);
}

void TestLists::oneUser_isNobodyElse()
{
    SessionView ann = m_scene->session(2, u"ann@example.com"_s);
    ann.userId = Id::create(m_scene->clock.now());
    SessionView joann = m_scene->session(1, u"joann@example.com"_s);
    joann.userId = Id::create(m_scene->clock.now());
    m_scene->console.sessionRows = {joann, ann};
    const auto page = openPage<SessionsPage>(*m_scene);
    page->filterBy({.text = ann.email, .user = ann.userId});
    QTRY_COMPARE(listOf(*page)->model()->rowCount(), 1);
    QCOMPARE(emailAt(*listOf(*page), 0), ann.email);
    page->apply({joann});
    QCOMPARE(listOf(*page)->model()->rowCount(), 1);
    auto *chip = page->findChild<QPushButton *>(u"userChip"_s);
    QVERIFY(chip->isVisible());
    QCOMPARE(chip->text(), u"Sessions of ann@example.com"_s);
    button(*page, u"Revoke all shown (1)"_s)->click();
    QVERIFY(effectOf(question(*page)).startsWith(u"Every live session of ann@example.com ends."_s));
    answer(question(*page));
    QTRY_COMPARE(messageOf(*page), u"Revoked one session."_s);
    QVERIFY(m_scene->console.sessionRows.first().isLive(m_scene->clock.now()));
    QTest::keyClick(chip, Qt::Key_Space);
    QTRY_COMPARE(listOf(*page)->model()->rowCount(), 2);
    QVERIFY(!chip->isVisible());
}

void TestLists::renamedUser_isRenamedInTheirSessions()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    QTRY_COMPARE(listOf(*page)->model()->rowCount(), 200);
    UserView user;
    user.id = m_scene->console.sessionRows.first().userId;
    user.email = u"renamed@example.com"_s;
    page->apply({user});
    QCOMPARE(emailAt(*listOf(*page), 0), u"renamed@example.com"_s);
    page->apply({UserGone {user.id}});
    QCOMPARE(listOf(*page)->model()->rowCount(), 199);
}

void TestLists::ended_leaveAfterADay()
{
    SessionView gone = m_scene->session(60);
    gone.endedAt = m_scene->clock.now();
    gone.endReason = u"logout"_s;
    m_scene->console.sessionRows = {gone};
    const auto page = openPage<SessionsPage>(*m_scene);
    page->findChild<QCheckBox *>()->click();
    QTRY_COMPARE(countOf(*page), u"0 live · 1 ended"_s);
    m_scene->clock.advance(std::chrono::days {1});
    QTRY_COMPARE(listOf(*page)->model()->rowCount(), 0);
}

void TestLists::signIn_showsAtOnce()
{
    UserView &user = m_scene->console.userRows.first();
    user.lastSignInAt.reset();
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_COMPARE(listOf(*page)->model()->rowCount(), 200);
    QCOMPARE(listOf(*page)->model()->index(0, 4).data().toString(), u"never"_s);
    page->apply({UserSignedIn {.id = user.id, .at = m_scene->clock.now()}});
    QVERIFY(listOf(*page)->model()->index(0, 4).data().toString() != "never"_L1);
}

void TestLists::renamedUser_leavesASearchThatTheyNoLongerMatch()
{
    const auto page = openPage<UsersPage>(*m_scene);
    page->filterBy({.text = u"zuse"_s});
    QTRY_VERIFY(listOf(*page)->model()->rowCount() > 0);
    const int before = listOf(*page)->model()->rowCount();
    const QString email = emailAt(*listOf(*page), 0);
    UserView user = *std::ranges::find(m_scene->console.userRows, email, &UserView::email);
    user.email = u"other@example.com"_s;
    user.name = u"Somebody"_s;
    page->apply({user});
    QCOMPARE(listOf(*page)->model()->rowCount(), before - 1);
}

void TestLists::sorting_readsTheWholeList_orSaysThatItDoesNot()
{
    const auto page = openPage<UsersPage>(*m_scene);
    DataTable *table = listOf(*page);
    QTRY_COMPARE(table->model()->rowCount(), 200);
    QTRY_VERIFY(countOf(*page).startsWith(u"260"_s));
    const auto clickCreated = [&table] {
        auto *header = table->horizontalHeader();
        table->window()->resize(1700, 640); // room for that column
        QTRY_VERIFY(header->sectionSize(5) > 40);
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {header->sectionViewportPosition(5) + 15, header->height() / 2});
    };
    clickCreated();
    QTRY_COMPARE(table->model()->rowCount(), 260);
    const auto oldest = std::ranges::min_element(m_scene->console.userRows, {}, &UserView::createdAt);
    QTRY_COMPARE(table->horizontalHeader()->sortIndicatorSection(), 5);
    QCOMPARE(emailAt(*table, 0), oldest->email);

    for (int i = 0; i < 10'000; ++i) {
        UserView one = m_scene->console.userRows.first();
        one.id = Id::create(m_scene->clock.now());
        one.email = u"zz%1@example.com"_s.arg(i, 5, 10, QChar(u'0'));
        m_scene->console.userRows += one;
    }
    const auto large = openPage<UsersPage>(*m_scene);
    table = listOf(*large);
    QTRY_VERIFY(countOf(*large).startsWith(u"10,260 users"_s));
    clickCreated(); // does not look as if it did something
    QVERIFY(settle());
    QCOMPARE(messageOf(*large), QString());
    const auto tip = [&table] {
        QToolTip::hideText();
        const QPoint at(table->horizontalHeader()->sectionViewportPosition(5) + 15, 5);
        QHelpEvent help(QEvent::ToolTip, at, table->horizontalHeader()->viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(table->horizontalHeader()->viewport(), &help);
        return QToolTip::text().remove(u'\u200B');
    };
    QVERIFY2(tip().contains(u"more than 10,000 rows stays in its order"_s), qPrintable(tip()));
    table->sortByColumn(5, Qt::AscendingOrder); // one that was chosen before the list was so long
    QTRY_VERIFY(messageOf(*large).contains(u"stays in its order"_s));
    QCOMPARE(table->horizontalHeader()->sortIndicatorSection(), -1);
    QCOMPARE(table->model()->rowCount(), 200);
    QCOMPARE(emailAt(*table, 0), m_scene->console.userRows.first().email);
}

/// Also where the columns were remembered of a list that was too long.
void TestLists::header_invitesAgain_onceTheListIsShort()
{
    const QList<UserView> few = m_scene->console.userRows;
    for (int i = 0; i < 10'000; ++i) {
        UserView one = few.first();
        one.id = Id::create(m_scene->clock.now());
        one.email = u"zz%1@example.com"_s.arg(i, 5, 10, QChar(u'0'));
        m_scene->console.userRows += one;
    }
    {
        const auto page = openPage<UsersPage>(*m_scene);
        QTRY_VERIFY(!listOf(*page)->horizontalHeader()->sectionsClickable());
        page->filterBy({.text = u"zuse"_s});
        QTRY_VERIFY(listOf(*page)->horizontalHeader()->sectionsClickable());
        page->filterBy({});
        QTRY_VERIFY(!listOf(*page)->horizontalHeader()->sectionsClickable());
        page->remember();
    }
    m_scene->console.userRows = few;
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_VERIFY(countOf(*page).startsWith(u"260"_s));
    QVERIFY(listOf(*page)->horizontalHeader()->sectionsClickable());
}

void TestLists::sorting_isKeptOverARestart_andTrue()
{
    {
        const auto page = openPage<UsersPage>(*m_scene);
        QTRY_VERIFY(countOf(*page).startsWith(u"260"_s));
        listOf(*page)->sortByColumn(4, Qt::DescendingOrder);
        QTRY_COMPARE(listOf(*page)->model()->rowCount(), 260);
        page->remember();
    }
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_COMPARE(listOf(*page)->model()->rowCount(), 260);
    const auto newest = std::ranges::max_element(m_scene->console.userRows, {}, &UserView::lastSignInAt);
    QTRY_COMPARE(listOf(*page)->model()->index(0, 4).data(Qt::UserRole + 1).toLongLong(), toMilliseconds(*newest->lastSignInAt));
}

void TestLists::jumps_areNotRemembered()
{
    {
        const auto sessions = openPage<SessionsPage>(*m_scene);
        sessions->filterBy({.text = u"ann@example.com"_s, .user = m_scene->console.sessionRows.first().userId});
        sessions->remember();
        const auto users = openPage<UsersPage>(*m_scene);
        users->filterBy({.text = u"zuse"_s});
        users->remember();
    }
    {
        const auto sessions = openPage<SessionsPage>(*m_scene);
        QVERIFY(!sessions->findChild<QCheckBox *>()->isChecked());
        QVERIFY(!sessions->findChild<QPushButton *>(u"userChip"_s)->isVisible());
        QTRY_VERIFY(countOf(*sessions).startsWith(u"240 live"_s));
        const auto users = openPage<UsersPage>(*m_scene);
        QTRY_VERIFY(countOf(*users).startsWith(u"260 users"_s));
        users->focusFilter();
        type(u"zuse\r"_s); // one's own words are
        QTRY_VERIFY(countOf(*users).startsWith(u"21 users"_s));
        users->remember();
    }
    const auto users = openPage<UsersPage>(*m_scene);
    QTRY_VERIFY(countOf(*users).startsWith(u"21 users"_s));
}

/// By the mouse, too, somebody can clear what they did not type.
void TestLists::filterOfAJump_hasTheCross()
{
    const auto page = openPage<SessionsPage>(*m_scene);
    const auto isCrossSeen = [&page] {
        const auto buttons = page->findChild<FilterBox *>()->findChildren<QToolButton *>(); // the cross, and the picture at the left
        return std::ranges::all_of(buttons, [](const QToolButton *each) { return each->property("opacity").toDouble() == 1; });
    };
    QVERIFY(!isCrossSeen());
    page->filterBy({.text = u"ada"_s});
    QTRY_VERIFY(isCrossSeen());
}

void TestLists::longPaste_isCut_andInvisibleText_isNone()
{
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_COMPARE(listOf(*page)->model()->rowCount(), 200);
    QGuiApplication::clipboard()->setText(QString(10'000, u'x'));
    page->focusFilter();
    press(Qt::Key_V, Qt::ControlModifier);
    press(Qt::Key_Return);
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
    QVERIFY(page->findChild<EmptyState *>()->sizeHint().width() < 1000);
    press(Qt::Key_Escape);
    QTRY_COMPARE(listOf(*page)->model()->rowCount(), 200);
    m_scene->console.asked.clear();
    QGuiApplication::clipboard()->setText(u"\u200b\u200b"_s);
    press(Qt::Key_V, Qt::ControlModifier);
    press(Qt::Key_Return);
    QVERIFY(listOf(*page)->isEnabled());
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"users"_s), 0);
}

void TestLists::twoWindows_tellTheSame()
{
    m_scene->console.sessionRows.resize(20);
    const auto one = openPage<SessionsPage>(*m_scene);
    const auto other = openPage<SessionsPage>(*m_scene);
    QTRY_COMPARE(countOf(*one), u"20 live · 20 users"_s);
    QTRY_COMPARE(countOf(*other), u"20 live · 20 users"_s);
    listOf(*one)->selectRow(3);
    button(*one, u"Revoke"_s)->click();
    answer(question(*one));
    QTRY_COMPARE(messageOf(*one), u"Revoked one session."_s);
    button(*other, u"Revoke all shown (20)"_s)->click(); // its news have not come yet
    answer(question(*other));
    QTRY_COMPARE(messageOf(*other), u"Revoked 19 sessions."_s); // one of the twenty had ended
}

QTEST_MAIN(TestLists)
#include "TestLists.moc"
