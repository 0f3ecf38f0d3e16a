#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/keys/KeysPage.h"
#include "ui/support/UiTexts.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

class TestKeysPage : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void orders_followTheMoves_data();
    void orders_followTheMoves();
    void order_saysItsEffect_data();
    void order_saysItsEffect();
    void order_thatIsPermittedNoMore_saysSo_data() { order_saysItsEffect_data(); }
    void order_thatIsPermittedNoMore_saysSo();
    void escape_doesNothing();
    void rotate_warnsOfWhoLacksTheNextKey();
    void rotate_saysThatTheAlgorithmChanges();
    void rotate_ofAKeyThatSomebodyRotated_rotatesNoOther();
    void rotate_thatFails_saysWhy();
    void undo_takesARotationBack();
    void undo_ofARevocation_saysWhatStays();
    void undo_isNotOffered_whereNothingCanBeTakenBack();
    void revoke_saysTheNumberOfNow();
    void revoke_thatFailsMidway_canBeFinished();
    void copy_takesTheWholeId();
    void change_whileKeysAreRead_readsThemOnceMore();

private:
    const QString accessKid = u"Zk9Qw3sT1vLr2YxB"_s;
    const QString retiringKid = u"pJ4dM8uKe0HcNa7f"_s;
    const QString standbyKid = u"mN3fLs7tQa5KxC9w"_s;
    const QString refreshKid = u"tR6yWb5iXo1GqVz2"_s;
    const QString csrfKid = u"hC2wQe8zUo4PnTj6"_s;
    static constexpr std::array words {"Rotate…", "Revoke…", "Restore…", "Delete…"};

    /// The page with its table selected at that key, which has the keyboard.
    std::unique_ptr<KeysPage> openAt(const QString &kid);
    static void choose(KeysPage &page, const QString &kid);
    static QPushButton *orderOf(KeysPage &page, KeyMove move) { return button(page, QString::fromUtf8(words.at(size_t(move)))); }
    /// Presses the button by the keyboard, and waits for the question.
    static QMessageBox *ask(KeysPage &page, KeyMove move);
    static QMessageBox *question(KeysPage &page);
    static void takeBack(KeysPage &page);
    KeyView &row(const QString &kid) { return *std::ranges::find(m_scene->console.keyRows, kid, &KeyView::kid); }
};

void TestKeysPage::init()
{
    PageTest::init();
    row(csrfKid).state = KeyState::Revoked;
    row(csrfKid).verifyUntil = m_scene->clock.now() + 9 * 24h;
    row(csrfKid).moves = FakeConsole::movesIn(KeyState::Revoked);
}

std::unique_ptr<KeysPage> TestKeysPage::openAt(const QString &kid)
{
    auto page = openPage<KeysPage>(*m_scene);
    choose(*page, kid);
    tableOf(*page, u"Key ring"_s)->setFocus();
    return page;
}

void TestKeysPage::choose(KeysPage &page, const QString &kid)
{
    auto *table = tableOf(page, u"Key ring"_s);
    const auto found = table->model()->match(table->model()->index(0, 2), Qt::DisplayRole, kid);
    QVERIFY(!found.isEmpty());
    table->selectionModel()->setCurrentIndex(found.first(), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

QMessageBox *TestKeysPage::question(KeysPage &page)
{
    settle();
    for (auto *box : page.findChildren<QMessageBox *>(u"confirm"_s)) {
        if (box->isVisible())
            return box;
    }
    return nullptr;
}

QMessageBox *TestKeysPage::ask(KeysPage &page, KeyMove move)
{
    orderOf(page, move)->setFocus();
    press(Qt::Key_Space);
    return question(page);
}

void TestKeysPage::takeBack(KeysPage &page)
{
    page.activateWindow();
    QVERIFY(comesInFront(&page));
    tableOf(page, u"Key ring"_s)->setFocus();
    press(Qt::Key_Z, Qt::ControlModifier);
}

void TestKeysPage::orders_followTheMoves_data()
{
    QTest::addColumn<KeyState>("state");
    QTest::addColumn<QList<int>>("moves");
    // The window believes what the key says, also where it would have thought otherwise.
    for (const KeyState state : {KeyState::Standby, KeyState::Current, KeyState::Retiring, KeyState::Revoked}) {
        for (int set = 0; set < 16; ++set) {
            QList<int> moves;
            for (int move = 0; move < 4; ++move) {
                if (set & (1 << move))
                    moves += move;
            }
            QTest::addRow("%s %d", namesOf<KeyState>[size_t(state)].data(), set) << state << moves;
        }
    }
}

void TestKeysPage::orders_followTheMoves()
{
    QFETCH(KeyState, state);
    QFETCH(QList<int>, moves);
    KeyView &key = row(retiringKid);
    key.state = state;
    key.moves.clear();
    for (const int move : moves)
        key.moves += KeyMoveView {.move = KeyMove(move), .to = {}};
    const auto page = openPage<KeysPage>(*m_scene);
    for (int move = 0; move < 4; ++move)
        QVERIFY(!orderOf(*page, KeyMove(move))->isEnabled()); // nothing is chosen
    choose(*page, retiringKid);
    for (int move = 0; move < 4; ++move)
        QCOMPARE(orderOf(*page, KeyMove(move))->isEnabled(), moves.contains(move));
    tableOf(*page, u"Key ring"_s)->setFocus();
    press(Qt::Key_Delete);
    QCOMPARE(question(*page) != nullptr, moves.contains(int(KeyMove::Remove)));
}

void TestKeysPage::order_saysItsEffect_data()
{
    QTest::addColumn<QString>("kid");
    QTest::addColumn<KeyMove>("move");
    QTest::addColumn<QString>("effect");
    QTest::addColumn<QString>("order");
    QTest::addColumn<QString>("done");
    QTest::newRow("rotate the access key")
        << accessKid << KeyMove::Rotate
        << u"mN3fLs7tQa5KxC9w, which is published already, signs from now on. Nobody is signed out: the old key goes on verifying what it "
           "signed until that has expired. One consumer of the public keys lacks it: it refuses new tokens until it fetches again."_s
        << u"rotateKey access"_s
        << u"Access tokens are signed with k-fresh-5 from now on. Nobody was signed out: the key before it goes on verifying what it "
           "signed until that has expired."_s;
    QTest::newRow("rotate the refresh key")
        << refreshKid << KeyMove::Rotate
        << u"A new key signs from now on. Nobody is signed out: the old key goes on verifying what it signed until that has expired."_s
        << u"rotateKey refresh"_s
        << u"Refresh tokens are signed with k-fresh-5 from now on. Nobody was signed out: the key before it goes on verifying what it "
           "signed until that has expired."_s;
    QTest::newRow("revoke the access key that signs")
        << accessKid << KeyMove::Revoke
        << u"Another key signs from now on. Its access tokens stop working at once: 38 sessions must refresh. Nobody has to sign in again."_s
        << u"revokeKey Zk9Qw3sT1vLr2YxB"_s << u"Zk9Qw3sT1vLr2YxB is revoked: 38 sessions must refresh."_s;
    QTest::newRow("revoke an access key that verifies")
        << retiringKid << KeyMove::Revoke
        << u"Its access tokens stop working at once: 12 sessions must refresh. Nobody has to sign in again."_s
        << u"revokeKey pJ4dM8uKe0HcNa7f"_s << u"pJ4dM8uKe0HcNa7f is revoked: 12 sessions must refresh."_s;
    QTest::newRow("revoke the refresh key")
        << refreshKid << KeyMove::Revoke
        << u"Another key signs from now on. Its refresh tokens stop working at once: %1 must sign in again, also if this is taken back."_s
               .arg(UiTexts::sessions(1284))
        << u"revokeKey tR6yWb5iXo1GqVz2"_s << u"tR6yWb5iXo1GqVz2 is revoked: %1 ended."_s.arg(UiTexts::sessions(1284));
    QTest::newRow("restore a key that was rotated")
        << retiringKid << KeyMove::Restore
        << u"It signs again. Zk9Qw3sT1vLr2YxB, which signs now, goes on verifying what it signed until that has expired."_s
        << u"restoreKey pJ4dM8uKe0HcNa7f"_s
        << u"pJ4dM8uKe0HcNa7f is restored: Signing. Zk9Qw3sT1vLr2YxB, in whose place it signs, is now: Verifying only."_s;
    QTest::newRow("restore a key that was revoked")
        << csrfKid << KeyMove::Restore << u"What it signed is accepted again until "_s << u"restoreKey hC2wQe8zUo4PnTj6"_s
        << u"hC2wQe8zUo4PnTj6 is restored: Verifying only."_s;
    QTest::newRow("delete a key") << csrfKid << KeyMove::Remove << u"Nothing it signed is accepted any more. This cannot be undone."_s
                                  << u"removeKey hC2wQe8zUo4PnTj6"_s << u"hC2wQe8zUo4PnTj6 is deleted."_s;
}

void TestKeysPage::order_saysItsEffect()
{
    QFETCH(QString, kid);
    QFETCH(KeyMove, move);
    QFETCH(QString, effect);
    QFETCH(QString, order);
    QFETCH(QString, done);
    const auto page = openAt(kid);
    QMessageBox *box = ask(*page, move);
    QVERIFY(box);
    QVERIFY2(box->text().contains(kid), qPrintable(box->text()));
    QVERIFY2(box->informativeText().startsWith(effect), qPrintable(box->informativeText()));
    QCOMPARE(m_scene->console.askedCount(order), 0);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), done);
    QCOMPARE(m_scene->console.askedCount(order), 1);
    QCOMPARE(tableOf(*page, u"Key ring"_s)->model()->rowCount(), m_scene->console.keyRows.size()); // the ring was read anew
}

/// Somebody else was faster, or what it signed has died: the window that shows the old state asks nothing, and orders nothing.
void TestKeysPage::order_thatIsPermittedNoMore_saysSo()
{
    QFETCH(QString, kid);
    QFETCH(KeyMove, move);
    QFETCH(QString, order);
    const auto page = openAt(kid);
    row(kid).moves.clear();
    QVERIFY(!ask(*page, move));
    QCOMPARE(messageOf(*page), u"%1 does not permit that any more: its state has changed."_s.arg(kid));
    QCOMPARE(m_scene->console.askedCount(order), 0);
    QVERIFY(!orderOf(*page, move)->isEnabled());
}

void TestKeysPage::escape_doesNothing()
{
    const auto page = openAt(accessKid);
    QMessageBox *box = ask(*page, KeyMove::Revoke);
    QVERIFY(box);
    QTest::keyClick(box, Qt::Key_Escape);
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"revokeKey"_s), 0);
    QCOMPARE(page->focusWidget(), orderOf(*page, KeyMove::Revoke));
}

void TestKeysPage::rotate_warnsOfWhoLacksTheNextKey()
{
    const auto page = openAt(accessKid);
    for (KeyConsumerView &one : m_scene->console.consumers)
        one.isCurrent = true; // meanwhile they fetched
    QMessageBox *box = ask(*page, KeyMove::Rotate);
    QVERIFY(box);
    QVERIFY2(!box->informativeText().contains(u"lack"_s), qPrintable(box->informativeText()));
}

void TestKeysPage::rotate_saysThatTheAlgorithmChanges()
{
    row(accessKid).nextAlgorithm = u"EdDSA"_s;
    const auto page = openAt(accessKid);
    QMessageBox *box = ask(*page, KeyMove::Rotate);
    QVERIFY(box);
    QVERIFY2(box->informativeText().contains(u"It is the first one for EdDSA."_s), qPrintable(box->informativeText()));
}

/// Two in a row would be ahead of every cache of the public keys. The window need not have heard yet that somebody was faster.
void TestKeysPage::rotate_ofAKeyThatSomebodyRotated_rotatesNoOther()
{
    const auto page = openAt(accessKid);
    QMessageBox *box = ask(*page, KeyMove::Rotate);
    QVERIFY(box);
    row(accessKid).state = KeyState::Retiring;
    const qsizetype keys = m_scene->console.keyRows.size();
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"%1 does not permit that any more: its state has changed."_s.arg(accessKid));
    QVERIFY(settle());
    QCOMPARE(m_scene->console.keyRows.size(), keys);
    QVERIFY(page->problems().isEmpty());
}

void TestKeysPage::rotate_thatFails_saysWhy()
{
    const auto page = openAt(accessKid);
    QMessageBox *box = ask(*page, KeyMove::Rotate);
    QVERIFY(box);
    m_scene->console.failNext(u"rotateKey"_s, {.code = ErrorCode::CryptoFailure, .detail = u"no entropy"_s});
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_VERIFY(messageOf(*page).contains(u"no entropy"_s));
    QVERIFY(orderOf(*page, KeyMove::Rotate)->isEnabled());
}

void TestKeysPage::undo_takesARotationBack()
{
    const auto page = openAt(refreshKid);
    const QSignalSpy done(page.get(), &Page::done);
    QTest::keyClick(ask(*page, KeyMove::Rotate), Qt::Key_Return);
    QTRY_COMPARE(done.size(), 1);
    QVERIFY(done.first().at(1).value<Undo>());
    takeBack(*page);
    QMessageBox *box = question(*page);
    QVERIFY(box);
    QCOMPARE(box->text(), u"Restore the key %1 (Refresh tokens)?"_s.arg(refreshKid));
    QCOMPARE(box->informativeText(), u"It signs again. k-fresh-5, which signs now, has signed nothing yet and stands by again."_s);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"%1 is restored: Signing. k-fresh-5, in whose place it signs, is now: Standby."_s.arg(refreshKid));
    takeBack(*page);
    QVERIFY(!question(*page)); // once
}

void TestKeysPage::undo_ofARevocation_saysWhatStays()
{
    row(refreshKid).verifyUntil = m_scene->clock.now() + 14 * 24h;
    const auto page = openAt(refreshKid);
    const QSignalSpy done(page.get(), &Page::done);
    QTest::keyClick(ask(*page, KeyMove::Revoke), Qt::Key_Return);
    QTRY_COMPARE(done.size(), 1);
    page->findChild<UndoStack *>()->takeBackNewest(); // the button of the message
    QMessageBox *box = question(*page);
    QVERIFY(box);
    QVERIFY2(box->informativeText().startsWith(u"What it signed is accepted again until "_s), qPrintable(box->informativeText()));
    QVERIFY2(box->informativeText().endsWith(u"Sessions that its revocation ended stay ended."_s), qPrintable(box->informativeText()));
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_VERIFY2(messageOf(*page).endsWith(u"%1 that its revocation ended stay ended."_s.arg(UiTexts::sessions(1284))),
                 qPrintable(messageOf(*page)));
}

void TestKeysPage::undo_isNotOffered_whereNothingCanBeTakenBack()
{
    const auto page = openAt(csrfKid);
    const QSignalSpy done(page.get(), &Page::done);
    QTest::keyClick(ask(*page, KeyMove::Remove), Qt::Key_Return);
    QTRY_COMPARE(done.size(), 1);
    QVERIFY(!done.first().at(1).value<Undo>());
    takeBack(*page);
    QVERIFY(!question(*page));
}

/// The page may have been read hours ago, and people go on signing in while the question stands.
void TestKeysPage::revoke_saysTheNumberOfNow()
{
    const auto page = openAt(refreshKid);
    row(refreshKid).sessions = 7;
    QMessageBox *box = ask(*page, KeyMove::Revoke);
    QVERIFY(box);
    QVERIFY2(box->informativeText().contains(u"7 sessions must sign in again"_s), qPrintable(box->informativeText()));
    row(refreshKid).sessions = 9;
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"%1 is revoked: 9 sessions ended. It was 7 sessions when you were asked."_s.arg(refreshKid));
}

void TestKeysPage::revoke_thatFailsMidway_canBeFinished()
{
    const auto page = openAt(refreshKid);
    QMessageBox *box = ask(*page, KeyMove::Revoke);
    QVERIFY(box);
    m_scene->console.failNext(u"revokeKey"_s, {.code = ErrorCode::StorageUnavailable, .trouble = StorageTrouble::Full, .ended = 400});
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page),
                 u"%1 is revoked, but not all that belongs to it is done. The disk is full: not everything could be saved. Free "
                 "some space, then try again. Before that, 400 sessions were ended, and stay so."_s.arg(refreshKid));
    QTRY_VERIFY(!orderOf(*page, KeyMove::Revoke)->isEnabled()); // the ring was read anew
    QCOMPARE(page->problems().last().action, u"Try again"_s);
    page->problems().last().onAction();
    QTRY_COMPARE(m_scene->console.askedCount(u"revokeKey "_s + refreshKid), 2);
    QTRY_VERIFY(page->problems().isEmpty());
}

void TestKeysPage::copy_takesTheWholeId()
{
    row(accessKid).kid = QString(64, u'k');
    const auto page = openAt(QString(64, u'k'));
    button(*page, u"Copy key id"_s)->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(QApplication::clipboard()->text(), QString(64, u'k'));
}

/// The answer on its way may be older than the change.
void TestKeysPage::change_whileKeysAreRead_readsThemOnceMore()
{
    const auto page = openPage<KeysPage>(*m_scene);
    auto *table = tableOf(*page, u"Key ring"_s);
    const QAbstractItemModelTester held(table->model());
    QTRY_COMPARE(table->model()->rowCount(), 5);
    m_scene->console.hold();
    page->refresh();
    for (int i = 0; i < 3; ++i)
        page->apply({KeysChanged {}});
    QCOMPARE(m_scene->console.askedCount(u"keys"_s), 2);
    m_scene->console.keyRows.removeLast();
    m_scene->console.release();
    QTRY_COMPARE(table->model()->rowCount(), 4);
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"keys"_s), 3);
}

QTEST_MAIN(TestKeysPage)
#include "TestKeysPage.moc"
