#include "tests/ui/support/Keys.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/palette/CommandPalette.h"
#include "ui/palette/Commands.h"
#include "ui/palette/PaletteList.h"
#include "ui/palette/PaletteModel.h"
#include "ui/palette/Ranking.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/Page.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

constexpr std::array everyPage {"overview", "sessions", "users", "limits", "keys", "mail", "providers", "activity", "settings", "alarms"};

QString lastAnnounced;

void hearAnnouncement(QAccessibleEvent *event)
{
    if (event->type() == QAccessible::Announcement)
        lastAnnounced = static_cast<QAccessibleAnnouncementEvent *>(event)->message();
}

} // namespace

/// Ctrl+K: what is typed finds what can be done, and Enter does that and nothing else.
class TestPalette : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void typed_names_data();
    void typed_names();
    void typed_ranks_data();
    void typed_ranks();
    void nothingTyped_keepsTheOrder();
    void place_isBehindWhatFitsAsWell();

    void page_isGoneTo_byTheKeyboardAlone();
    void orderOfThePage_isGiven();
    void orderOfAMenu_isGiven();
    void everyButtonOfThePage_isThere_data();
    void everyButtonOfThePage_isThere();
    void whatCannotBeDone_isNotOffered();
    void setting_isFound_data();
    void setting_isFound();
    void user_isFoundByEmail();
    void users_neverHoldTheWindowUp();
    void supersededQuestion_changesNothing();
    void lateUsers_leaveTheChoiceAlone();
    void escape_givesTheKeyboardBack_data();
    void escape_givesTheKeyboardBack();
    void secondCtrlK_putsItAway();
    void otherFocus_putsItAway();
    void arrows_goRound();
    void nothing_isSaid();
    void choice_isAnnounced();
    void names_areThereForScreenReaders();
    void model_isSound();

private:
    MainWindow &window() { return m_desktop->window(); }
    CommandPalette &palette() { return *window().findChild<CommandPalette *>(); }
    QLineEdit *field() { return palette().findChild<QLineEdit *>(); }
    PaletteList *list() { return palette().findChild<PaletteList *>(); }
    void open() { QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier); }
    void type(const QString &text) { QTest::keyClicks(field(), text); }
    QStringList names();
    QString current() { return list()->currentIndex().data().toString(); }
    QString shownPage() { return window().pages().current().objectName(); }

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Desktop> m_desktop;
};

void TestPalette::init()
{
    QApplication::setQuitOnLastWindowClosed(false);
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
    m_desktop = std::make_unique<Desktop>(m_scene->context());
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    QVERIFY(settle());
}

void TestPalette::cleanup()
{
    m_desktop.reset();
    m_scene.reset();
}

QStringList TestPalette::names()
{
    QStringList names;
    for (int row = 0; row < list()->model()->rowCount(); ++row)
        names += list()->model()->index(row, 0).data().toString();
    return names;
}

void TestPalette::typed_names_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("found");
    QTest::newRow("the beginning of a word") << u"sess"_s << u"Sessions"_s << true;
    QTest::newRow("in any case") << u"SESS"_s << u"sessions"_s << true;
    QTest::newRow("words in any order") << u"passw set"_s << u"Set password…"_s << true;
    QTest::newRow("first letters of words") << u"rs"_s << u"Reload settings"_s << true;
    QTest::newRow("a part of a word") << u"word"_s << u"Set password…"_s << true;
    QTest::newRow("one wrong letter") << u"revike"_s << u"Revoke"_s << true;
    QTest::newRow("one letter too few") << u"revke"_s << u"Revoke"_s << true;
    QTest::newRow("one letter too many") << u"revooke"_s << u"Revoke"_s << true;
    QTest::newRow("accents of another form") << u"cafe\u0301"_s << u"Café"_s << true;
    QTest::newRow("two wrong letters") << u"rivike"_s << u"Revoke"_s << false;
    QTest::newRow("a slip in a short word") << u"kay"_s << u"Keys"_s << false;
    QTest::newRow("one word of two") << u"set nonsense"_s << u"Set password…"_s << false;
    QTest::newRow("one letter within a word") << u"a"_s << u"Keys tab"_s << false;
    QTest::newRow("a sign alone is nothing typed") << u"…"_s << u"Keys"_s << true;
    QTest::newRow("a name without words") << u"a"_s << u"…"_s << false;
}

void TestPalette::typed_names()
{
    QFETCH(QString, typed);
    QFETCH(QString, name);
    QTEST(Ranking(typed).score({.name = name}).has_value(), "found");
}

void TestPalette::typed_ranks_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QStringList>("best");
    QTest::newRow("whole name before a longer one") << u"keys"_s << QStringList {u"Keys"_s, u"Keys of others"_s};
    QTest::newRow("beginning before within") << u"voke"_s << QStringList {u"Vokes"_s, u"Revoke"_s};
    QTest::newRow("first word before a later one") << u"import"_s << QStringList {u"Import key…"_s, u"Key to import"_s};
    QTest::newRow("right before a slip") << u"revoke"_s << QStringList {u"Revoke all"_s, u"Revike"_s};
    QTest::newRow("of equals the earlier") << u"add"_s << QStringList {u"Add b"_s, u"Add a"_s};
}

void TestPalette::typed_ranks()
{
    QFETCH(QString, typed);
    QFETCH(QStringList, best);
    const bool areEqual = best.first() == "Add b"_L1;
    QList<Ranking::Candidate> candidates;
    for (const QString &name : std::as_const(best))
        areEqual ? candidates.append(Ranking::Candidate {.name = name}) : candidates.prepend(Ranking::Candidate {.name = name});
    QStringList found;
    for (const qsizetype place : Ranking(typed).best(candidates))
        found += candidates[place].name;
    QCOMPARE(found, best);
    const Ranking::Candidate byMore {.name = u"Other"_s, .more = best.first()};
    const Ranking::Candidate byName {.name = best.first()};
    QVERIFY(Ranking(typed).score(byMore).value() < Ranking(typed).score(byName).value());
}

void TestPalette::nothingTyped_keepsTheOrder()
{
    const QList<Ranking::Candidate> all {{.name = u"B"_s}, {.name = u"A"_s}, {.name = u"C"_s}};
    QCOMPARE(Ranking(QString()).best(all), (QList<qsizetype> {0, 1, 2}));
    QCOMPARE(Ranking(u"  "_s).best(all), (QList<qsizetype> {0, 1, 2}));
}

/// Who types "user" wants the page, not a setting that has the word in its name.
void TestPalette::place_isBehindWhatFitsAsWell()
{
    const Ranking::Candidate page {.name = u"Users"_s};
    const Ranking::Candidate setting {.name = u"User at the mail server"_s, .isPlace = true};
    QVERIFY(Ranking(u"user"_s).score(setting).value() < Ranking(u"user"_s).score(page).value());
    const QString whole = setting.name;
    QVERIFY(Ranking(whole).score(setting).value() > Ranking(whole).score({.name = whole + u" and more"_s}).value());
}

void TestPalette::page_isGoneTo_byTheKeyboardAlone()
{
    open();
    QVERIFY(palette().isVisible());
    QVERIFY(QApplication::focusWidget() == field());
    QCOMPARE(names().first(), u"Overview"_s);
    type(u"user"_s);
    QCOMPARE(current(), u"Users"_s);
    press(Qt::Key_Return);
    QVERIFY(!palette().isVisible());
    QCOMPARE(shownPage(), u"users"_s);
    QVERIFY(window().pages().current().isAncestorOf(QApplication::focusWidget()));
}

void TestPalette::orderOfThePage_isGiven()
{
    window().pages().showPage(u"sessions"_s);
    auto *table = listOf(window().pages().current());
    QTRY_VERIFY(table->model()->rowCount() > 0);
    table->selectRow(0);
    open();
    type(u"revoke"_s);
    QCOMPARE(current(), u"Revoke"_s);
    QCOMPARE(list()->currentIndex().data(PaletteModel::KeysRole).toString(),
             QKeySequence(Qt::Key_Delete).toString(QKeySequence::NativeText));
    press(Qt::Key_Return);
    QTRY_VERIFY(window().findChild<QMessageBox *>(u"confirm"_s));
    QCOMPARE(m_scene->console.askedCount(u"revokeSessions"_s), 0); // the order asks as its button does
}

void TestPalette::orderOfAMenu_isGiven()
{
    open();
    type(u"reload"_s);
    QCOMPARE(current(), u"Reload settings"_s);
    press(Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"reloadServer"_s), 1);
}

void TestPalette::everyButtonOfThePage_isThere_data()
{
    QTest::addColumn<QString>("page");
    for (const char *page : everyPage)
        QTest::newRow(page) << QString::fromLatin1(page);
}

void TestPalette::everyButtonOfThePage_isThere()
{
    QFETCH(QString, page);
    window().pages().showPage(page);
    QVERIFY(settle());
    Page &shown = window().pages().current();
    if (auto *table = listOf(shown); table && table->isVisible())
        table->selectRow(1);
    open();
    const QStringList offered = names();
    for (const auto *button : shown.findChildren<QPushButton *>()) {
        const QString text = QString(button->text()).replace(u"&&"_s, u"\x01"_s).remove(u'&').replace(u'\x01', u'&').simplified();
        if (button->isVisible() && button->isEnabled() && !text.isEmpty())
            QVERIFY2(offered.contains(text), qPrintable(text));
    }
    for (const QString &name : offered)
        QVERIFY2(!name.isEmpty() && name != "&"_L1, qPrintable(offered.join(u'\n')));
}

void TestPalette::whatCannotBeDone_isNotOffered()
{
    window().pages().showPage(u"sessions"_s);
    QVERIFY(settle());
    listOf(window().pages().current())->clearSelection();
    open();
    QVERIFY(!names().contains(u"Revoke"_s));
    QVERIFY(!names().contains(u"Undo"_s));
}

void TestPalette::setting_isFound_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("by its name") << u"idle lifetime"_s;
    QTest::newRow("by its key") << u"sessions.idle_lifetime"_s;
}

/// Also before anybody has looked at the page.
void TestPalette::setting_isFound()
{
    QFETCH(QString, typed);
    m_scene->fillSettings();
    open();
    type(typed);
    QCOMPARE(current(), u"Idle lifetime"_s);
    press(Qt::Key_Return);
    QCOMPARE(shownPage(), u"settings"_s);
    QCOMPARE(window().pages().current().findChild<FilterBox *>()->filter(), u"sessions.idle_lifetime"_s);
}

void TestPalette::user_isFoundByEmail()
{
    open();
    const QString email = m_scene->console.userRows[3].email;
    type(email);
    QTRY_VERIFY(names().contains(email));
    QTRY_COMPARE(current(), email);
    press(Qt::Key_Return);
    QCOMPARE(shownPage(), u"users"_s);
    const auto *table = listOf(window().pages().current());
    QTRY_COMPARE(table->selectedRows().size(), 1);
    QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toString(), email);
}

void TestPalette::users_neverHoldTheWindowUp()
{
    m_scene->console.hold();
    open();
    type(u"se"_s);
    QVERIFY(names().contains(u"Sessions"_s));
    type(u"ssions"_s);
    QCOMPARE(current(), u"Sessions"_s);
    press(Qt::Key_Return);
    QCOMPARE(shownPage(), u"sessions"_s);
    m_scene->console.release();
}

void TestPalette::supersededQuestion_changesNothing()
{
    m_scene->console.hold();
    open();
    type(u"grace"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"users grace"_s), 1);
    field()->clear();
    type(u"turing"_s);
    m_scene->console.release();
    QVERIFY(settle());
    QVERIFY(!names().isEmpty());
    for (const QString &name : names())
        QVERIFY2(name.contains(u"turing"_s), qPrintable(name));
}

void TestPalette::lateUsers_leaveTheChoiceAlone()
{
    open();
    type(u"ada"_s);
    QTRY_VERIFY(names().filter(u"ada.lovelace"_s).size() > 3);
    const QString first = names().filter(u"ada.lovelace"_s).first();
    m_scene->console.userRows.removeIf([&first](const UserView &user) { return user.email == first; });
    m_scene->console.hold();
    type(u"."_s);
    const QString chosen = names().filter(u"ada.lovelace"_s).at(3);
    for (int i = 0; i < 40 && current() != chosen; ++i)
        press(Qt::Key_Down);
    QCOMPARE(current(), chosen);
    m_scene->console.release();
    QVERIFY(settle());
    QCOMPARE(current(), chosen);
}

void TestPalette::escape_givesTheKeyboardBack_data()
{
    QTest::addColumn<QString>("page");
    for (const char *page : everyPage)
        QTest::newRow(page) << QString::fromLatin1(page);
}

void TestPalette::escape_givesTheKeyboardBack()
{
    QFETCH(QString, page);
    window().pages().showPage(page);
    QVERIFY(settle());
    for (int steps = 0; steps < 4; ++steps) {
        const QWidget *before = QApplication::focusWidget();
        QVERIFY(before);
        open();
        QVERIFY(QApplication::focusWidget() == field());
        type(u"x"_s);
        press(Qt::Key_Escape);
        QVERIFY(!palette().isVisible());
        QVERIFY(QApplication::focusWidget() == before);
        press(Qt::Key_Tab);
    }
}

void TestPalette::secondCtrlK_putsItAway()
{
    window().pages().showPage(u"sessions"_s);
    const QWidget *before = QApplication::focusWidget();
    open();
    press(Qt::Key_K, Qt::ControlModifier);
    QVERIFY(!palette().isVisible());
    QVERIFY(QApplication::focusWidget() == before);
    open();
    QCOMPARE(field()->text(), QString()); // it begins anew
}

void TestPalette::otherFocus_putsItAway()
{
    open();
    QTest::keyClick(&window(), Qt::Key_2, Qt::ControlModifier);
    QVERIFY(!palette().isVisible());
    QCOMPARE(shownPage(), u"sessions"_s);
    QVERIFY(QApplication::focusWidget() != field());
}

void TestPalette::arrows_goRound()
{
    open();
    const int rows = list()->model()->rowCount();
    QVERIFY(rows > 10);
    press(Qt::Key_Up);
    QCOMPARE(list()->currentRow(), rows - 1);
    press(Qt::Key_Down);
    press(Qt::Key_Tab);
    QCOMPARE(list()->currentRow(), 1);
    press(Qt::Key_PageDown);
    QVERIFY(list()->currentRow() > 5);
    QVERIFY(QApplication::focusWidget() == field());
}

void TestPalette::nothing_isSaid()
{
    open();
    type(u"zzzzqqq"_s);
    QTRY_VERIFY(names().isEmpty());
    QVERIFY(settle());
    press(Qt::Key_Return);
    QVERIFY(palette().isVisible());
}

void TestPalette::choice_isAnnounced()
{
    QAccessible::setActive(true);
    const auto former = QAccessible::installUpdateHandler(&hearAnnouncement);
    open();
    type(u"keys"_s);
    const QString heard = lastAnnounced;
    QAccessible::installUpdateHandler(former);
    QVERIFY2(heard.startsWith(u"Keys · Page · Ctrl+5"_s), qPrintable(heard));
}

void TestPalette::names_areThereForScreenReaders()
{
    QCOMPARE(QAccessible::queryAccessibleInterface(field())->text(QAccessible::Name), u"Palette of commands"_s);
    QCOMPARE(QAccessible::queryAccessibleInterface(list())->text(QAccessible::Name), u"Matches"_s);
    QCOMPARE(list()->focusPolicy(), Qt::NoFocus);
}

void TestPalette::model_isSound()
{
    PaletteModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.present({{.name = u"One"_s}, {.name = u"Two"_s, .where = u"Page"_s, .keys = u"Ctrl+2"_s}});
    QCOMPARE(model.index(1, 0).data(Qt::AccessibleTextRole).toString(), u"Two · Page · Ctrl+2"_s);
    QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), u"One"_s);
    model.present({});
    QCOMPARE(model.rowCount(), 0);
}

QTEST_MAIN(TestPalette)
#include "TestPalette.moc"
