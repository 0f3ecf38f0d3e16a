#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/Toast.h"

#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// What the page Users shows of second factors, and how it resets them.
class TestUserFactors : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void details_sayWhatThereIs_data();
    void details_sayWhatThereIs();
    void details_areReadOnce_whileTheSelectionMoves();
    void details_areOfTheNewestUser_whileAnAnswerIsOnItsWay();
    void details_followTheUser();
    void failure_isSaidInPlace();
    void missingFactor_isRemarked();
    void reset_saysItsEffect_data();
    void reset_saysItsEffect();
    void reset_takesPasskeys_whereAProviderIsLeft();
    void reset_ofNothing_saysWhyNot_data();
    void reset_ofNothing_saysWhyNot();
    void reset_tellsWhatTheAnswerSays();
    void reset_ofWhatHasGoneMeanwhile_isNotAsked();
    void reset_pressedTwice_asksOnce();
    void reset_refused_isSaid();
    void escape_resetsNothing();
    void lockedOutUser_getsIn_bySixKeys();

private:
    const int subject = 7;

    /// The page with one user of ours at that place of the list, and that one selected.
    std::unique_ptr<UsersPage> openAt(const FactorsView &factors, const QString &scheme = u"argon2id"_s);
    UserView &user() { return m_scene->console.userRows[subject]; }
    /// The lines of the panel that are shown.
    static QStringList linesIn(const QWidget &page);
    static QString resetTip(const QWidget &page) { return button(page, u"Reset second factors"_s)->toolTip(); }
    static QMessageBox *pressReset(const QWidget &page);
};

std::unique_ptr<UsersPage> TestUserFactors::openAt(const FactorsView &factors, const QString &scheme)
{
    user().passwordScheme = scheme;
    m_scene->giveFactors(subject, factors);
    auto page = openPage<UsersPage>(*m_scene);
    tableOf(*page, u"Users"_s)->selectRow(subject);
    settle();
    return page;
}

QStringList TestUserFactors::linesIn(const QWidget &page)
{
    QStringList lines;
    for (const QLabel *label : page.findChild<DetailsPanel *>()->findChildren<QLabel *>()) {
        if (label->isVisible())
            lines += QString(label->text()).remove(u'\u200b');
    }
    return lines;
}

QMessageBox *TestUserFactors::pressReset(const QWidget &page)
{
    button(page, u"Reset second factors"_s)->setFocus();
    press(Qt::Key_Space);
    settle();
    auto *box = page.findChild<QMessageBox *>(u"confirm"_s);
    return box && box->isVisible() ? box : nullptr;
}

void TestUserFactors::details_sayWhatThereIs_data()
{
    QTest::addColumn<FactorsView>("factors");
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QStringList>("there");
    QTest::addColumn<QStringList>("notThere");
    const FactorsView all = Scene().everyFactor();
    FactorsView spent = all;
    spent.passkeys.clear();
    spent.recoveryCodesLeft = 0;
    spent.trustedDevices = 0;
    const FactorsView passkeys {.totp = {}, .passkeys = all.passkeys};
    const QString bcrypt = u"bcrypt"_s;
    const QStringList groups {u"Authenticator apps"_s, u"Passkeys"_s, u"Recovery codes"_s, u"Trusted browsers"_s};
    QTest::newRow("everything") << all << bcrypt
                                << groups
                                       + QStringList {u"Password and second factor, or passkey"_s,
                                                      u"Pixel 9"_s,
                                                      u"added 41 days ago · last used 3 h ago"_s,
                                                      u"Tablet"_s,
                                                      u"added 40 days ago · never used"_s,
                                                      u"MacBook"_s,
                                                      u"synced · added 12 days ago · last used 20 min ago"_s,
                                                      u"on one device · added 12 days ago · last used 5 days ago"_s,
                                                      u"Without a name"_s,
                                                      u"8 left"_s}
                                << QStringList();
    QTest::newRow("nothing") << FactorsView() << bcrypt << QStringList {u"Password only"_s} << groups;
    QTest::newRow("codes spent") << spent << bcrypt << QStringList {u"Password and second factor"_s, u"none left"_s}
                                 << QStringList {groups[1], groups[3]};
    QTest::newRow("passkeys beside a password")
        << passkeys << bcrypt << QStringList {u"Password alone, or passkey"_s, groups[1]} << QStringList {groups[0], groups[2]};
    FactorsView required = passkeys;
    required.required = true;
    QTest::newRow("a passkey where a factor is required")
        << required << bcrypt << QStringList {u"Password and second factor, or passkey"_s, groups[1]} << QStringList();
    QTest::newRow("no password") << passkeys << QString() << QStringList {u"Passkey only"_s} << QStringList {groups[0]};
    QTest::newRow("no password, no passkey") << FactorsView() << QString() << QStringList {u"Nothing yet"_s} << groups;
}

void TestUserFactors::details_sayWhatThereIs()
{
    QFETCH(const FactorsView, factors);
    QFETCH(const QString, scheme);
    QFETCH(const QStringList, there);
    QFETCH(const QStringList, notThere);
    const auto page = openAt(factors, scheme);
    const QStringList lines = linesIn(*page);
    for (const QString &line : there)
        QVERIFY2(lines.contains(line), qPrintable(line + u" is not in "_s + lines.join(u" | "_s)));
    for (const QString &line : notThere)
        QVERIFY2(!lines.contains(line), qPrintable(line));
    QCOMPARE(m_scene->console.askedCount(u"findFactors"_s), 1);
}

void TestUserFactors::details_areReadOnce_whileTheSelectionMoves()
{
    const auto page = openPage<UsersPage>(*m_scene);
    auto *table = tableOf(*page, u"Users"_s);
    for (int row = 0; row <= 60; ++row)
        table->selectRow(row); // no event is handled in between: a key that is held down
    QCOMPARE(m_scene->console.askedCount(u"findFactors"_s), 1);
    QTRY_COMPARE(m_scene->console.askedCount(u"findFactors"_s), 2);
    QCOMPARE(m_scene->console.asked.filter(u"findFactors"_s).last(), u"findFactors "_s + m_scene->console.userRows[60].email);
    QTRY_VERIFY(!linesIn(*page).contains(u"Reading…"_s));
}

void TestUserFactors::details_areOfTheNewestUser_whileAnAnswerIsOnItsWay()
{
    m_scene->giveFactors(3, m_scene->everyFactor());
    m_scene->giveFactors(4, {});
    const auto page = openPage<UsersPage>(*m_scene);
    m_scene->console.hold();
    auto *table = tableOf(*page, u"Users"_s);
    table->selectRow(3);
    table->selectRow(4);
    QTest::qWait(0);
    QVERIFY(linesIn(*page).contains(u"Reading…"_s));
    QVERIFY(!button(*page, u"Reset second factors"_s)->isEnabled());
    m_scene->console.release();
    m_scene->console.hold(); // the second answer
    QTRY_COMPARE(m_scene->console.askedCount(u"findFactors"_s), 2);
    settle();
    QVERIFY(!linesIn(*page).contains(u"Pixel 9"_s)); // the first one was somebody else's
    m_scene->console.release();
    QTRY_VERIFY(linesIn(*page).contains(u"Password only"_s));
}

void TestUserFactors::details_followTheUser()
{
    const auto page = openAt({});
    const auto asked = [this] { return m_scene->console.askedCount(u"findFactors"_s); };
    m_scene->giveFactors(subject, m_scene->everyFactor());
    page->apply({m_scene->console.userRows[subject + 1]});
    QCOMPARE(asked(), 1); // somebody else
    page->apply({user()});
    QTRY_VERIFY(linesIn(*page).contains(u"Pixel 9"_s));
    QCOMPARE(asked(), 2);
    m_scene->console.factors[user().id].recoveryCodesLeft = 7;
    page->apply({UserSignedIn {.id = user().id, .at = m_scene->clock.now()}});
    QTRY_VERIFY(linesIn(*page).contains(u"7 left"_s));
    m_scene->console.factors[user().id].recoveryCodesLeft = 10;
    page->refresh(); // F5
    QTRY_VERIFY(linesIn(*page).contains(u"10 left"_s));
    QCOMPARE(asked(), 4);
}

void TestUserFactors::failure_isSaidInPlace()
{
    m_scene->console.failNext(u"findFactors"_s, {.code = ErrorCode::StorageFailure, .detail = u"database is locked"_s});
    const auto page = openAt(m_scene->everyFactor());
    QVERIFY(linesIn(*page).join(u'|').contains(u"database is locked"_s));
    QVERIFY(!button(*page, u"Reset second factors"_s)->isEnabled());
    QVERIFY(page->problems().isEmpty());
    page->refresh();
    QTRY_VERIFY(linesIn(*page).contains(u"Pixel 9"_s));
}

void TestUserFactors::missingFactor_isRemarked()
{
    const QString remark = u"There is no second factor yet: the next sign-in asks to set one up."_s;
    QVERIFY(linesIn(*openAt({.required = true, .totp = {}, .passkeys = {}})).contains(remark));
    QVERIFY(!linesIn(*openAt({.totp = {}, .passkeys = {}})).contains(remark));
    FactorsView all = m_scene->everyFactor();
    all.required = true;
    QVERIFY(!linesIn(*openAt(all)).contains(remark));
}

void TestUserFactors::reset_saysItsEffect_data()
{
    QTest::addColumn<FactorsView>("factors");
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<int>("sessions");
    QTest::addColumn<QString>("effect");
    const QString owner = u"\n\nMake sure first that it is the owner of the account who asks."_s;
    const FactorsView all = Scene().everyFactor();
    QTest::newRow("everything")
        << all << u"argon2id"_s << 3
        << u"This goes, and cannot be brought back: 2 authenticator apps · 3 passkeys · 8 recovery codes · 2 trusted "
           "browsers. 3 sessions end with the next request. The password alone signs in again."_s
               + owner;
    FactorsView one {.enabled = true, .required = true, .totp = all.totp.first(1), .passkeys = {}, .recoveryCodesLeft = 1};
    QTest::newRow("one, required") << one << u"argon2id"_s << 1
                                   << u"This goes, and cannot be brought back: one authenticator app · one recovery code. One session ends "
                                      "with the next request. At the next sign-in the password is enough to set up a new second factor."_s
                                          + owner;
    FactorsView bare {.enabled = true, .totp = all.totp, .passkeys = all.passkeys};
    QTest::newRow("no password") << bare << QString() << 0
                                 << u"This goes, and cannot be brought back: 2 authenticator apps. No session is open. The account has no "
                                    "password, so its passkeys stay. If they are lost, too, set a password first."_s
                                        + owner;
}

void TestUserFactors::reset_saysItsEffect()
{
    QFETCH(const FactorsView, factors);
    QFETCH(const QString, scheme);
    QFETCH(const int, sessions);
    QFETCH(const QString, effect);
    for (int i = 0; i < sessions; ++i)
        m_scene->console.sessionRows[i].userId = user().id;
    const auto page = openAt(factors, scheme);
    const QMessageBox *box = pressReset(*page);
    QVERIFY(box);
    QCOMPARE(box->text().remove(u'\u200b'), u"Reset the second factors of %1?"_s.arg(user().email));
    QCOMPARE(box->informativeText(), effect);
    QCOMPARE(m_scene->console.askedCount(u"resetFactors"_s), 0);
    press(Qt::Key_Return);
    settle();
    QCOMPARE(m_scene->console.askedCount(u"resetFactors "_s + user().email), 1);
    QVERIFY2(messageOf(*page).startsWith(u"Taken from "_s), qPrintable(messageOf(*page)));
    QVERIFY(!linesIn(*page).contains(u"Authenticator apps"_s));
    QVERIFY(!button(*page, u"Reset second factors"_s)->isEnabled());
}

void TestUserFactors::reset_takesPasskeys_whereAProviderIsLeft()
{
    m_scene->console.identities[user().id] = m_scene->bothIdentities();
    const auto page = openAt({.totp = {}, .passkeys = m_scene->everyFactor().passkeys}, QString());
    const QMessageBox *box = pressReset(*page);
    QVERIFY(box);
    QVERIFY2(box->informativeText().contains(u"3 passkeys"_s), qPrintable(box->informativeText()));
    QVERIFY2(box->informativeText().contains(u"The provider alone signs in again."_s), qPrintable(box->informativeText()));
    press(Qt::Key_Return);
    settle();
    QVERIFY2(messageOf(*page).contains(u"3 passkeys"_s), qPrintable(messageOf(*page)));
}

void TestUserFactors::reset_ofNothing_saysWhyNot_data()
{
    QTest::addColumn<FactorsView>("factors");
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QString>("why");
    QTest::newRow("nothing there") << FactorsView() << u"argon2id"_s << u"This user has no second factor: there is nothing to reset."_s;
    QTest::newRow("the only way in") << FactorsView {.totp = {}, .passkeys = Scene().everyFactor().passkeys} << QString()
                                     << u"The passkeys are this user’s only way in, so they stay. Set a password first; then they can be "
                                        "reset."_s;
}

void TestUserFactors::reset_ofNothing_saysWhyNot()
{
    QFETCH(const FactorsView, factors);
    QFETCH(const QString, scheme);
    const auto page = openAt(factors, scheme);
    QVERIFY(!button(*page, u"Reset second factors"_s)->isEnabled());
    QTEST(resetTip(*page), "why");
}

void TestUserFactors::reset_tellsWhatTheAnswerSays()
{
    const auto page = openAt(m_scene->everyFactor());
    QVERIFY(pressReset(*page));
    m_scene->console.factors[user().id] = {.enabled = true, .totp = m_scene->everyFactor().totp.first(1), .passkeys = {}};
    press(Qt::Key_Return);
    settle();
    QCOMPARE(messageOf(*page).remove(u'\u200b'),
             u"Taken from %1: one authenticator app. All their sessions have ended."_s.arg(user().email));
}

void TestUserFactors::reset_ofWhatHasGoneMeanwhile_isNotAsked()
{
    const auto page = openAt(m_scene->everyFactor());
    m_scene->console.factors.clear();
    QVERIFY(!pressReset(*page));
    QCOMPARE(messageOf(*page), u"This user has no second factor: there is nothing to reset."_s);
    QVERIFY(!button(*page, u"Reset second factors"_s)->isEnabled());
}

void TestUserFactors::reset_pressedTwice_asksOnce()
{
    const auto page = openAt(m_scene->everyFactor());
    m_scene->console.hold();
    for (int i = 0; i < 2; ++i)
        button(*page, u"Reset second factors"_s)->click();
    QCOMPARE(m_scene->console.askedCount(u"findFactors"_s), 2); // one of the details, one of the question
    m_scene->console.release();
    QTRY_COMPARE(page->findChildren<QMessageBox *>().size(), 1);
}

void TestUserFactors::reset_refused_isSaid()
{
    const auto page = openAt(m_scene->everyFactor());
    m_scene->console.failNext(u"countSessions"_s, {.code = ErrorCode::Busy, .detail = {}});
    QVERIFY(!pressReset(*page));
    QCOMPARE(page->problems().size(), 1);
    m_scene->console.failNext(u"resetFactors"_s, {.code = ErrorCode::StorageFailure, .detail = u"database is locked"_s});
    QVERIFY(pressReset(*page));
    press(Qt::Key_Return);
    settle();
    QVERIFY(messageOf(*page).contains(u"database is locked"_s));
    QVERIFY(linesIn(*page).contains(u"Pixel 9"_s));
}

void TestUserFactors::escape_resetsNothing()
{
    const auto page = openAt(m_scene->everyFactor());
    QVERIFY(pressReset(*page));
    press(Qt::Key_Escape);
    settle();
    QCOMPARE(m_scene->console.askedCount(u"resetFactors"_s), 0);
}

/// From wherever the admin is: the page, the address, the search, the list, the row, the button, yes.
void TestUserFactors::lockedOutUser_getsIn_bySixKeys()
{
    m_scene->giveFactors(subject, m_scene->everyFactor());
    Desktop desktop(m_scene->context());
    MainWindow &window = desktop.window();
    desktop.open();
    window.activateWindow();
    QVERIFY(comesInFront(&window));
    press(Qt::Key_3, Qt::ControlModifier);
    settle();
    type(user().email);
    press(Qt::Key_Return);
    auto *table = tableOf(window, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 1);
    QTRY_VERIFY(table->isEnabled());
    press(Qt::Key_Down);
    press(Qt::Key_Space);
    QTRY_VERIFY(button(window, u"Reset second factors"_s)->isEnabled());
    press(Qt::Key_F, Qt::AltModifier);
    QTRY_VERIFY(window.findChild<QMessageBox *>(u"confirm"_s));
    press(Qt::Key_Return);
    QTRY_COMPARE(m_scene->console.askedCount(u"resetFactors "_s + user().email), 1);
    QTRY_VERIFY(window.toast().text().startsWith(u"Taken from "_s));
}

QTEST_MAIN(TestUserFactors)
#include "TestUserFactors.moc"
