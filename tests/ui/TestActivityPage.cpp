#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Pictures.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/activity/ActivityPage.h"
#include "ui/activity/ActivityTexts.h"
#include "ui/widgets/Chips.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"
#include "ui/widgets/WorkBar.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QFile>
#include <QJsonDocument>
#include <QLabel>
#include <QSignalSpy>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// The record of who did what: what it shows, how it lives, how it is narrowed, checked and explained.
class TestActivityPage : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup() { QApplication::setPalette(palette(false)); }
    void list_saysWhatHappened_data();
    void list_saysWhatHappened();
    void details_sayAllThatIsKnown();
    void newRecords_appear_andMoveNothing();
    void hiddenPage_catchesUp();
    void recordsOfOthers_stayAway();
    void busyServer_isFollowed_withoutReadingAnew();
    void flood_isReadAnew_andLeavesNoGap();
    void kinds_areChosenByArrows();
    void kind_isChosenAlone();
    void kind_isOneOfItsGroup();
    void kind_isRemembered();
    void filter_isOfAPersonOrAnAddress_data();
    void filter_isOfAPersonOrAnAddress();
    void time_isAsked();
    void time_movesOn();
    void jump_showsOnePerson_andIsNotRemembered();
    void orders_leadToThePerson();
    void emptyList_saysWhy();
    void check_saysWhatItFound_data();
    void check_saysWhatItFound();
    void check_saysWhatItDidNotLookAt();
    void check_saysThatItMustWait();
    void pictures_fit_data();
    void pictures_fit();

private:
    static DataTable *recordsIn(const QWidget &page) { return tableOf(page, u"Activity"_s); }
    static QString cell(const QWidget &page, int row, int column) { return recordsIn(page)->model()->index(row, column).data().toString(); }
    static QString countOf(const QWidget &page) { return page.findChild<QLabel *>(u"count"_s)->text(); }
    static QString lineOf(const QWidget &widget, const QString &name)
    {
        return QString(widget.findChild<QLabel *>(name)->text()).remove(u'\u200b');
    }
    QStringList saidIn(const QWidget &widget) const;
    ActivityView aRecord(const QString &type, const QString &email = u"new@example.com"_s) const;
    /// As the server records them, and tells the page once.
    void recordMany(ActivityPage &page, const QString &type, int number);
};

QStringList TestActivityPage::saidIn(const QWidget &widget) const
{
    QStringList said;
    for (const QLabel *label : widget.findChildren<QLabel *>()) {
        if (label->isVisible())
            said += QString(label->text()).remove(u'\u200b');
    }
    return said;
}

ActivityView TestActivityPage::aRecord(const QString &type, const QString &email) const
{
    const TimePoint now = m_scene->clock.now() + Milliseconds {1}; // after all that the scene has
    return {.id = Id::create(now), .at = now, .type = type, .actor = u"user"_s, .userId = Id::create(now), .email = email};
}

void TestActivityPage::recordMany(ActivityPage &page, const QString &type, int number)
{
    for (int i = 0; i < number; ++i)
        m_scene->console.record(aRecord(type));
    page.apply({ActivityRecorded {.seq = m_scene->console.activityRows.first().seq}});
    settle();
}

void TestActivityPage::list_saysWhatHappened_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("who");
    QTest::addColumn<QString>("by");
    QTest::addColumn<QString>("why");
    QTest::newRow("signed in") << 0 << u"Signed in"_s << u"ada.lovelace@example.com"_s << u"The user"_s << u"Password"_s;
    QTest::newRow("refused") << 1 << u"Sign-in refused"_s << u"grace.hopper@example.com"_s << u"The user"_s << QString();
    QTest::newRow("ended") << 2 << u"Session ended"_s << u"alan.turing@example.com"_s << u"The window"_s << u"Revoked by an admin"_s;
    QTest::newRow("of nobody") << 4 << u"Key rotated"_s << u"–"_s << u"A command"_s << u"k-2026"_s;
}

void TestActivityPage::list_saysWhatHappened()
{
    QFETCH(const int, row);
    const auto page = openPage<ActivityPage>(*m_scene);
    const QAbstractItemModelTester held(recordsIn(*page)->model());
    QTEST(cell(*page, row, 0), "what");
    QTEST(cell(*page, row, 1), "who");
    QTEST(cell(*page, row, 4), "by");
    QTEST(cell(*page, row, 5), "why");
    QCOMPARE(countOf(*page), u"60 records"_s);
}

void TestActivityPage::details_sayAllThatIsKnown()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    recordsIn(*page)->setFocus();
    recordsIn(*page)->selectRow(2);
    settle();
    const QString said = saidIn(*page->findChild<DetailsPanel *>()).join(u'|');
    const ActivityView &record = m_scene->console.activityRows[2];
    for (const QString &line : {u"Session ended"_s, u"alan.turing@example.com"_s, record.sessionId->toString(), u"Revoked by an admin"_s,
                                u"reason: admin"_s, u"Record 58"_s, record.hash})
        QVERIFY2(said.contains(line), qPrintable(line + u" is not in "_s + said));
}

void TestActivityPage::newRecords_appear_andMoveNothing()
{
    Desktop desktop(m_scene->context());
    desktop.open();
    QVERIFY(comesInFront(&desktop.window()));
    desktop.window().pages().showPage(u"activity"_s);
    auto *page = desktop.window().findChild<ActivityPage *>();
    QTRY_COMPARE(countOf(*page), u"60 records"_s);
    recordsIn(*page)->selectRow(3);
    m_scene->console.record(aRecord(u"user_registered"_s));
    QTRY_COMPARE(cell(*page, 0, 0), u"Registered"_s);
    QCOMPARE(recordsIn(*page)->model()->rowCount(), 61);
    QCOMPARE(recordsIn(*page)->selectedRows(), QList {4});
    QCOMPARE(m_scene->console.askedCount(u"readActivity"_s), 1);
    QTRY_COMPARE(countOf(*page), u"61 records"_s);
}

void TestActivityPage::hiddenPage_catchesUp()
{
    Desktop desktop(m_scene->context());
    desktop.open();
    QVERIFY(comesInFront(&desktop.window()));
    desktop.window().pages().showPage(u"activity"_s);
    auto *page = desktop.window().findChild<ActivityPage *>();
    QTRY_COMPARE(countOf(*page), u"60 records"_s);
    desktop.window().pages().showPage(u"keys"_s);
    for (int i = 0; i < 3; ++i)
        m_scene->console.record(aRecord(u"user_registered"_s));
    QTRY_VERIFY(m_scene->console.askedCount(u"changesSince"_s) > 2);
    settle();
    QCOMPARE(m_scene->console.askedCount(u"readActivity"_s), 0);
    desktop.window().pages().showPage(u"activity"_s);
    QTRY_COMPARE(recordsIn(*page)->model()->rowCount(), 63);
}

/// The server says what the filter shows.
void TestActivityPage::recordsOfOthers_stayAway()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    page->filterBy({.text = u"new@example.com"_s});
    settle();
    QCOMPARE(recordsIn(*page)->model()->rowCount(), 0);
    m_scene->console.record(aRecord(u"user_registered"_s, u"other@example.com"_s));
    page->apply({ActivityRecorded {.seq = m_scene->console.activityRows.first().seq}});
    settle();
    QCOMPARE(recordsIn(*page)->model()->rowCount(), 0);
    m_scene->console.record(aRecord(u"user_registered"_s));
    page->apply({ActivityRecorded {.seq = m_scene->console.activityRows.first().seq}});
    QTRY_COMPARE(recordsIn(*page)->model()->rowCount(), 1);
}

/// A list of few records among many: each new one is asked for alone.
void TestActivityPage::busyServer_isFollowed_withoutReadingAnew()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    recordMany(*page, u"login_succeeded"_s, 1000);
    button(*page, u"Keys"_s)->click();
    QTRY_COMPARE(recordsIn(*page)->model()->rowCount(), 10);
    const int lists = m_scene->console.askedCount(u"activity key_rotated"_s);
    for (int i = 1; i <= 3; ++i) {
        recordMany(*page, u"login_succeeded"_s, 200);
        recordMany(*page, u"key_rotated"_s, 1);
        QTRY_COMPARE(recordsIn(*page)->model()->rowCount(), 10 + i);
    }
    QCOMPARE(m_scene->console.askedCount(u"activity key_rotated"_s), lists);
}

void TestActivityPage::flood_isReadAnew_andLeavesNoGap()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    button(*page, u"Keys"_s)->click();
    QTRY_COMPARE(recordsIn(*page)->model()->rowCount(), 10);
    recordMany(*page, u"login_succeeded"_s, 1);
    recordMany(*page, u"key_rotated"_s, 1);
    for (int i = 0; i < 400; ++i)
        m_scene->console.record(aRecord(u"login_succeeded"_s));
    m_scene->console.record(aRecord(u"key_rotated"_s));
    recordMany(*page, u"login_succeeded"_s, 400); // told at once, and more than is followed
    QTRY_COMPARE(recordsIn(*page)->model()->rowCount(), 12);
    const int lists = m_scene->console.askedCount(u"activity key_rotated"_s);
    recordMany(*page, u"key_rotated"_s, 100);
    recordMany(*page, u"login_succeeded"_s, 300);
    QTRY_COMPARE(recordsIn(*page)->model()->rowCount(), 112);
    QCOMPARE(m_scene->console.askedCount(u"activity key_rotated"_s), lists);
}

void TestActivityPage::kinds_areChosenByArrows()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    auto *kinds = page->findChild<Chips *>();
    QCOMPARE(kinds->accessibleName(), u"Kind of records"_s);
    button(*page, u"Everything"_s)->setFocus();
    press(Qt::Key_Right);
    press(Qt::Key_Right); // Refused
    QCOMPARE(kinds->current(), int(ActivityGroup::Refused));
    QTRY_COMPARE(countOf(*page), u"10 records"_s);
    QCOMPARE(cell(*page, 0, 0), u"Sign-in refused"_s);
    page->remember();
    const auto again = openPage<ActivityPage>(*m_scene);
    QCOMPARE(again->findChild<Chips *>()->current(), int(ActivityGroup::Refused));
}

/// By the keyboard, in the words of the list.
void TestActivityPage::kind_isChosenAlone()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    auto *kind = page->findChild<QComboBox *>(u"kind"_s);
    QCOMPARE(kind->accessibleName(), u"One kind"_s);
    QCOMPARE(kind->currentText(), u"Any kind"_s);
    kind->setFocus();
    press(Qt::Key_Down); // past the name of a group
    QCOMPARE(kind->currentText(), u"Signed in"_s);
    QTRY_COMPARE(countOf(*page), u"10 records"_s);
    QCOMPARE(m_scene->console.askedCount(u"activity login_succeeded"_s), 1);
    for (int row = 0; row < recordsIn(*page)->model()->rowCount(); ++row)
        QCOMPARE(cell(*page, row, 0), u"Signed in"_s);
    press(Qt::Key_Home);
    QTRY_COMPARE(countOf(*page), u"60 records"_s);
}

/// It has each kind of the groups, and of the chosen one alone.
void TestActivityPage::kind_isOneOfItsGroup()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    auto *kind = page->findChild<QComboBox *>(u"kind"_s);
    const QAbstractItemModel *model = kind->model();
    QStringList offered;
    QStringList types;
    for (int group = 1; group < ActivityTexts::groupNames().size(); ++group)
        types += ActivityTexts::typesOf(ActivityGroup(group));
    for (int row = 1; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, 0);
        if (index.flags() & Qt::ItemIsEnabled)
            offered += index.data(Qt::UserRole).toString();
        else
            QVERIFY(ActivityTexts::groupNames().contains(index.data().toString()));
    }
    QCOMPARE(offered, types);
    kind->setCurrentIndex(kind->findData(u"key_rotated"_s));
    button(*page, u"Keys"_s)->click(); // has it, too
    QCOMPARE(kind->currentText(), u"Key rotated"_s);
    QCOMPARE(kind->count(), 1 + ActivityTexts::typesOf(ActivityGroup::Keys).size());
    button(*page, u"Accounts"_s)->click();
    QCOMPARE(kind->currentText(), u"Any kind"_s);
    QTRY_COMPARE(m_scene->console.askedCount(u"activity user_registered"_s), 1); // the first of all of the group
}

void TestActivityPage::kind_isRemembered()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    auto *kind = page->findChild<QComboBox *>(u"kind"_s);
    kind->setCurrentIndex(kind->findData(u"user_disabled"_s));
    page->remember();
    const auto again = openPage<ActivityPage>(*m_scene);
    QCOMPARE(again->findChild<QComboBox *>(u"kind"_s)->currentText(), u"Account disabled"_s);
    QTRY_COMPARE(countOf(*again), u"10 records"_s);
    again->filterBy({}); // somebody leads here
    QTRY_COMPARE(countOf(*again), u"60 records"_s);
}

void TestActivityPage::filter_isOfAPersonOrAnAddress_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("asked");
    QTest::newRow("a person") << u"ada.lovelace@example.com"_s << u"activity user=ada.lovelace@example.com"_s;
    QTest::newRow("an address") << u"203.0.113.3"_s << u"activity address=203.0.113.3"_s;
    QTest::newRow("an id") << u"01890000-0000-7000-8000-000000000000"_s << u"activity user=01890000-0000-7000-8000-000000000000"_s;
}

void TestActivityPage::filter_isOfAPersonOrAnAddress()
{
    QFETCH(QString, typed);
    QFETCH(QString, asked);
    const auto page = openPage<ActivityPage>(*m_scene);
    page->focusFilter();
    type(typed);
    press(Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(asked), 1);
}

void TestActivityPage::time_isAsked()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    auto *time = page->findChild<QComboBox *>(u"span"_s);
    QCOMPARE(time->accessibleName(), u"Time"_s);
    time->setFocus();
    press(Qt::Key_Down);
    QTRY_COMPARE(countOf(*page), u"9 records"_s); // one in seven minutes
}

/// The window is open all day: what the chosen time does not have any more leaves, and is not asked for again.
void TestActivityPage::time_movesOn()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    page->findChild<QComboBox *>(u"span"_s)->setFocus();
    press(Qt::Key_Down); // the last hour
    QTRY_COMPARE(countOf(*page), u"9 records"_s);
    m_scene->clock.advance(14min);
    QTRY_COMPARE(countOf(*page), u"7 records"_s); // by itself
    QCOMPARE(recordsIn(*page)->model()->rowCount(), 7);
    page->hide();
    m_scene->clock.advance(14min);
    page->show();
    QTRY_COMPARE(countOf(*page), u"5 records"_s);
    m_scene->clock.advance(14min);
    page->refresh();
    QVERIFY(settle());
    const QString from = toText(m_scene->clock.now() - 1h);
    QCOMPARE(m_scene->console.askedCount(u"activity from="_s + from), 1);
    QCOMPARE(countOf(*page), u"3 records"_s);
}

void TestActivityPage::jump_showsOnePerson_andIsNotRemembered()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    const ActivityView &ada = m_scene->console.activityRows[0];
    page->filterBy({.text = ada.email, .user = ada.userId});
    QTRY_COMPARE(m_scene->console.askedCount(u"activity user=%1"_s.arg(ada.userId->toString())), 1);
    QTRY_COMPARE(countOf(*page), u"One record"_s);
    page->remember();
    const auto again = openPage<ActivityPage>(*m_scene);
    QTRY_COMPARE(countOf(*again), u"60 records"_s);
}

void TestActivityPage::orders_leadToThePerson()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    const QSignalSpy left(page.get(), &Page::goTo);
    recordsIn(*page)->selectRow(4); // of nobody
    settle();
    for (const auto &text : {u"Show user"_s, u"Show sessions"_s, u"Only this person"_s, u"Only this address"_s})
        QVERIFY2(!button(*page, text)->isEnabled(), qPrintable(text));
    recordsIn(*page)->selectRow(0);
    settle();
    button(*page, u"Show user"_s)->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.first().first().toString(), u"users"_s);
    button(*page, u"Only this address"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(m_scene->console.askedCount(u"activity address=203.0.113.0"_s), 1);
}

void TestActivityPage::emptyList_saysWhy()
{
    m_scene->console.activityRows.clear();
    const auto page = openPage<ActivityPage>(*m_scene);
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
    QVERIFY(saidIn(*page).contains(u"Nothing has happened yet"_s));
    button(*page, u"Keys"_s)->click();
    QTRY_VERIFY(saidIn(*page).contains(u"Nothing of that kind in that time"_s));
    button(*page, u"Show everything"_s)->click();
    QTRY_VERIFY(saidIn(*page).contains(u"Nothing has happened yet"_s));
}

void TestActivityPage::check_saysWhatItFound_data()
{
    QTest::addColumn<QList<ActivityBreakView>>("breaks");
    QTest::addColumn<QString>("said");
    const auto one = [](AuditFlaw flaw, qint64 from, qint64 to) { return ActivityBreakView {.flaw = flaw, .from = from, .to = to}; };
    const QString then = u" Somebody changed the database beside this server. Compare it with a backup or an export."_s;
    QTest::newRow("intact") << QList<ActivityBreakView>()
                            << u"All 60 records are as they were written: none was changed, moved or removed."_s;
    QTest::newRow("changed") << QList {one(AuditFlaw::Changed, 7, 7)} << u"Record 7, or the one before it, was changed or moved."_s + then;
    QTest::newRow("missing, and cut off") << QList {one(AuditFlaw::Missing, 3, 5), one(AuditFlaw::CutOff, 59, 60)}
                                          << u"Records 3 to 5 are missing. The newest records, 59 to 60, are missing."_s + then;
}

void TestActivityPage::check_saysWhatItFound()
{
    QFETCH(QList<ActivityBreakView>, breaks);
    QFETCH(QString, said);
    m_scene->console.activityBreaks = breaks;
    const auto page = openPage<ActivityPage>(*m_scene);
    page->findChild<QPushButton *>(u"checkRecord"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(messageOf(*page), said);
    QCOMPARE(page->problems().isEmpty(), breaks.isEmpty());
    m_scene->console.activityBreaks.clear(); // from a backup
    page->findChild<QPushButton *>(u"checkRecord"_s)->click();
    QTRY_VERIFY(page->problems().isEmpty());
}

/// Of a database that an older Warder made, or after some went for their age.
void TestActivityPage::check_saysWhatItDidNotLookAt()
{
    QCOMPARE(ActivityTexts::verdict(60, 4711, {}),
             u"All 60 records are as they were written: none was changed, moved or removed. Those up to number 4,711 are not checked: they "
             "went for their age, or are older than the chain."_s);
}

void TestActivityPage::check_saysThatItMustWait()
{
    const auto page = openPage<ActivityPage>(*m_scene);
    page->findChild<WorkBar *>()->begin(u"Writing a file…"_s, [] {});
    page->findChild<QPushButton *>(u"checkRecord"_s)->click();
    QCOMPARE(messageOf(*page), u"The record was not checked. "_s + WorkBar::whyBusy());
    QCOMPARE(m_scene->console.askedCount(u"checkActivity"_s), 0);
}

void TestActivityPage::pictures_fit_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    const QSize large(1280, 800);
    QTest::newRow("activity") << large << false << false;
    QTest::newRow("activity-small-dark") << QSize(960, 690) << true << false;
    QTest::newRow("activity-long") << large << false << true;
}

void TestActivityPage::pictures_fit()
{
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    QApplication::setPalette(palette(dark));
    LongTexts texts;
    if (longTexts)
        QApplication::installTranslator(&texts);
    Desktop desktop(m_scene->context());
    QWidget *window = &desktop.window();
    desktop.open();
    QVERIFY(QTest::qWaitForWindowExposed(window));
    window->resize(size);
    desktop.window().pages().showPage(u"activity"_s);
    QVERIFY(settle());
    desktop.window().findChild<ActivityPage *>()->findChild<DataTable *>()->selectRow(2);
    QVERIFY(settle());
    QVERIFY(savePicture(*window, QString::fromLatin1(QTest::currentDataTag())));
    QTRY_VERIFY2(clippedIn(*window).isEmpty(), qPrintable(clippedIn(*window).join(u'\n')));
}

QTEST_MAIN(TestActivityPage)
#include "TestActivityPage.moc"
