#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/keys/KeysPage.h"
#include "ui/support/UiTexts.h"

#include <QClipboard>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestKeysPage : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void rotate_saysWhatItMeans();
    void revokeKey_saysWhatItMeans_data();
    void revokeKey_saysWhatItMeans();
    void revokeKey_saysTheNumberOfNow();
    void revokeKey_thatSomebodyElseRevoked_asksNothing();
    void revokeKey_thatFailsMidway_canBeFinished();
    void change_whileKeysAreRead_readsThemOnceMore();

private:
    const QString refreshKid = u"tR6yWb5iXo1GqVz2"_s;
    static void choose(KeysPage &page, const QString &kid);
    /// Presses the button, and waits for the question.
    static QMessageBox *askToRevoke(KeysPage &page, const QString &kid);
};

void TestKeysPage::rotate_saysWhatItMeans()
{
    const auto page = openPage<KeysPage>(*m_scene);
    auto *table = tableOf(*page, u"Key ring"_s);
    QTRY_COMPARE(table->model()->rowCount(), 4);
    button(*page, u"Rotate access key"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_VERIFY(messageOf(*page).contains(u"Nobody was signed out"_s));
    QTRY_COMPARE(table->model()->rowCount(), 5);
    table->selectRow(0);
    button(*page, u"Copy key id"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), u"k-fresh-4"_s);
    m_scene->console.failNext(u"rotateKey"_s, {.code = ErrorCode::CryptoFailure, .detail = u"no entropy"_s});
    button(*page, u"Rotate access key"_s)->click();
    QTRY_VERIFY(messageOf(*page).contains(u"no entropy"_s));
    QVERIFY(button(*page, u"Rotate access key"_s)->isEnabled());
}

void TestKeysPage::revokeKey_saysWhatItMeans_data()
{
    QTest::addColumn<QString>("kid");
    QTest::addColumn<QString>("effect");
    QTest::newRow("the access key that signs")
        << u"Zk9Qw3sT1vLr2YxB"_s
        << u"Another key signs from now on. Its access tokens stop working at once: 38 sessions must refresh. "
           "Nobody has to sign in again."_s;
    QTest::newRow("an access key that verifies")
        << u"pJ4dM8uKe0HcNa7f"_s << u"Its access tokens stop working at once: 12 sessions must refresh. Nobody has to sign in again."_s;
    QTest::newRow("the refresh key")
        << u"tR6yWb5iXo1GqVz2"_s
        << u"Another key signs from now on. Its refresh tokens stop working at once: %1 must sign in again."_s.arg(UiTexts::sessions(1284));
}

void TestKeysPage::revokeKey_saysWhatItMeans()
{
    QFETCH(QString, kid);
    const auto page = openPage<KeysPage>(*m_scene);
    auto *table = tableOf(*page, u"Key ring"_s);
    QTRY_COMPARE(table->model()->rowCount(), 4);
    QVERIFY(!button(*page, u"Revoke key…"_s)->isEnabled()); // nothing is chosen
    choose(*page, kid);
    button(*page, u"Revoke key…"_s)->click();
    QTRY_VERIFY(page->findChild<QMessageBox *>(u"confirm"_s));
    auto *box = page->findChild<QMessageBox *>(u"confirm"_s);
    QTEST(box->informativeText(), "effect");
    QCOMPARE(m_scene->console.askedCount(u"revokeKey"_s), 0);
    box->findChild<QPushButton *>(u"confirmed"_s)->click();
    QTRY_COMPARE(m_scene->console.askedCount(u"revokeKey "_s + kid), 1);
    QTRY_VERIFY(messageOf(*page).contains(kid + u" is revoked"_s));
    QVERIFY2(!messageOf(*page).contains(u"when you were asked"_s), qPrintable(messageOf(*page)));
}

void TestKeysPage::choose(KeysPage &page, const QString &kid)
{
    auto *table = tableOf(page, u"Key ring"_s);
    table->selectRow(table->model()->match(table->model()->index(0, 2), Qt::DisplayRole, kid).first().row());
}

QMessageBox *TestKeysPage::askToRevoke(KeysPage &page, const QString &kid)
{
    choose(page, kid);
    button(page, u"Revoke key…"_s)->setFocus();
    press(Qt::Key_Space);
    (void)QTest::qWaitFor([&page] { return page.findChild<QMessageBox *>(u"confirm"_s); });
    return page.findChild<QMessageBox *>(u"confirm"_s);
}

/// The page may have been read hours ago, and people go on signing in while the question stands.
void TestKeysPage::revokeKey_saysTheNumberOfNow()
{
    const auto page = openPage<KeysPage>(*m_scene);
    QTRY_COMPARE(tableOf(*page, u"Key ring"_s)->model()->rowCount(), 4);
    const auto key = std::ranges::find(m_scene->console.keyRows, refreshKid, &KeyView::kid);
    key->sessions = 7;
    QMessageBox *box = askToRevoke(*page, refreshKid);
    QVERIFY(box);
    QVERIFY2(box->informativeText().contains(u"7 sessions must sign in again"_s), qPrintable(box->informativeText()));
    key->sessions = 9;
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"%1 is revoked: 9 sessions ended. It was 7 sessions when you were asked."_s.arg(refreshKid));
}

void TestKeysPage::revokeKey_thatSomebodyElseRevoked_asksNothing()
{
    const auto page = openPage<KeysPage>(*m_scene);
    QTRY_COMPARE(tableOf(*page, u"Key ring"_s)->model()->rowCount(), 4);
    std::ranges::find(m_scene->console.keyRows, refreshKid, &KeyView::kid)->state = KeyState::Revoked;
    const int before = m_scene->console.askedCount(u"keys"_s);
    choose(*page, refreshKid);
    button(*page, u"Revoke key…"_s)->click();
    QTRY_COMPARE(m_scene->console.askedCount(u"keys"_s), before + 1);
    QVERIFY(settle());
    QVERIFY(!page->findChild<QMessageBox *>(u"confirm"_s));
    QVERIFY(!button(*page, u"Revoke key…"_s)->isEnabled());
}

void TestKeysPage::revokeKey_thatFailsMidway_canBeFinished()
{
    const auto page = openPage<KeysPage>(*m_scene);
    QTRY_COMPARE(tableOf(*page, u"Key ring"_s)->model()->rowCount(), 4);
    QMessageBox *box = askToRevoke(*page, refreshKid);
    QVERIFY(box);
    m_scene->console.failNext(u"revokeKey"_s, {.code = ErrorCode::StorageUnavailable, .trouble = StorageTrouble::Full, .ended = 400});
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page),
                 u"%1 is revoked, but not all that belongs to it is done. The disk is full: not everything could be saved. Free "
                 "some space, then try again. Before that, 400 sessions were ended, and stay so."_s.arg(refreshKid));
    QTRY_VERIFY(!button(*page, u"Revoke key…"_s)->isEnabled()); // the ring was read anew
    QCOMPARE(page->problems().last().action, u"Try again"_s);
    page->problems().last().onAction();
    QTRY_COMPARE(m_scene->console.askedCount(u"revokeKey "_s + refreshKid), 2);
    QTRY_VERIFY(page->problems().isEmpty());
}

/// The answer on its way may be older than the change.
void TestKeysPage::change_whileKeysAreRead_readsThemOnceMore()
{
    const auto page = openPage<KeysPage>(*m_scene);
    auto *table = tableOf(*page, u"Key ring"_s);
    QTRY_COMPARE(table->model()->rowCount(), 4);
    m_scene->console.hold();
    page->refresh();
    for (int i = 0; i < 3; ++i)
        page->apply({KeysChanged {}});
    QCOMPARE(m_scene->console.askedCount(u"keys"_s), 2);
    m_scene->console.keyRows.removeLast();
    m_scene->console.release();
    QTRY_COMPARE(table->model()->rowCount(), 3);
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"keys"_s), 3);
}

QTEST_MAIN(TestKeysPage)
#include "TestKeysPage.moc"
