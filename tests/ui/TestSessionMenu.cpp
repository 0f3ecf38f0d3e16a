#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/widgets/ConfirmSheet.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/WorkBar.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What can be done about one session from the menu of the list, and what is told of its refresh token.
class TestSessionMenu : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void order_saysExactlyWhatEnds_data();
    void order_saysExactlyWhatEnds();
    void order_asksAgain_whereTheirNumberChanged();
    void order_leavesTheBarToWhatElseGoesOn();
    void order_onNobody_saysSo();
    void order_saysThatItMustWait();
    void shortOrder_leavesTheBarToOthers();
    void only_listsTheSame_data();
    void only_listsTheSame();
    void onlyThisDevice_isWhatTheListCallsIt();
    void activity_isOfTheSession();
    void copy_takesAddressAndId();
    void user_isShown();
    void block_takesTheAddressOver();
    void block_canBeTakenBack();
    void replay_isBlockedFromWhereItCame();
    void menu_isOfOneSession();
    void chain_isTold_newestFirst();
    void chain_isReadAgain_whenItGrows();
    void chain_saysWhatIsNotRecorded_data();
    void chain_saysWhatIsNotRecorded();
    void chain_thatCannotBeRead_saysWhy();

private:
    /// With the session at that row selected.
    std::unique_ptr<SessionsPage> openAt(int row);
    static QAction *item(const SessionsPage &page, const QString &text);
    /// What the question says, once it is in front.
    static QString said(const SessionsPage &page, const QString &label);
    static QStringList linesOf(const SessionsPage &page);

    SessionView m_ann; ///< The second row; she has the fourth one as well.
};

/// Ann twice at one address, somebody else at an address that ends so, and another one at hers.
void TestSessionMenu::init()
{
    PageTest::init();
    const Id ann = Id::create(m_scene->clock.now());
    const auto session = [this](int secondsAgo, const QString &email, const QString &address) {
        SessionView view = m_scene->session(secondsAgo, email);
        view.userId = Id::create(m_scene->clock.now());
        view.address = address;
        return view;
    };
    auto &rows = m_scene->console.sessionRows;
    rows = {session(10, u"joann@example.com"_s, u"110.0.0.1"_s), session(20, u"ann@example.com"_s, u"10.0.0.1"_s),
            session(30, u"bob@example.com"_s, u"10.0.0.1"_s), session(40, u"ann@example.com"_s, u"2001:db8::9"_s)};
    rows[1].userId = rows[3].userId = ann;
    m_ann = rows[1];
}

std::unique_ptr<SessionsPage> TestSessionMenu::openAt(int row)
{
    auto page = openPage<SessionsPage>(*m_scene);
    tableOf(*page, u"Sessions"_s)->selectRow(row);
    settle();
    return page;
}

QAction *TestSessionMenu::item(const SessionsPage &page, const QString &text)
{
    const auto actions = tableOf(page, u"Sessions"_s)->actions();
    const auto found =
        std::ranges::find_if(actions, [&text](const QAction *each) { return QString(each->text()).remove(u'&').startsWith(text); });
    return found == actions.end() ? nullptr : *found;
}

QString TestSessionMenu::said(const SessionsPage &page, const QString &label)
{
    const auto sheets = page.findChildren<ConfirmSheet *>();
    const auto *sheet = sheets.isEmpty() ? nullptr : sheets.last();
    return sheet && sheet->isVisible() ? sheet->findChild<QLabel *>(label)->text() : QString();
}

QStringList TestSessionMenu::linesOf(const SessionsPage &page)
{
    QStringList lines;
    for (const QLabel *label : page.findChild<DetailsPanel *>()->findChildren<QLabel *>()) {
        if (label->isVisible())
            lines += QString(label->text()).remove(u'\u200B');
    }
    return lines;
}

void TestSessionMenu::order_saysExactlyWhatEnds_data()
{
    QTest::addColumn<QString>("order");
    QTest::addColumn<QString>("question");
    QTest::addColumn<QString>("effect");
    QTest::addColumn<QString>("given");
    QTest::addColumn<QList<int>>("left"); // rows that are live then
    QTest::newRow("of the user") << u"Revoke all of this user"_s << u"Revoke 2 sessions of ann@example.com?"_s
                                 << u"Every live session of ann@example.com ends."_s << u"revokeShown  seen 2"_s << QList {0, 2};
    QTest::newRow("from the address") << u"Revoke all from this address"_s << u"Revoke 2 sessions?"_s
                                      << u"Every live session that was opened from 10.0.0.1 ends."_s
                                      << u"revokeShown address:10.0.0.1 seen 2"_s << QList {0, 3};
}

void TestSessionMenu::order_saysExactlyWhatEnds()
{
    QFETCH(QString, order);
    QFETCH(QString, effect);
    QFETCH(QString, given);
    const auto page = openAt(1);
    item(*page, order)->trigger();
    QTRY_VERIFY(!said(*page, u"question"_s).isEmpty());
    QTEST(said(*page, u"question"_s), "question");
    QVERIFY2(said(*page, u"effect"_s).startsWith(effect), qPrintable(said(*page, u"effect"_s)));
    QCOMPARE(m_scene->console.askedCount(u"revoke"_s), 0); // nothing yet
    agree(*page);
    QTRY_COMPARE(messageOf(*page), u"Revoked 2 sessions."_s);
    QCOMPARE(m_scene->console.askedCount(given), 1);
    QList<int> live;
    for (int row = 0; row < 4; ++row) {
        if (m_scene->console.sessionRows[row].isLive(m_scene->clock.now()))
            live += row;
    }
    QTEST(live, "left");
}

void TestSessionMenu::order_asksAgain_whereTheirNumberChanged()
{
    const auto page = openAt(1);
    item(*page, u"Revoke all from this address"_s)->trigger();
    QTRY_COMPARE(said(*page, u"question"_s), u"Revoke 2 sessions?"_s);
    QCOMPARE(said(*page, u"names"_s), u"ann@example.com\nbob@example.com"_s);
    for (const int age : {0, 100'000}) { // whoever signs in meanwhile is not meant; who was there, and was not seen, is
        SessionView other = m_scene->session(age, u"eve@example.com"_s);
        other.address = m_ann.address;
        m_scene->console.sessionRows.insert(age == 0 ? 0 : m_scene->console.sessionRows.size(), other);
    }
    agree(*page);
    QTRY_COMPARE(said(*page, u"question"_s), u"Revoke 4 sessions?"_s);
    QVERIFY(said(*page, u"effect"_s).startsWith(u"Their number changed while you were asked"_s));
    QTest::keyClick(page->findChildren<ConfirmSheet *>().last(), Qt::Key_Escape);
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"revokeShown"_s), 1);
    QVERIFY(m_scene->console.sessionRows[2].isLive(m_scene->clock.now()));
}

/// Such as an export that was begun since the question.
void TestSessionMenu::order_leavesTheBarToWhatElseGoesOn()
{
    const auto page = openAt(1);
    item(*page, u"Revoke all of this user"_s)->trigger();
    QTRY_VERIFY(!said(*page, u"question"_s).isEmpty());
    auto *bar = page->findChild<WorkBar *>();
    bar->begin(u"Writing sessions.csv…"_s, [] {});
    agree(*page);
    QTRY_COMPARE(messageOf(*page), u"Revoked 2 sessions."_s);
    QVERIFY(bar->isBusy());
    QCOMPARE(bar->text(), u"Writing sessions.csv…"_s);
    bar->end();
}

void TestSessionMenu::order_onNobody_saysSo()
{
    const auto page = openAt(1);
    for (SessionView &row : m_scene->console.sessionRows)
        row.endedAt = m_scene->clock.now(); // the news of it have not come yet
    item(*page, u"Revoke all of this user"_s)->trigger();
    QTRY_COMPARE(messageOf(*page), u"None of these sessions is live, so nothing was revoked."_s);
    QVERIFY(!page->findChild<ConfirmSheet *>());
}

void TestSessionMenu::order_saysThatItMustWait()
{
    const auto page = openAt(1);
    page->findChild<WorkBar *>()->begin(u"Writing a file…"_s, [] {});
    item(*page, u"Revoke all of this user"_s)->trigger();
    QCOMPARE(messageOf(*page), u"Nothing was revoked. "_s + WorkBar::whyBusy());
    QVERIFY(settle());
    QVERIFY(!page->findChild<ConfirmSheet *>());
}

/// What has begun while two sessions were ended can still be stopped.
void TestSessionMenu::shortOrder_leavesTheBarToOthers()
{
    const auto page = openAt(1);
    item(*page, u"Revoke all of this user"_s)->trigger();
    QTRY_VERIFY(!said(*page, u"question"_s).isEmpty());
    m_scene->console.hold();
    agree(*page);
    QTRY_COMPARE(m_scene->console.askedCount(u"revokeShown"_s), 1);
    page->findChild<WorkBar *>()->begin(u"Writing a file…"_s, [] {});
    m_scene->console.release();
    QTRY_COMPARE(messageOf(*page), u"Revoked 2 sessions."_s);
    QVERIFY(page->findChild<WorkBar *>()->isBusy());
}

void TestSessionMenu::only_listsTheSame_data()
{
    QTest::addColumn<QString>("order");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("byChip");
    QTest::addColumn<QStringList>("emails");
    QTest::newRow("person") << u"Only this person"_s << QString() << true << QStringList {u"ann@example.com"_s, u"ann@example.com"_s};
    QTest::newRow("address") << u"Only this address"_s << u"address:10.0.0.1"_s << false
                             << QStringList {u"ann@example.com"_s, u"bob@example.com"_s};
}

void TestSessionMenu::only_listsTheSame()
{
    QFETCH(QString, order);
    QFETCH(QString, typed);
    QFETCH(bool, byChip);
    QFETCH(QStringList, emails);
    const auto page = openAt(1);
    item(*page, order)->trigger();
    auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->rowCount(), emails.size());
    for (int row = 0; row < emails.size(); ++row)
        QCOMPARE(table->model()->index(row, 0).data().toString(), emails[row]);
    QCOMPARE(page->findChild<FilterBox *>()->filter(), typed);
    QCOMPARE(page->findChild<QPushButton *>(u"userChip"_s)->isVisible(), byChip);
    QCOMPARE(table->selectedRows(), QList<int> {0}); // she stays selected
    QVERIFY(button(*page, u"Revoke all shown (2)"_s));
    page->apply({m_scene->console.sessionRows[0]}); // joann, whose address ends so
    QCOMPARE(table->model()->rowCount(), emails.size());
}

void TestSessionMenu::onlyThisDevice_isWhatTheListCallsIt()
{
    auto &rows = m_scene->console.sessionRows;
    rows[0].device = u"Edge, Windows"_s;
    rows[1].device = rows[2].device = u"Firefox, Linux"_s;
    rows[3].device.clear(); // nobody knows
    const auto page = openAt(1);
    auto *table = tableOf(*page, u"Sessions"_s);
    table->selectRow(3);
    QVERIFY(!item(*page, u"Only this device"_s)->isEnabled());
    table->selectRow(1);
    item(*page, u"Only this device"_s)->trigger();
    QTRY_COMPARE(table->model()->rowCount(), 2);
    QCOMPARE(page->findChild<FilterBox *>()->filter(), u"device:\"Firefox, Linux\""_s);
    QVERIFY(button(*page, u"Revoke all shown (2)"_s));
}

void TestSessionMenu::activity_isOfTheSession()
{
    const auto page = openAt(1);
    const QSignalSpy left(page.get(), &Page::goTo);
    item(*page, u"Show its activity"_s)->trigger();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left[0][0].toString(), u"activity"_s);
    const auto filter = left[0][1].value<PageFilter>();
    QCOMPARE(filter.text, u"ann@example.com"_s);
    QVERIFY(filter.user == m_ann.userId && filter.session == m_ann.id);
}

void TestSessionMenu::copy_takesAddressAndId()
{
    const auto page = openAt(1);
    item(*page, u"Copy address"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"10.0.0.1"_s);
    item(*page, u"Copy session id"_s)->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), m_ann.id.toString());
}

void TestSessionMenu::user_isShown()
{
    const auto page = openAt(1);
    const QSignalSpy left(page.get(), &Page::goTo);
    item(*page, u"Show user"_s)->trigger();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left[0][0].toString(), u"users"_s);
    const auto filter = left[0][1].value<PageFilter>();
    QCOMPARE(filter.text, u"ann@example.com"_s);
    QVERIFY(filter.user == m_ann.userId);
}

void TestSessionMenu::block_takesTheAddressOver()
{
    const auto page = openAt(1);
    QVERIFY(!item(*page, u"Block the address of the replay"_s)->isVisible());
    item(*page, u"Block this address"_s)->trigger();
    auto *dialog = page->findChild<QDialog *>();
    QVERIFY(dialog && comesInFront(dialog));
    auto *network = dialog->findChild<QLineEdit *>();
    QCOMPARE(network->text(), u"10.0.0.1"_s);
    QTest::keyClick(network, Qt::Key_Return);
    QTRY_VERIFY(messageOf(*page).contains(u"is blocked"_s));
    QTRY_VERIFY(std::ranges::contains(m_scene->console.networks, u"10.0.0.1"_s, &NetworkView::network));
}

/// As on the page of limits: to what held for the address before.
void TestSessionMenu::block_canBeTakenBack()
{
    const auto page = openAt(1);
    m_scene->console.networks = {{.id = m_ann.id,
                                  .network = u"10.0.0.1"_s,
                                  .standing = NetworkStanding::Exempt,
                                  .reason = u"the office"_s,
                                  .until = {},
                                  .createdAt = m_scene->clock.now(),
                                  .createdBy = u"console"_s}};
    item(*page, u"Block this address"_s)->trigger();
    const QPointer<QDialog> dialog = page->findChild<QDialog *>();
    QVERIFY(dialog && comesInFront(dialog) && settle());
    QTest::keyClick(dialog->findChild<QLineEdit *>(), Qt::Key_Return);
    QTRY_VERIFY(!dialog);
    QCOMPARE(m_scene->console.networks.first().standing, NetworkStanding::Blocked);
    page->activateWindow();
    QVERIFY(comesInFront(page.get()));
    tableOf(*page, u"Sessions"_s)->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
    agree(*page);
    QTRY_COMPARE(m_scene->console.networks.first().standing, NetworkStanding::Exempt);
    QTRY_COMPARE(messageOf(*page), u"10.0.0.1 is exempt: no limit but that of wrong second factors holds for it."_s);
}

/// Not the one of whom it was stolen.
void TestSessionMenu::replay_isBlockedFromWhereItCame()
{
    SessionView &stolen = m_scene->console.sessionRows[1];
    stolen.endedAt = m_scene->clock.now();
    stolen.endReason = u"reuse"_s;
    stolen.lastAddress = u"203.0.113.66"_s;
    const auto page = openPage<SessionsPage>(*m_scene);
    page->findChild<QCheckBox *>()->click();
    auto *table = tableOf(*page, u"Sessions"_s);
    QTRY_COMPARE(table->model()->rowCount(), 4);
    table->selectRow(1);
    item(*page, u"Block the address of the replay"_s)->trigger();
    auto *dialog = page->findChild<QDialog *>();
    QVERIFY(dialog && comesInFront(dialog));
    QCOMPARE(dialog->findChild<QLineEdit *>()->text(), u"203.0.113.66"_s);
}

void TestSessionMenu::menu_isOfOneSession()
{
    const QStringList all {u"Revoke all of this user"_s,
                           u"Revoke all from this address"_s,
                           u"Block this address"_s,
                           u"Only this person"_s,
                           u"Only this address"_s,
                           u"Only this device"_s,
                           u"Show user"_s,
                           u"Show its activity"_s,
                           u"Copy address"_s,
                           u"Copy session id"_s};
    m_scene->console.sessionRows[2].address.clear();
    const auto page = openAt(1);
    for (const QString &text : all)
        QVERIFY2(item(*page, text)->isEnabled(), qPrintable(text));
    auto *table = tableOf(*page, u"Sessions"_s);
    table->selectRow(2); // of an address that nobody knows
    for (const QString &text : all)
        QCOMPARE(item(*page, text)->isEnabled(), !text.endsWith(u"address"_s));
    table->setFocus();
    press(Qt::Key_A, Qt::ControlModifier);
    for (const QString &text : all)
        QVERIFY2(!item(*page, text)->isEnabled(), qPrintable(text));
}

void TestSessionMenu::chain_isTold_newestFirst()
{
    SessionView &stolen = m_scene->console.sessionRows[1];
    stolen.generation = 2;
    const TimePoint now = m_scene->clock.now();
    m_scene->console.refreshes[stolen.id] = {{Rotation::Reused, 1, now, u"203.0.113.66"_s, u"curl"_s, 1},
                                             {Rotation::Repeat, 2, now - Seconds {60}, u"10.0.0.1"_s, u"Firefox, Linux"_s, 3},
                                             {Rotation::Rotate, 2, now - Seconds {61}, u"10.0.0.1"_s, u"Firefox, Linux"_s, 1},
                                             {Rotation::Rotate, 1, now - Seconds {90}, u"10.0.0.1"_s, u"Firefox, Linux"_s, 1}};
    const auto page = openAt(1);
    QTRY_VERIFY(linesOf(*page).contains(u"■ Replay: the spent token of generation 1 came back"_s));
    const QStringList lines = linesOf(*page);
    const auto place = lines.indexOf(u"What its refresh token went through"_s);
    QVERIFY(place > 0);
    QStringList what;
    for (auto line = place + 1; line < lines.size(); line += 2)
        what += lines[line];
    QCOMPARE(what, (QStringList {u"■ Replay: the spent token of generation 1 came back"_s, u"3 parallel requests got generation 2 again"_s,
                                 u"Exchanged for generation 2"_s, u"Exchanged for generation 1"_s, u"Signed in"_s}));
    QVERIFY2(lines[place + 2].endsWith(u" · 203.0.113.66 · curl"_s), qPrintable(lines[place + 2])); // where from, beside when
}

void TestSessionMenu::chain_isReadAgain_whenItGrows()
{
    const auto page = openAt(1);
    QTRY_COMPARE(m_scene->console.askedCount(u"refreshes"_s), 1);
    m_ann.generation = 1;
    m_scene->console.refreshes[m_ann.id] = {{Rotation::Rotate, 1, m_scene->clock.now(), u"10.0.0.1"_s, u"Firefox, Linux"_s, 1}};
    page->apply({m_scene->console.sessionRows[0]}); // somebody else's
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"refreshes"_s), 1);
    page->apply({m_ann});
    QTRY_VERIFY(linesOf(*page).contains(u"Exchanged for generation 1"_s));
    QCOMPARE(m_scene->console.askedCount(u"refreshes"_s), 2);
}

void TestSessionMenu::chain_saysWhatIsNotRecorded_data()
{
    using Uses = QList<RefreshView>;
    QTest::addColumn<qint64>("generation");
    QTest::addColumn<Uses>("uses");
    QTest::addColumn<QString>("told");
    const auto use = [](Rotation what, qint64 generation) { return RefreshView {what, generation, {}, {}, {}, 1}; };
    QTest::newRow("from before an upgrade") << qint64(57) << Uses {} << u"57 earlier exchanges are not recorded"_s;
    QTest::newRow("more than are kept") << qint64(12) << Uses {use(Rotation::Rotate, 12), use(Rotation::Rotate, 11)}
                                        << u"10 earlier exchanges are not recorded"_s;
    QTest::newRow("up to a parallel request") << qint64(3) << Uses {use(Rotation::Repeat, 3)} << u"3 earlier exchanges are not recorded"_s;
    QTest::newRow("a replay alone") << qint64(4) << Uses {use(Rotation::Reused, 1)} << u"4 earlier exchanges are not recorded"_s;
    QTest::newRow("all is") << qint64(1) << Uses {use(Rotation::Rotate, 1)} << QString();
    QTest::newRow("none yet") << qint64(0) << Uses {} << QString();
}

void TestSessionMenu::chain_saysWhatIsNotRecorded()
{
    QFETCH(qint64, generation);
    QFETCH(QList<RefreshView>, uses);
    QFETCH(QString, told);
    m_scene->console.sessionRows[1].generation = generation;
    m_scene->console.refreshes[m_ann.id] = uses;
    const auto page = openAt(1);
    QTRY_VERIFY(!linesOf(*page).contains(u"Reading…"_s));
    const QStringList earlier = linesOf(*page).filter(u"earlier exchange"_s);
    QCOMPARE(earlier, told.isEmpty() ? QStringList() : QStringList {told});
    QCOMPARE(linesOf(*page).contains(u"Signed in"_s), generation > 0);
}

void TestSessionMenu::chain_thatCannotBeRead_saysWhy()
{
    m_scene->console.failNext(u"refreshes"_s, {.code = ErrorCode::StorageFailure, .detail = u"disk I/O error"_s});
    const auto page = openAt(1);
    QTRY_VERIFY(!linesOf(*page).contains(u"Reading…"_s));
    const QStringList lines = linesOf(*page);
    const auto place = lines.indexOf(u"What its refresh token went through"_s);
    const QString why = lines.value(place + 1);
    QVERIFY2(place > 0 && !why.isEmpty(), qPrintable(lines.join(u'\n')));
    QVERIFY(page->problems().isEmpty()); // it is said where it is missing
    page->refresh();
    QTRY_VERIFY(!linesOf(*page).contains(why));
}

QTEST_MAIN(TestSessionMenu)
#include "TestSessionMenu.moc"
