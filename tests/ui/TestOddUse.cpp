#include "tests/support/CpuTime.h"
#include "tests/ui/support/Keys.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "tests/ui/support/StripProblems.h"
#include "ui/Desktop.h"
#include "ui/PageScroller.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/ProblemStrip.h"
#include "ui/widgets/Toast.h"

#include <QClipboard>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTest>
#include <QToolTip>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What people do who are in a hurry, odd or hostile, and what their names look like: the window stays itself.
class TestOddUse : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setQuitOnLastWindowClosed(false); }
    void init();
    void cleanup();
    void window_fitsASmallScreen_data();
    void window_fitsASmallScreen();
    void longNames_doNotWidenTheWindow();
    void longNames_doNotWidenADialog_data();
    void longNames_doNotWidenADialog();
    void elidedText_isInTheToolTip();
    void foreignText_isNeverMarkup();
    void ampersand_isShown();
    void foreignText_keepsItsDirectionToItself();
    void marks_stayInTheirRow();
    void hugePaste_costsNoMoreThanItsLength_data();
    void hugePaste_costsNoMoreThanItsLength();
    void pages_canBeSwitched_whileSearchesRun();
    void window_canGo_whileSearchesRun();
    void clockBack_bringsBackWhatHadExpired();
    void userWhoIsGone_isSaid();
    void locale_data();
    void locale();

private:
    MainWindow &window() { return m_desktop->window(); }
    void open();
    QWidget *pageOf(const QString &key) { return window().findChild<QWidget *>(key); }
    DataTable *tableOf(const QString &key) { return listOf(*pageOf(key)); }
    QPushButton *button(const QString &key, const QString &text);
    QLineEdit *fieldOf(const QString &page);
    double costOfPasting(const QString &text, const QString &page);
    void nameEverybody(const QString &email, const QString &name);

    /// So that no page has to be scrolled.
    QSize neededSize()
    {
        const QSize least = window().minimumSizeHint();
        return least.expandedTo(least - window().findChild<PageScroller *>()->minimumSizeHint() + window().pages().minimumSizeHint());
    }

    static constexpr auto pages = {"overview", "sessions", "users", "limits", "keys", "mail", "providers", "activity", "alarms"};
    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Desktop> m_desktop;
};

void TestOddUse::init()
{
    QLocale::setDefault(QLocale::c());
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
}

void TestOddUse::cleanup()
{
    m_desktop.reset();
    m_scene.reset();
    QLocale::setDefault(QLocale::c());
}

void TestOddUse::open()
{
    m_desktop = std::make_unique<Desktop>(m_scene->context());
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    QTRY_VERIFY(m_scene->console.askedCount(u"overview"_s) > 0);
}

QPushButton *TestOddUse::button(const QString &key, const QString &text)
{
    for (auto *found : pageOf(key)->findChildren<QPushButton *>()) {
        if (QString(found->text()).remove(u'&').startsWith(text))
            return found;
    }
    return nullptr;
}

void TestOddUse::nameEverybody(const QString &email, const QString &name)
{
    for (UserView &user : m_scene->console.userRows) {
        user.email = email;
        user.name = name;
        user.roles = {name};
    }
    for (SessionView &session : m_scene->console.sessionRows) {
        session.email = email;
        session.device = name;
        session.userAgent = name;
    }
    for (AlarmView &alarm : m_scene->console.alarmRows)
        alarm.alarm.email = email;
    for (HeldBackView &held : m_scene->console.heldBack) {
        held.address = name;
        held.account = email;
        held.tried = {email, name};
    }
    for (RuleView &rule : m_scene->console.rules)
        rule.title = name;
    for (NetworkView &network : m_scene->console.networks)
        network.reason = name;
    for (MailView &mail : m_scene->console.mailRows) {
        mail.recipient = email;
        mail.lastLine = name;
    }
    for (ProviderView &provider : m_scene->console.providerRows) {
        provider.label = name;
        provider.issuer = u"https://"_s + name;
        provider.clientId = email;
        provider.callbacks = {u"https://"_s + name + u"/callback"_s};
    }
    m_scene->console.mailNow.place = u"the mail server "_s + name;
}

void TestOddUse::window_fitsASmallScreen_data()
{
    QTest::addColumn<bool>("full");
    QTest::newRow("nothing in it") << false;
    QTest::newRow("a busy afternoon") << true;
}

/// 1024×768 without the frame and a panel of the desktop.
void TestOddUse::window_fitsASmallScreen()
{
    QFETCH(bool, full);
    if (!full) {
        m_scene = std::make_unique<Scene>();
        m_scene->console.overviewNow.counts->users = 0; // first steps
    }
    open();
    for (const char *key : pages) {
        window().pages().showPage(QString::fromLatin1(key));
        QVERIFY(settle());
        if (auto *table = tableOf(QString::fromLatin1(key)); table && full)
            table->selectRow(0);
        QVERIFY(settle());
        const QSize least = neededSize();
        QVERIFY2(least.width() <= 960, qPrintable(u"%1 needs a width of %2"_s.arg(QLatin1StringView(key)).arg(least.width())));
        QVERIFY2(least.height() <= 690, qPrintable(u"%1 needs a height of %2"_s.arg(QLatin1StringView(key)).arg(least.height())));
    }
}

void TestOddUse::longNames_doNotWidenTheWindow()
{
    const QString email = QString(64, u'W') + u'@' + QString(185, u'W') + u".com"_s;
    nameEverybody(email, QString(200, u'W'));
    m_scene->console.overviewNow.server.url = u"https://"_s + QString(240, u'w') + u".example.com:8443"_s;
    open();
    for (const char *key : pages) {
        window().pages().showPage(QString::fromLatin1(key));
        QVERIFY(settle());
        if (auto *table = tableOf(QString::fromLatin1(key)))
            table->selectRow(0);
        QVERIFY(settle());
        QVERIFY2(neededSize().width() <= 960, qPrintable(u"%1 needs %2"_s.arg(QLatin1StringView(key)).arg(neededSize().width())));
    }
    window().pages().jumpTo(u"sessions"_s, {.text = email, .user = m_scene->console.userRows.first().id});
    QVERIFY(settle());
    QVERIFY2(neededSize().width() <= 960, qPrintable(QString::number(neededSize().width())));
    window().toast().showMessage(u"Created "_s + email);
    QVERIFY(window().toast().geometry().left() >= 0);
}

void TestOddUse::longNames_doNotWidenADialog_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("password") << u"Set password"_s;
    QTest::newRow("edit") << u"Edit"_s;
    QTest::newRow("disable") << u"Disable"_s;
    QTest::newRow("end sessions") << u"End all sessions"_s;
}

void TestOddUse::longNames_doNotWidenADialog()
{
    QFETCH(QString, text);
    nameEverybody(QString(64, u'W') + u'@' + QString(185, u'W') + u".com"_s, QString(200, u'W'));
    m_scene->console.sessionRows.first().userId = m_scene->console.userRows.first().id; // one to end
    open();
    window().pages().showPage(u"users"_s);
    QTRY_VERIFY(tableOf(u"users"_s)->model()->rowCount() > 0);
    tableOf(u"users"_s)->selectRow(0);
    button(u"users"_s, text)->click();
    QTRY_VERIFY(pageOf(u"users"_s)->findChild<QDialog *>());
    auto *dialog = pageOf(u"users"_s)->findChild<QDialog *>();
    QTRY_VERIFY(dialog->isVisible());
    QVERIFY2(dialog->width() <= 800, qPrintable(QString::number(dialog->width())));
}

void TestOddUse::elidedText_isInTheToolTip()
{
    const QString email = QString(60, u'n') + u"@example.com"_s;
    nameEverybody(email, u"Ann"_s);
    open();
    window().resize(900, 600);
    window().pages().showPage(u"users"_s);
    auto *table = tableOf(u"users"_s);
    QTRY_VERIFY(table->model()->rowCount() > 0);
    const auto tipAt = [table](int column) {
        QToolTip::hideText();
        const QPoint at = table->visualRect(table->model()->index(0, column)).center();
        QHelpEvent help(QEvent::ToolTip, at, table->viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(table->viewport(), &help);
        return QToolTip::text().remove(u'\u200B');
    };
    QVERIFY2(tipAt(0).contains(email), qPrintable(tipAt(0)));
    tipAt(1);
    QTRY_COMPARE(QToolTip::text(), QString()); // it stands there whole
}

/// A user agent is whatever a stranger sends.
void TestOddUse::foreignText_isNeverMarkup()
{
    const QString evil = u"<h1>All is well</h1><img src=\"/etc/passwd\">"_s;
    nameEverybody(evil, evil);
    open();
    window().pages().showPage(u"sessions"_s);
    auto *table = tableOf(u"sessions"_s);
    QTRY_VERIFY(table->model()->rowCount() > 0);
    for (int column = 0; column < 2; ++column) {
        const QPoint at = table->visualRect(table->model()->index(0, column)).center();
        QHelpEvent help(QEvent::ToolTip, at, table->viewport()->mapToGlobal(at));
        QCoreApplication::sendEvent(table->viewport(), &help);
        QVERIFY(column == 0 || !QToolTip::text().isEmpty());
        QVERIFY2(!QToolTip::text().contains(u"<h1>"_s), qPrintable(QToolTip::text()));
    }
    table->selectRow(0);
    table->setFocus();
    press(Qt::Key_Delete);
    window().pages().showPage(u"users"_s);
    QTRY_VERIFY(tableOf(u"users"_s)->model()->rowCount() > 0);
    tableOf(u"users"_s)->selectRow(0);
    for (const auto &text : {u"Set password"_s, u"Disable"_s})
        button(u"users"_s, text)->click();
    QVERIFY(settle());
    for (const QLabel *label : window().findChildren<QLabel *>()) {
        if (label->text().contains(u"<h1>"_s))
            QVERIFY2(label->textFormat() == Qt::PlainText, qPrintable(label->text()));
    }
}

/// "&" makes a shortcut of the letter behind it, where nobody says that it is a name.
void TestOddUse::ampersand_isShown()
{
    m_scene->console.userRows.first().email = u"a&b@example.com"_s;
    open();
    window().pages().jumpTo(u"sessions"_s, {.text = u"a&b@example.com"_s, .user = m_scene->console.userRows.first().id});
    QCOMPARE(pageOf(u"sessions"_s)->findChild<QPushButton *>(u"userChip"_s)->text(), u"Sessions of a&&b@example.com"_s);
    window().pages().showPage(u"users"_s);
    QTRY_VERIFY(tableOf(u"users"_s)->model()->rowCount() > 0);
    tableOf(u"users"_s)->selectRow(0);
    button(u"users"_s, u"Set password"_s)->click();
    QTRY_VERIFY(pageOf(u"users"_s)->findChild<QDialog *>());
    const auto labels = pageOf(u"users"_s)->findChild<QDialog *>()->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) { return label->text().endsWith(u"a&&b@example.com"_s); }));
}

/// Names that are written from right to left, or say so, turn round nothing but themselves.
void TestOddUse::foreignText_keepsItsDirectionToItself()
{
    m_scene->console.userRows.first().email = u"\u202Eshalom@example.com"_s;
    m_scene->console.sessionRows.first().userId = m_scene->console.userRows.first().id; // one to end
    open();
    window().pages().showPage(u"users"_s);
    QTRY_VERIFY(tableOf(u"users"_s)->model()->rowCount() > 0);
    tableOf(u"users"_s)->selectRow(0);
    button(u"users"_s, u"End all sessions"_s)->click();
    QTRY_VERIFY(pageOf(u"users"_s)->findChild<QMessageBox *>(u"confirm"_s));
    const auto *box = pageOf(u"users"_s)->findChild<QMessageBox *>(u"confirm"_s);
    QVERIFY(box);
    QVERIFY2(!box->text().contains(u'\u202E'), qPrintable(box->text()));
}

void TestOddUse::marks_stayInTheirRow()
{
    open();
    window().pages().showPage(u"users"_s);
    auto *table = tableOf(u"users"_s);
    QTRY_VERIFY(table->model()->rowCount() > 0);
    window().setFocus();
    const auto below = [table] { return table->viewport()->grab(table->visualRect(table->model()->index(2, 1))).toImage(); };
    const QImage before = below();
    UserView odd = m_scene->console.userRows.first();
    odd.name = u"e"_s + QString(200, u'\u0323') + QString(200, u'\u0301');
    m_scene->console.publish({odd});
    QTRY_COMPARE(table->model()->index(0, 1).data().toString(), odd.name);
    QVERIFY(below() == before);
}

/// The filter of a page, or the name in the dialog for a new user.
QLineEdit *TestOddUse::fieldOf(const QString &page)
{
    const bool ofDialog = page == "dialog"_L1;
    window().pages().showPage(ofDialog ? u"users"_s : page);
    QTest::keyClick(&window(), ofDialog ? Qt::Key_N : Qt::Key_F, Qt::ControlModifier);
    settle();
    const auto *dialog = pageOf(u"users"_s)->findChild<QDialog *>();
    return ofDialog && dialog ? dialog->findChild<QLineEdit *>(u"name"_s) : qobject_cast<QLineEdit *>(QApplication::focusWidget());
}

/// CPU milliseconds of putting the text there, moving in it, and taking it, which closes a dialog.
double TestOddUse::costOfPasting(const QString &text, const QString &page)
{
    QGuiApplication::clipboard()->setText(text);
    auto *edit = fieldOf(page);
    if (!edit)
        return -1;
    edit->setFocus();
    edit->selectAll();
    const double before = cpuMilliseconds();
    QTest::keyClick(edit, Qt::Key_V, Qt::ControlModifier);
    edit->repaint();
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Left);
    edit->repaint();
    QTest::keyClick(edit, Qt::Key_Return);
    settle();
    return cpuMilliseconds() - before;
}

void TestOddUse::hugePaste_costsNoMoreThanItsLength_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QString>("start");
    QTest::addColumn<QString>("piece");
    for (const QString &page : {u"users"_s, u"sessions"_s, u"dialog"_s}) {
        QTest::addRow("%s, letters", qPrintable(page)) << page << QString() << u"x"_s;
        QTest::addRow("%s, combining marks", qPrintable(page)) << page << u"e"_s << u"\u0301"_s;
        QTest::addRow("%s, turns of direction", qPrintable(page)) << page << QString() << u"\u202Ea\u2067\u05D0"_s;
        QTest::addRow("%s, controls", qPrintable(page)) << page << QString() << u"a\u0007\n\u0000\u001B[31m"_s;
        QTest::addRow("%s, no character", qPrintable(page)) << page << QString() << QString(QChar(0xD800));
    }
}

/// A text four times as long may cost eight times as much; what takes the square of a length would take sixteen times.
void TestOddUse::hugePaste_costsNoMoreThanItsLength()
{
    QFETCH(QString, page);
    QFETCH(QString, start);
    QFETCH(QString, piece);
    const QString shorter = start + piece.repeated(250'000 / piece.size());
    const QString longer = start + piece.repeated(1'000'000 / piece.size());
    double least[2] {1e9, 1e9};
    for (int round = 0; round == 0 || (round < 5 && least[1] > 8 * least[0]); ++round) {
        for (const int which : {0, 1}) {
            open(); // what the last one left, such as a dialog that waits for its answer, is in nobody's way
            least[which] = std::min(least[which], costOfPasting(which == 0 ? shorter : longer, page));
        }
    }
    QVERIFY(least[0] > 0);
    QVERIFY2(least[1] <= 8 * least[0], qPrintable(u"%1 ms, a quarter of it %2 ms"_s.arg(least[1]).arg(least[0])));
    QVERIFY(neededSize().width() <= 1100);
}

void TestOddUse::pages_canBeSwitched_whileSearchesRun()
{
    open();
    m_scene->console.hold();
    for (int round = 0; round < 6; ++round) {
        for (const Qt::Key key : {Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5, Qt::Key_6, Qt::Key_7, Qt::Key_8, Qt::Key_9, Qt::Key_1}) {
            QTest::keyClick(&window(), key, Qt::ControlModifier);
            if (key == Qt::Key_2 || key == Qt::Key_3) {
                QTest::keyClick(&window(), Qt::Key_F, Qt::ControlModifier);
                type(round % 2 ? u"zuse\r"_s : u"liskov\r"_s);
            }
        }
    }
    m_scene->console.release();
    for (const auto &key : {u"users"_s, u"sessions"_s}) {
        window().pages().showPage(key);
        QTRY_VERIFY(tableOf(key)->isEnabled() && tableOf(key)->model()->rowCount() > 0);
        QVERIFY(tableOf(key)->model()->index(0, 0).data().toString().contains(u"zuse"_s));
    }
}

void TestOddUse::window_canGo_whileSearchesRun()
{
    open();
    m_scene->console.hold();
    for (const auto &key : {Qt::Key_2, Qt::Key_3}) {
        QTest::keyClick(&window(), key, Qt::ControlModifier);
        QTest::keyClick(&window(), Qt::Key_F, Qt::ControlModifier);
        type(u"zuse\r"_s);
    }
    window().close();
    m_desktop.reset();
    m_scene->console.release();
    QCoreApplication::processEvents();
}

void TestOddUse::clockBack_bringsBackWhatHadExpired()
{
    m_scene->console.sessionRows.resize(20);
    open();
    window().pages().showPage(u"sessions"_s);
    QTRY_COMPARE(tableOf(u"sessions"_s)->model()->rowCount(), 20);
    m_scene->clock.advance(std::chrono::days {15});
    QTRY_COMPARE(tableOf(u"sessions"_s)->model()->rowCount(), 0);
    m_scene->clock.advance(-std::chrono::days {15});
    QTRY_COMPARE(tableOf(u"sessions"_s)->model()->rowCount(), 20);
}

/// Deleted from the command line while somebody looks at them here.
void TestOddUse::userWhoIsGone_isSaid()
{
    open();
    window().pages().showPage(u"users"_s);
    auto *table = tableOf(u"users"_s);
    QTRY_VERIFY(table->model()->rowCount() > 0);
    table->selectRow(0);
    const UserView ada = m_scene->console.userRows.first();
    button(u"users"_s, u"Set password"_s)->click();
    auto *dialog = pageOf(u"users"_s)->findChild<QDialog *>();
    QTRY_VERIFY(dialog->isVisible());
    m_scene->console.publish({UserGone {ada.id}});
    QTRY_VERIFY(table->model()->index(0, 0).data().toString() != ada.email);
    QTRY_VERIFY(!button(u"users"_s, u"Edit"_s)->isEnabled()); // nobody else has slipped under the cursor
    m_scene->console.failNext(u"setUserPassword"_s, {.code = ErrorCode::NotFound, .detail = u"no such user"_s});
    QTest::keyClicks(dialog->findChild<QLineEdit *>(), u"a long sentence\r"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"setUserPassword"_s), 1);
    QVERIFY(settle());
    QVERIFY(dialog->isVisible());
    QStringList said;
    for (const QLabel *label : dialog->findChildren<QLabel *>())
        said += label->isVisible() ? label->text() : QString();
    QVERIFY2(said.join(u'\n').contains(u"any more"_s), qPrintable(said.join(u'\n')));
}

void TestOddUse::locale_data()
{
    QTest::addColumn<QLocale>("locale");
    QTest::newRow("Turkish") << QLocale(QLocale::Turkish);
    QTest::newRow("German") << QLocale(QLocale::German);
    QTest::newRow("Arabic") << QLocale(QLocale::Arabic, QLocale::Egypt);
    QTest::newRow("Hindi") << QLocale(QLocale::Hindi);
}

void TestOddUse::locale()
{
    QFETCH(QLocale, locale);
    QLocale::setDefault(locale);
    open();
    for (const char *key : pages) {
        window().pages().showPage(QString::fromLatin1(key));
        QVERIFY(settle());
        QVERIFY(neededSize().width() <= 960);
    }
    window().pages().showPage(u"users"_s);
    QTest::keyClick(&window(), Qt::Key_F, Qt::ControlModifier);
    type(u"LISKOV\r"_s); // "I" is not "ı"
    QTRY_VERIFY(tableOf(u"users"_s)->isEnabled() && tableOf(u"users"_s)->model()->rowCount() > 0);
    QVERIFY(tableOf(u"users"_s)->model()->index(0, 0).data().toString().contains(u"liskov"_s));
    QVERIFY(problemsIn(window().strip()).isEmpty());
}

QTEST_MAIN(TestOddUse)
#include "TestOddUse.moc"
