#include "tests/ui/support/Keys.h"
#include "tests/ui/support/ListOf.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Pictures.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/activity/ActivityPage.h"
#include "ui/activity/RecordDialog.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/FilterBox.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QScrollBar>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// One record in full with what belongs to it, records that come while somebody reads further down, and what other pages lead to.
class TestActivityRecords : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { QApplication::setPalette(palette(false)); }
    void whoReadsBelow_staysThere_andHearsOfNewOnes();
    void newOnes_areReachedByTheButton();
    void scrollingUp_seesThem();
    void sortedList_hasNoTop();
    void flood_movesNobodyAway();
    void enter_showsTheRecordInFull();
    void json_isWhatAnExportHas();
    void related_areThoseOf_data();
    void related_areThoseOf();
    void related_areTheNearest();
    void related_opensInItsPlace_andBackLeadsBack();
    void related_isListedOnThePage();
    void failedQuestion_isSaid();
    void session_isListedAlone();
    void session_isLeftWithItsChip();
    void otherPages_leadHere_data();
    void otherPages_leadHere();
    void pictures_fit_data();
    void pictures_fit();

private:
    static DataTable *recordsIn(const QWidget &page) { return listOf(page); }
    static QString countOf(const QWidget &page) { return page.findChild<QLabel *>(u"count"_s)->text(); }
    static QPushButton *newsOf(const QWidget &page) { return page.findChild<QPushButton *>(u"news"_s); }
    static qint64 numberAtTop(const QWidget &page);
    QList<ActivityView> &records() { return m_scene->console.activityRows; }
    /// As the server records them, and tells the page once.
    void recordMany(ActivityPage &page, int number, const QString &type = u"user_registered"_s);
    /// Far enough down for the top to be out of sight.
    static void scrollDown(const QWidget &page) { recordsIn(page)->verticalScrollBar()->setValue(400); }
    /// By Enter in the list; the row is of the list.
    QPointer<RecordDialog> openRecord(ActivityPage &page, int row);
    static DataTable *related(const QWidget &dialog) { return tableOf(dialog, u"Related records"_s); }
    static QList<qint64> numbersIn(const QWidget &dialog);
    /// All are of Ada, those of the first ten of one session.
    Id giveSession();
};

qint64 TestActivityRecords::numberAtTop(const QWidget &page)
{
    const DataTable *table = recordsIn(page);
    return table->model()->index(table->rowAt(0), 2).data(Qt::UserRole + 1).toLongLong(); // when it was
}

void TestActivityRecords::recordMany(ActivityPage &page, int number, const QString &type)
{
    for (int i = 0; i < number; ++i) {
        const TimePoint next = records().first().at + Milliseconds {1};
        m_scene->console.record({.id = Id::create(next), .at = next, .type = type, .actor = u"user"_s});
    }
    page.apply({ActivityRecorded {.seq = records().first().seq}});
    QVERIFY(settle());
}

QPointer<RecordDialog> TestActivityRecords::openRecord(ActivityPage &page, int row)
{
    recordsIn(page)->setFocus(Qt::TabFocusReason);
    recordsIn(page)->selectRow(row);
    press(Qt::Key_Return);
    settle();
    QPointer<RecordDialog> dialog = page.findChild<RecordDialog *>();
    if (dialog && comesInFront(dialog))
        settle();
    return dialog;
}

QList<qint64> TestActivityRecords::numbersIn(const QWidget &dialog)
{
    QList<qint64> numbers;
    const QAbstractItemModel *model = related(dialog)->model();
    for (int row = 0; row < model->rowCount(); ++row)
        numbers += model->index(row, 3).data(Qt::UserRole + 1).toLongLong();
    return numbers;
}

Id TestActivityRecords::giveSession()
{
    const Id session = Id::create(m_scene->clock.now() - 24h);
    const auto user = records().first().userId;
    for (qsizetype i = 0; i < records().size(); ++i) {
        records()[i].userId = user;
        records()[i].email = u"ada.lovelace@example.com"_s;
        records()[i].sessionId = i < 10 ? std::optional(session) : std::nullopt;
    }
    return session;
}

void TestActivityRecords::whoReadsBelow_staysThere_andHearsOfNewOnes()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    QVERIFY(!newsOf(*page)->isVisible());
    const QPoint place = page->findChild<QLabel *>(u"count"_s)->mapTo(page.get(), QPoint());
    scrollDown(*page);
    QVERIFY(!newsOf(*page)->isVisible()); // nothing is new
    const qint64 before = numberAtTop(*page);
    recordMany(*page, 3);
    QTRY_COMPARE(recordsIn(*page)->model()->rowCount(), 63);
    QCOMPARE(numberAtTop(*page), before);
    QTRY_VERIFY(newsOf(*page)->isVisible());
    QCOMPARE(newsOf(*page)->text(), u"3 new ▲"_s);
    recordMany(*page, 34);
    QTRY_COMPARE(newsOf(*page)->text(), u"37 new ▲"_s);
    QCOMPARE(numberAtTop(*page), before);
    QCOMPARE(page->findChild<QLabel *>(u"count"_s)->mapTo(page.get(), QPoint()), place); // the button moves nothing
}

void TestActivityRecords::newOnes_areReachedByTheButton()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    scrollDown(*page);
    recordMany(*page, 5);
    QTRY_VERIFY(newsOf(*page)->isVisible());
    newsOf(*page)->setFocus(Qt::TabFocusReason);
    press(Qt::Key_Space);
    QCOMPARE(recordsIn(*page)->verticalScrollBar()->value(), 0);
    QVERIFY(!newsOf(*page)->isVisible());
    QVERIFY(recordsIn(*page)->hasFocus());
    QCOMPARE(recordsIn(*page)->currentIndex().row(), 0);
    recordMany(*page, 2); // at the top nobody need be told
    QTRY_COMPARE(recordsIn(*page)->model()->rowCount(), 67);
    QVERIFY(!newsOf(*page)->isVisible());
}

void TestActivityRecords::scrollingUp_seesThem()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    scrollDown(*page);
    recordMany(*page, 5);
    QTRY_VERIFY(newsOf(*page)->isVisible());
    recordsIn(*page)->setFocus(Qt::TabFocusReason);
    press(Qt::Key_Home, Qt::ControlModifier);
    QVERIFY(!newsOf(*page)->isVisible());
    scrollDown(*page);
    QVERIFY(!newsOf(*page)->isVisible()); // they were seen
}

void TestActivityRecords::sortedList_hasNoTop()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    recordsIn(*page)->sortByColumn(1, Qt::AscendingOrder);
    scrollDown(*page);
    recordMany(*page, 5);
    QTRY_COMPARE(recordsIn(*page)->model()->rowCount(), 65);
    QVERIFY(!newsOf(*page)->isVisible());
}

/// More than a list grows by: what is read stays, and what is above is read by whoever goes there.
void TestActivityRecords::flood_movesNobodyAway()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    scrollDown(*page);
    const qint64 before = numberAtTop(*page);
    recordMany(*page, 900); // more than are followed at once
    QTRY_COMPARE(newsOf(*page)->text(), u"900 new ▲"_s);
    QCOMPARE(numberAtTop(*page), before);
    recordMany(*page, 5000);
    QTRY_VERIFY2(newsOf(*page)->text().startsWith(u"More than "_s), qPrintable(newsOf(*page)->text()));
    QCOMPARE(numberAtTop(*page), before);
    QTRY_VERIFY2(countOf(*page).startsWith(u"5,960 records"_s) || countOf(*page).startsWith(u"5960 records"_s), qPrintable(countOf(*page)));
    newsOf(*page)->click();
    QTRY_VERIFY(!newsOf(*page)->isVisible());
    QTRY_COMPARE(numberAtTop(*page), toMilliseconds(records().first().at));
    recordMany(*page, 1, u"key_rotated"_s); // and it lives on
    QTRY_COMPARE(recordsIn(*page)->model()->index(0, 0).data().toString(), u"Key rotated"_s);
}

void TestActivityRecords::enter_showsTheRecordInFull()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    const auto dialog = openRecord(*page, 2);
    QVERIFY(dialog);
    QCOMPARE(dialog->windowTitle(), u"Record 58"_s);
    QStringList said;
    for (const QLabel *label : dialog->findChildren<QLabel *>())
        said += QString(label->text()).remove(u'\u200b');
    for (const QString &line : {u"Session ended"_s, u"Revoked by an admin"_s, records()[2].hash, records()[2].sessionId->toString()})
        QVERIFY2(said.contains(line), qPrintable(line + u" is not in "_s + said.join(u'|')));
    press(Qt::Key_Return); // the key that opened it, repeated
    QVERIFY(settle());
    QVERIFY(dialog && dialog->isVisible());
    press(Qt::Key_Escape);
    QTRY_VERIFY(!dialog);
}

void TestActivityRecords::json_isWhatAnExportHas()
{
    records()[2].details.insert(u"agent"_s, u"curl"_s + QChar(0x202e) + u"/8"_s);
    const auto page = openPage<ActivityPage>(*m_scene);
    const auto dialog = openRecord(*page, 2);
    QVERIFY(dialog);
    const QString shown = dialog->findChild<QPlainTextEdit *>(u"json"_s)->toPlainText();
    const QJsonObject json = QJsonDocument::fromJson(shown.toUtf8()).object();
    QCOMPARE(json.value("seq"_L1).toInteger(), 58);
    QCOMPARE(json.value("type"_L1).toString(), u"session_revoked"_s);
    QCOMPARE(json.value("details"_L1).toObject().value("reason"_L1).toString(), u"admin"_s);
    QVERIFY(!shown.contains(QChar(0x202e))); // a stranger's text turns nothing around
}

void TestActivityRecords::related_areThoseOf_data()
{
    QTest::addColumn<QString>("relation");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QList<qint64>>("numbers");
    QTest::newRow("session") << u"Same session"_s << u"session="_s << QList<qint64> {60, 59, 58, 57, 56, 55, 54, 53, 52, 51};
    QTest::newRow("address") << u"Same address"_s << u"address=203.0.113.2"_s << QList<qint64> {58, 53, 48, 43, 33, 28, 23, 18, 13, 3};
}

void TestActivityRecords::related_areThoseOf()
{
    QFETCH(QString, relation);
    QFETCH(QString, asked);
    QFETCH(QList<qint64>, numbers);
    giveSession();
    const auto page = openPage<ActivityPage>(*m_scene);
    const auto dialog = openRecord(*page, 2);
    QVERIFY(dialog);
    auto *choice = dialog->findChild<QComboBox *>(u"relation"_s);
    QCOMPARE(choice->count(), 4);
    choice->setFocus();
    while (choice->currentText() != relation && choice->currentIndex() + 1 < choice->count())
        press(Qt::Key_Down);
    QCOMPARE(choice->currentText(), relation);
    QTRY_COMPARE(numbersIn(*dialog), numbers);
    QVERIFY(m_scene->console.askedCount(asked) >= 2); // those after it, and those before
    QCOMPARE(related(*dialog)->model()->index(related(*dialog)->selectedRows().value(0), 3).data(Qt::UserRole + 1).toLongLong(), 58);
}

/// In the chain, and of the account: not the newest of all.
void TestActivityRecords::related_areTheNearest()
{
    giveSession();
    const auto page = openPage<ActivityPage>(*m_scene);
    const auto dialog = openRecord(*page, 29); // number 31, of no session
    QVERIFY(dialog);
    const QAbstractItemModelTester held(related(*dialog)->model());
    auto *choice = dialog->findChild<QComboBox *>(u"relation"_s);
    QCOMPARE(choice->currentText(), u"Same account"_s);
    QList<qint64> nearest;
    for (qint64 number = 31 + RelatedRecords::mostEachSide; number >= 31 - RelatedRecords::mostEachSide; --number)
        nearest += number;
    QTRY_COMPARE(numbersIn(*dialog), nearest);
    choice->setFocus();
    press(Qt::Key_End);
    QCOMPARE(choice->currentText(), u"Before and after it"_s);
    QVERIFY(!dialog->findChild<QPushButton *>(u"list"_s)->isEnabled()); // no filter knows the chain
    QTRY_COMPARE(m_scene->console.askedCount(u"readActivity 5"_s), 1);
    QTRY_COMPARE(numbersIn(*dialog), nearest);
}

void TestActivityRecords::related_opensInItsPlace_andBackLeadsBack()
{
    giveSession();
    const auto page = openPage<ActivityPage>(*m_scene);
    const auto dialog = openRecord(*page, 2);
    QVERIFY(dialog);
    auto *back = dialog->findChild<QPushButton *>(u"back"_s);
    QVERIFY(!back->isEnabled());
    QTRY_COMPARE(numbersIn(*dialog).size(), 10);
    related(*dialog)->setFocus(Qt::TabFocusReason);
    press(Qt::Key_Down);
    press(Qt::Key_Return);
    QCOMPARE(dialog->windowTitle(), u"Record 57"_s);
    QTRY_COMPARE(related(*dialog)->selectedRows(), QList {3});
    back->setFocus(Qt::TabFocusReason);
    press(Qt::Key_Space);
    QCOMPARE(dialog->windowTitle(), u"Record 58"_s);
    QVERIFY(!back->isEnabled());
    QVERIFY(related(*dialog)->hasFocus());
}

void TestActivityRecords::related_isListedOnThePage()
{
    const Id session = giveSession();
    const auto page = openPage<ActivityPage>(*m_scene);
    const auto dialog = openRecord(*page, 2);
    QVERIFY(dialog);
    dialog->findChild<QPushButton *>(u"list"_s)->setFocus(Qt::TabFocusReason);
    press(Qt::Key_Space);
    QTRY_VERIFY(!dialog);
    QTRY_COMPARE(countOf(*page), u"10 records"_s);
    QVERIFY(m_scene->console.askedCount(u"session="_s + session.toString()) > 0);
    QVERIFY(page->findChild<QPushButton *>(u"sessionChip"_s)->isVisible());
}

void TestActivityRecords::failedQuestion_isSaid()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    m_scene->console.failNext(u"activity"_s, {.code = ErrorCode::Busy});
    const auto dialog = openRecord(*page, 2);
    QVERIFY(dialog);
    const auto *remark = dialog->findChild<QLabel *>(u"remark"_s);
    QTRY_VERIFY(!remark->text().isEmpty());
    QVERIFY(!remark->text().startsWith(u"The nearest"_s));
    auto *choice = dialog->findChild<QComboBox *>(u"relation"_s);
    choice->setFocus();
    press(Qt::Key_Down);
    QTRY_VERIFY(remark->text().startsWith(u"The nearest"_s));
}

/// As another page leads here.
void TestActivityRecords::session_isListedAlone()
{
    const Id session = giveSession();
    const auto page = openPage<ActivityPage>(*m_scene);
    page->filterBy({.text = u"ada.lovelace@example.com"_s, .user = records().first().userId, .session = session});
    QTRY_COMPARE(countOf(*page), u"10 records"_s);
    QCOMPARE(page->findChild<FilterBox *>()->text(), u"ada.lovelace@example.com"_s);
    QCOMPARE(page->findChild<QPushButton *>(u"sessionChip"_s)->text(), u"One session"_s);
    button(*page, u"Keys"_s)->click(); // of that session still
    QTRY_COMPARE(countOf(*page), u"One record"_s);
}

void TestActivityRecords::session_isLeftWithItsChip()
{
    const Id session = giveSession();
    const auto page = openPage<ActivityPage>(*m_scene);
    page->filterBy({.text = u"ada.lovelace@example.com"_s, .user = records().first().userId, .session = session});
    QTRY_COMPARE(countOf(*page), u"10 records"_s);
    auto *chip = page->findChild<QPushButton *>(u"sessionChip"_s);
    chip->setFocus(Qt::TabFocusReason);
    press(Qt::Key_Space);
    QTRY_COMPARE(countOf(*page), u"60 records"_s);
    QVERIFY(!chip->isVisible());
    QVERIFY(page->findChild<FilterBox *>()->hasFocus());
    page->filterBy({.text = u"ada.lovelace@example.com"_s, .user = records().first().userId, .session = session});
    page->focusFilter();
    type(u"203.0.113.3"_s);
    press(Qt::Key_Return); // another question
    QTRY_VERIFY(!chip->isVisible());
    QTRY_COMPARE(m_scene->console.askedCount(u"activity address=203.0.113.3"_s), 1);
}

void TestActivityRecords::otherPages_leadHere_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<bool>("session");
    QTest::addColumn<QString>("count");
    QTest::newRow("users: a user") << u"users"_s << false << u"60 records"_s;
    QTest::newRow("sessions: a session") << u"sessions"_s << true << u"10 records"_s;
}

/// By the signal that pages have for that.
void TestActivityRecords::otherPages_leadHere()
{
    QFETCH(QString, from);
    QFETCH(bool, session);
    QFETCH(QString, count);
    const Id its = giveSession();
    Desktop desktop(m_scene->context());
    desktop.open();
    QVERIFY(comesInFront(&desktop.window()));
    Pages &pages = desktop.window().pages();
    pages.showPage(from);
    QVERIFY(settle());
    const PageFilter filter {
        .text = u"ada.lovelace@example.com"_s, .user = records().first().userId, .session = session ? std::optional(its) : std::nullopt};
    Q_EMIT pages.current().goTo(u"activity"_s, filter);
    QCOMPARE(pages.current().objectName(), u"activity"_s);
    QTRY_COMPARE(countOf(pages.current()), count);
    QVERIFY(m_scene->console.askedCount(u"activity user="_s + filter.user->toString()) > 0);
    press(Qt::Key_Left, Qt::AltModifier); // and back
    QCOMPARE(pages.current().objectName(), from);
}

void TestActivityRecords::pictures_fit_data()
{
    QTest::addColumn<bool>("record");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::newRow("activity-new-above") << false << false << false;
    QTest::newRow("activity-new-above-long-dark") << false << true << true;
    QTest::newRow("activity-record") << true << false << false;
    QTest::newRow("activity-record-long-dark") << true << true << true;
}

void TestActivityRecords::pictures_fit()
{
    QFETCH(bool, record);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    QApplication::setPalette(palette(dark));
    LongTexts texts;
    if (longTexts)
        QApplication::installTranslator(&texts);
    giveSession();
    const auto page = openPage<ActivityPage>(*m_scene);
    QWidget *shown = page.get();
    QPointer<RecordDialog> dialog;
    if (record) {
        dialog = openRecord(*page, 2);
        QVERIFY(dialog);
        shown = dialog;
    } else {
        scrollDown(*page);
        recordMany(*page, 37);
        QTRY_VERIFY(newsOf(*page)->isVisible());
    }
    QVERIFY(settle());
    QVERIFY(savePicture(*shown, QString::fromLatin1(QTest::currentDataTag())));
    QTRY_VERIFY2(clippedIn(*shown).isEmpty(), qPrintable(clippedIn(*shown).join(u'\n')));
    QVERIFY2(!record || (shown->width() <= 960 && shown->height() <= 690), qPrintable(u"%1×%2"_s.arg(shown->width()).arg(shown->height())));
    delete dialog;
}

QTEST_MAIN(TestActivityRecords)
#include "TestActivityRecords.moc"
