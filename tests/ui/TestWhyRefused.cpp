#include "tests/ui/support/Keys.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Pictures.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/activity/RefusalsList.h"
#include "ui/activity/RefusalsModel.h"
#include "ui/activity/WhyRefusedDialog.h"
#include "ui/widgets/DataTable.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// The dialog that says why something was refused: of what is pasted, and of a request that is picked from the list of those.
class TestWhyRefused : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void cleanup();
    void pastedToken_isExplainedCheckByCheck();
    void nothing_isNotSent();
    void pasted_isHidden();
    void nothingKnown_isSaidSo();
    void ctrlShiftW_asksFromEverywhere();
    void list_isReadAsItIsScrolled();
    void picked_saysItsReason_data();
    void picked_saysItsReason();
    void sameId_hasAReasonEach();
    void search_isOfTheServer();
    void failedSearch_showsNoOlderRows();
    void newOnes_come_andMoveNothing();
    void manyNewOnes_leaveNoGap();
    void serverStartedAnew_hasAnotherList();
    void pasting_endsThePick();
    void escape_emptiesTheFilter_thenCloses();
    void emptyList_saysWhatWillAppear();
    void pictures_fit_data();
    void pictures_fit();

private:
    static QString lineOf(const QWidget &widget, const QString &name)
    {
        return QString(widget.findChild<QLabel *>(name)->text()).remove(u'\u200b');
    }
    QStringList saidIn(const QWidget &widget) const;
    RefusalView aRefusal() const;
    void open();
    DataTable *table() const { return m_dialog->findChild<DataTable *>(); }
    QLineEdit *filterBox() const { return m_dialog->findChild<QLineEdit *>(u"refusalsFilter"_s); }
    QString idAt(int row) const { return table()->model()->index(row, 4).data().toString(); }
    void search(const QString &text) const;
    /// As the server does it, `number` of them; and the list asks.
    void refuse(int number, ErrorCode code = ErrorCode::InvalidToken) const;

    QPointer<WhyRefusedDialog> m_dialog;
};

void TestWhyRefused::cleanup()
{
    delete m_dialog;
    QApplication::setPalette(palette(false));
}

QStringList TestWhyRefused::saidIn(const QWidget &widget) const
{
    QStringList said;
    for (const QLabel *label : widget.findChildren<QLabel *>()) {
        if (label->isVisible())
            said += QString(label->text()).remove(u'\u200b');
    }
    return said;
}

void TestWhyRefused::open()
{
    m_dialog = new WhyRefusedDialog(m_scene->context(), nullptr);
    m_dialog->open();
    QVERIFY(comesInFront(m_dialog));
    QTRY_COMPARE(table()->model()->rowCount(), int(qMin<qsizetype>(m_scene->console.refusalRows.size(), RefusalsModel::pageSize)));
}

void TestWhyRefused::search(const QString &text) const
{
    filterBox()->setFocus();
    QTest::keyClicks(filterBox(), text);
    QTest::keyClick(filterBox(), Qt::Key_Return);
    QVERIFY(settle());
}

void TestWhyRefused::refuse(int number, ErrorCode code) const
{
    QList<RefusalView> &rows = m_scene->console.refusalRows;
    for (int i = 0; i < number; ++i)
        rows.prepend(m_scene->refusal(rows.isEmpty() ? 1 : rows.first().request->number + 1, code));
    m_dialog->findChild<RefusalsList *>()->readNew();
    QVERIFY(settle());
}

RefusalView TestWhyRefused::aRefusal() const
{
    const TimePoint now = m_scene->clock.now();
    return {.subject = RefusalSubject::AccessToken,
            .now = now,
            .checks = {{.check = RefusalCheck::Form},
                       {.check = RefusalCheck::Key, .found = u"k-2026"_s},
                       {.check = RefusalCheck::Signature},
                       {.check = RefusalCheck::Issuer,
                        .outcome = CheckOutcome::Failed,
                        .reason = RefusalReason::IssuerOther,
                        .found = u"http://localhost:8000"_s,
                        .expected = u"https://auth.example.org"_s},
                       {.check = RefusalCheck::Times, .outcome = CheckOutcome::Failed, .reason = RefusalReason::Expired, .at = now - 14min},
                       {.check = RefusalCheck::Session,
                        .outcome = CheckOutcome::Failed,
                        .reason = RefusalReason::SessionEnded,
                        .found = u"admin"_s,
                        .at = now - 5min,
                        .by = u"console"_s}},
            .email = u"ada.lovelace@example.com"_s};
}

void TestWhyRefused::pastedToken_isExplainedCheckByCheck()
{
    m_scene->console.refusal = aRefusal();
    auto *dialog = new WhyRefusedDialog(m_scene->context(), nullptr);
    dialog->open();
    QVERIFY(comesInFront(dialog));
    type(u"eyJ.eyJ.sig"_s);
    press(Qt::Key_Return);
    QTRY_COMPARE(lineOf(*dialog, u"result"_s), u"An access token that the server refuses."_s);
    QCOMPARE(m_scene->console.askedCount(u"whyRefused eyJ.eyJ.sig"_s), 1);
    QCOMPARE(lineOf(*dialog, u"about"_s), u"It belongs to ada.lovelace@example.com."_s);
    const QString said = saidIn(*dialog).join(u'|');
    for (const QString &line : {u"Issuer"_s, u"http://localhost:8000 made it, and this server calls itself https://auth.example.org."_s,
                                u"It has expired: "_s, u"14 min ago"_s, u"It has ended: Revoked by an admin. By: The window."_s})
        QVERIFY2(said.contains(line), qPrintable(line + u" is not in "_s + said));
    delete dialog;
}

void TestWhyRefused::nothing_isNotSent()
{
    auto *dialog = new WhyRefusedDialog(m_scene->context(), nullptr);
    dialog->open();
    QVERIFY(comesInFront(dialog));
    press(Qt::Key_Return);
    QVERIFY(saidIn(*dialog).contains(u"Paste a token or a request id first."_s));
    QCOMPARE(m_scene->console.askedCount(u"whyRefused"_s), 0);
    delete dialog;
}

void TestWhyRefused::pasted_isHidden()
{
    auto *dialog = new WhyRefusedDialog(m_scene->context(), nullptr);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"given"_s)->echoMode(), QLineEdit::Password);
    delete dialog;
}

void TestWhyRefused::nothingKnown_isSaidSo()
{
    m_scene->console.failNext(u"whyRefused"_s, {.code = ErrorCode::NotFound, .detail = u"none has this id"_s});
    auto *dialog = new WhyRefusedDialog(m_scene->context(), nullptr);
    dialog->open();
    QVERIFY(comesInFront(dialog));
    type(u"4711"_s);
    press(Qt::Key_Return);
    QTRY_VERIFY(lineOf(*dialog, u"result"_s).startsWith(u"It is no token"_s));
    delete dialog;
}

void TestWhyRefused::ctrlShiftW_asksFromEverywhere()
{
    Desktop desktop(m_scene->context());
    desktop.open();
    QVERIFY(comesInFront(&desktop.window()));
    desktop.window().pages().showPage(u"users"_s);
    QTest::keyClick(&desktop.window(), Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(desktop.window().findChild<WhyRefusedDialog *>());
    QVERIFY(comesInFront(desktop.window().findChild<WhyRefusedDialog *>()));
    QCOMPARE(desktop.window().pages().current().objectName(), u"activity"_s);
    press(Qt::Key_Escape);
    QTRY_VERIFY(!desktop.window().findChild<WhyRefusedDialog *>());
}

void TestWhyRefused::list_isReadAsItIsScrolled()
{
    open();
    QCOMPARE(table()->accessibleName(), u"Refused requests"_s);
    QCOMPARE(idAt(0), u"req-120"_s);
    QCOMPARE(table()->model()->index(0, 0).data().toString(), u"POST /login"_s);
    QCOMPARE(table()->model()->index(0, 1).data().toString(), u"429 limit_reached"_s);
    QVERIFY(lineOf(*m_dialog, u"refusalsCount"_s).startsWith(u"The newest 100 of them"_s));
    const QAbstractItemModelTester held(table()->model());
    table()->setFocus(Qt::TabFocusReason);
    press(Qt::Key_End, Qt::ControlModifier);
    QTRY_COMPARE(table()->model()->rowCount(), 120);
    QCOMPARE(idAt(119), u"req-1"_s);
    QVERIFY(lineOf(*m_dialog, u"refusalsCount"_s).startsWith(u"120 refused request"_s));
}

void TestWhyRefused::picked_saysItsReason_data()
{
    QTest::addColumn<int>("steps"); // of the arrow, in the list
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("about");
    QTest::newRow("by a limit") << 0 << u"Too many requests, by the limit login_per_address."_s << u"POST /login from 203.0.113.0."_s;
    QTest::newRow("for its token") << 1 << u"the token has expired"_s << u"GET /me from 203.0.113.4."_s;
}

/// From the field into the list, by the keyboard alone.
void TestWhyRefused::picked_saysItsReason()
{
    QFETCH(const int, steps);
    QFETCH(QString, reason);
    QFETCH(QString, about);
    open();
    filterBox()->setFocus(Qt::TabFocusReason);
    press(Qt::Key_Down);
    QVERIFY(table()->hasFocus());
    press(Qt::Key_Home, Qt::ControlModifier);
    for (int i = 0; i < steps; ++i)
        press(Qt::Key_Down);
    press(Qt::Key_Return);
    QCOMPARE(QApplication::focusWidget()->accessibleName(), u"Checks"_s);
    QTRY_COMPARE(lineOf(*m_dialog, u"result"_s), u"A request that the server refused."_s);
    QVERIFY2(lineOf(*m_dialog, u"about"_s).startsWith(about), qPrintable(lineOf(*m_dialog, u"about"_s)));
    QTRY_VERIFY2(saidIn(*m_dialog).join(u'|').contains(reason), qPrintable(saidIn(*m_dialog).join(u'|')));
    QCOMPARE(m_scene->console.askedCount(u"whyRefused"_s), 0); // the list knows
}

/// A client chooses its ids itself: the newest of an id is not always meant.
void TestWhyRefused::sameId_hasAReasonEach()
{
    m_scene->console.refusalRows[1].request->id = m_scene->console.refusalRows[0].request->id;
    open();
    table()->selectRow(1);
    QTRY_VERIFY(saidIn(*m_dialog).join(u'|').contains(u"the token has expired"_s));
    table()->selectRow(0);
    QTRY_VERIFY(saidIn(*m_dialog).join(u'|').contains(u"by the limit login_per_address"_s));
    QVERIFY(!saidIn(*m_dialog).join(u'|').contains(u"the token has expired"_s));
}

void TestWhyRefused::search_isOfTheServer()
{
    open();
    search(u"req-12"_s);
    QTRY_COMPARE(table()->model()->rowCount(), 2); // 120, 12
    QCOMPARE(m_scene->console.askedCount(u"refusals req-12"_s), 1);
    QVERIFY(m_dialog); // Enter in the filter sends nothing
    QCOMPARE(m_scene->console.askedCount(u"whyRefused"_s), 0);
    QVERIFY(!saidIn(*m_dialog).contains(u"Paste a token or a request id first."_s));
    search(u"4711"_s); // req-124711
    QTRY_VERIFY(saidIn(*m_dialog).contains(u"No refused request matches."_s));
}

void TestWhyRefused::failedSearch_showsNoOlderRows()
{
    open();
    m_scene->console.failNext(u"refusals"_s, {.code = ErrorCode::Busy});
    search(u"req-12"_s);
    QVERIFY(!table()->isEnabled()); // the rows answer another question
    m_dialog->findChild<RefusalsList *>()->readNew();
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QVERIFY(table()->isEnabled());
}

void TestWhyRefused::newOnes_come_andMoveNothing()
{
    open();
    table()->selectRow(2);
    const int place = table()->visualRect(table()->currentIndex()).top();
    refuse(3);
    QTRY_COMPARE(table()->model()->rowCount(), 103);
    QCOMPARE(idAt(0), u"req-123"_s);
    QCOMPARE(table()->selectedRows(), QList {5});
    QCOMPARE(table()->visualRect(table()->currentIndex()).top(), place);
    QVERIFY(lineOf(*m_dialog, u"about"_s).startsWith(u"GET /me from 203.0.113.3."_s)); // as it was picked
}

void TestWhyRefused::manyNewOnes_leaveNoGap()
{
    open();
    refuse(250);
    QTRY_COMPARE(idAt(0), u"req-370"_s);
    QCOMPARE(table()->model()->rowCount(), RefusalsModel::pageSize);
    QCOMPARE(idAt(99), u"req-271"_s);
}

void TestWhyRefused::serverStartedAnew_hasAnotherList()
{
    open();
    m_scene->console.refusalRows.clear();
    refuse(2);
    QTRY_COMPARE(table()->model()->rowCount(), 2);
    QCOMPARE(idAt(0), u"req-2"_s);
}

void TestWhyRefused::pasting_endsThePick()
{
    m_scene->console.refusal = aRefusal();
    open();
    table()->selectRow(0);
    QTRY_COMPARE(lineOf(*m_dialog, u"result"_s), u"A request that the server refused."_s);
    auto *given = m_dialog->findChild<QLineEdit *>(u"given"_s);
    given->setFocus();
    QTest::keyClicks(given, u"eyJ.eyJ.sig"_s);
    press(Qt::Key_Return);
    QTRY_COMPARE(lineOf(*m_dialog, u"result"_s), u"An access token that the server refuses."_s);
    QVERIFY(table()->selectedRows().isEmpty());
    table()->selectRow(0); // the same once more
    QTRY_COMPARE(lineOf(*m_dialog, u"result"_s), u"A request that the server refused."_s);
}

void TestWhyRefused::escape_emptiesTheFilter_thenCloses()
{
    open();
    search(u"req-12"_s);
    filterBox()->setFocus();
    press(Qt::Key_Escape);
    QVERIFY(m_dialog && m_dialog->isVisible());
    QTRY_COMPARE(table()->model()->rowCount(), 100);
    press(Qt::Key_Escape);
    QTRY_VERIFY(!m_dialog);
}

void TestWhyRefused::emptyList_saysWhatWillAppear()
{
    m_scene->console.refusalRows.clear();
    open();
    QTRY_VERIFY(saidIn(*m_dialog).join(u'|').contains(u"The server has refused nothing since it was started."_s));
}

void TestWhyRefused::pictures_fit_data()
{
    QTest::addColumn<bool>("pasted");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::newRow("why-refused") << true << false << false;
    QTest::newRow("why-refused-long-dark") << true << true << true;
    QTest::newRow("why-refused-picked") << false << false << false;
    QTest::newRow("why-refused-picked-long") << false << false << true;
}

void TestWhyRefused::pictures_fit()
{
    QFETCH(bool, pasted);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    QApplication::setPalette(palette(dark));
    LongTexts texts;
    if (longTexts)
        QApplication::installTranslator(&texts);
    m_scene->console.refusal = aRefusal();
    open();
    if (pasted) {
        QTest::keyClicks(m_dialog->findChild<QLineEdit *>(u"given"_s), u"eyJ.eyJ.sig"_s);
        QTest::keyClick(m_dialog, Qt::Key_Return);
        QTRY_COMPARE(m_scene->console.askedCount(u"whyRefused"_s), 1);
    } else {
        table()->selectRow(1);
    }
    QVERIFY(settle());
    QVERIFY(savePicture(*m_dialog, QString::fromLatin1(QTest::currentDataTag())));
    QTRY_VERIFY2(clippedIn(*m_dialog).isEmpty(), qPrintable(clippedIn(*m_dialog).join(u'\n')));
    QVERIFY2(m_dialog->width() <= 960 && m_dialog->height() <= 690, qPrintable(u"%1×%2"_s.arg(m_dialog->width()).arg(m_dialog->height())));
    delete m_dialog; // before its texts go
}

QTEST_MAIN(TestWhyRefused)
#include "TestWhyRefused.moc"
