#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/users/UsersPage.h"
#include "ui/widgets/DetailsPanel.h"

#include <QDialog>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// What the page Users shows of accounts at providers and of invitations, and how it invites.
class TestInvitations : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void identities_areShown();
    void identities_failure_isSaidInPlace();
    void signIn_namesTheProviders_data();
    void signIn_namesTheProviders();
    void identities_followTheUser();
    void invited_isAState();
    void invite_sendsAMail();
    void invite_refused_isSaidInPlace_data();
    void invite_refused_isSaidInPlace();
    void invitation_canBeSentAgain();
    void invitation_refused_isSaid();

private:
    const int subject = 7;

    UserView &user() { return m_scene->console.userRows[subject]; }
    int invited() const;
    std::unique_ptr<UsersPage> openAt(int row);
    static QStringList linesIn(const QWidget &page);
    static QString cell(const QWidget &page, int row, int column)
    {
        return tableOf(page, u"Users"_s)->model()->index(row, column).data().toString();
    }
};

int TestInvitations::invited() const
{
    const auto &rows = m_scene->console.userRows;
    return int(std::ranges::find_if(rows, [](const UserView &row) { return row.invitedAt.has_value(); }) - rows.begin());
}

std::unique_ptr<UsersPage> TestInvitations::openAt(int row)
{
    auto page = openPage<UsersPage>(*m_scene);
    tableOf(*page, u"Users"_s)->selectRow(row);
    settle();
    return page;
}

QStringList TestInvitations::linesIn(const QWidget &page)
{
    QStringList lines;
    for (const QLabel *label : page.findChild<DetailsPanel *>()->findChildren<QLabel *>()) {
        if (label->isVisible())
            lines += QString(label->text()).remove(u'\u200b');
    }
    return lines;
}

void TestInvitations::identities_areShown()
{
    m_scene->console.identities[user().id] = m_scene->bothIdentities();
    const auto page = openAt(subject);
    const QStringList lines = linesIn(*page);
    for (const QString &line : {u"Providers"_s, u"Google"_s, u"ada@gmail.example · linked 12 days ago · last used 3 h ago"_s,
                                u"Example Company"_s, u"linked 60 days ago · last used 60 days ago · switched off"_s})
        QVERIFY2(lines.contains(line), qPrintable(line + u" is not in "_s + lines.join(u" | "_s)));
    QCOMPARE(lines.filter(u"Providers"_s).size(), 1);
    QCOMPARE(m_scene->console.askedCount(u"identities "_s + user().email), 1);
}

void TestInvitations::identities_failure_isSaidInPlace()
{
    m_scene->console.failNext(u"identities"_s, {.code = ErrorCode::StorageFailure, .detail = u"database is locked"_s});
    const auto page = openAt(subject);
    QVERIFY(linesIn(*page).join(u'|').contains(u"database is locked"_s));
    QVERIFY(page->problems().isEmpty());
    page->refresh();
    QTRY_VERIFY(!linesIn(*page).join(u'|').contains(u"database is locked"_s));
}

void TestInvitations::signIn_namesTheProviders_data()
{
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<bool>("hasPasskeys");
    QTest::addColumn<bool>("hasApp");
    QTest::addColumn<QString>("said");
    const QString hash = u"argon2id"_s;
    QTest::newRow("a provider alone") << QString() << false << false << u"Google only"_s;
    QTest::newRow("beside a password") << hash << false << false << u"Password alone, or Google"_s;
    QTest::newRow("beside a password with a second factor") << hash << false << true << u"Password and second factor, or Google"_s;
    QTest::newRow("beside a passkey") << QString() << true << false << u"Passkey, or Google"_s;
    QTest::newRow("beside all") << hash << true << true << u"Password and second factor, or passkey, or Google"_s;
}

void TestInvitations::signIn_namesTheProviders()
{
    QFETCH(const QString, scheme);
    QFETCH(const bool, hasPasskeys);
    QFETCH(const bool, hasApp);
    QFETCH(const QString, said);
    FactorsView factors {.enabled = hasApp, .totp = {}, .passkeys = {}};
    if (hasPasskeys)
        factors.passkeys = m_scene->everyFactor().passkeys;
    if (hasApp)
        factors.totp = m_scene->everyFactor().totp;
    user().passwordScheme = scheme;
    m_scene->giveFactors(subject, factors);
    m_scene->console.identities[user().id] = m_scene->bothIdentities(); // the other one is switched off
    const auto page = openAt(subject);
    QVERIFY2(linesIn(*page).contains(said), qPrintable(linesIn(*page).join(u'|')));
}

void TestInvitations::identities_followTheUser()
{
    const auto page = openAt(subject);
    QVERIFY(!linesIn(*page).contains(u"Google"_s));
    m_scene->console.identities[user().id] = m_scene->bothIdentities();
    page->apply({UserSignedIn {.id = user().id, .at = m_scene->clock.now()}});
    QTRY_VERIFY(linesIn(*page).contains(u"Google"_s));
    tableOf(*page, u"Users"_s)->selectRow(subject + 1);
    QTRY_VERIFY(!linesIn(*page).contains(u"Google"_s));
}

void TestInvitations::invited_isAState()
{
    const int row = invited();
    const auto page = openAt(row);
    QCOMPARE(cell(*page, row, 3), u"Invited"_s);
    QVERIFY2(linesIn(*page).contains(u"Invited 26 h ago, and has not set a password yet: nobody can sign in to this account."_s),
             qPrintable(linesIn(*page).join(u'|')));
    QVERIFY(button(*page, u"Send invitation again"_s)->isVisible());
    tableOf(*page, u"Users"_s)->selectRow(subject);
    settle();
    QVERIFY(!button(*page, u"Send invitation again"_s)->isVisible());
}

void TestInvitations::invite_sendsAMail()
{
    const auto page = openPage<UsersPage>(*m_scene);
    button(*page, u"Invite"_s)->setFocus();
    press(Qt::Key_Space);
    auto *dialog = page->findChild<QDialog *>();
    QVERIFY(comesInFront(dialog));
    QTRY_VERIFY(dialog->isVisible());
    QTRY_VERIFY(dialog->findChild<QLineEdit *>(u"email"_s)->hasFocus());
    QVERIFY(!dialog->findChild<QLineEdit *>(u"password"_s));
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"email"_s), u" zz@example.com"_s);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"name"_s), u"Zoe"_s);
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"roles"_s), u"editor"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"Invited zz@example.com: the page Mail says whether the mail went out."_s);
    QCOMPARE(m_scene->console.askedCount(u"inviteUser zz@example.com editor"_s), 1);
}

void TestInvitations::invite_refused_isSaidInPlace_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("said");
    QTest::newRow("somebody has the address") << ErrorCode::EmailTaken << u"Somebody is registered with this address already."_s;
    QTest::newRow("mails are off") << ErrorCode::NotConfigured << u"mail.transport"_s;
}

void TestInvitations::invite_refused_isSaidInPlace()
{
    QFETCH(const ErrorCode, code);
    QFETCH(const QString, said);
    const auto page = openPage<UsersPage>(*m_scene);
    button(*page, u"Invite"_s)->click();
    auto *dialog = page->findChild<QDialog *>();
    QVERIFY(comesInFront(dialog));
    m_scene->console.failNext(u"inviteUser"_s, {.code = code, .detail = {}});
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"email"_s), u"zz@example.com"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    const auto texts = [dialog] {
        QStringList all;
        for (const QLabel *label : dialog->findChildren<QLabel *>())
            all += label->isVisible() ? label->text() : QString();
        return all.join(u'|');
    };
    QTRY_VERIFY2(texts().contains(said), qPrintable(texts()));
    QCOMPARE(dialog->findChild<QLineEdit *>(u"email"_s)->text(), u"zz@example.com"_s);
}

void TestInvitations::invitation_canBeSentAgain()
{
    const int row = invited();
    const auto page = openAt(row);
    button(*page, u"Send invitation again"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(QString(messageOf(*page)).remove(u'\u200b'),
                 u"Sent another invitation to %1."_s.arg(m_scene->console.userRows[row].email));
    QCOMPARE(m_scene->console.askedCount(u"resendInvitation "_s + m_scene->console.userRows[row].email), 1);
    QVERIFY(linesIn(*page).join(u'|').contains(u"Invited just now"_s));
}

void TestInvitations::invitation_refused_isSaid()
{
    const auto page = openAt(invited());
    m_scene->console.failNext(u"resendInvitation"_s, {.code = ErrorCode::Conflict, .detail = u"its owner has accepted the invitation"_s});
    button(*page, u"Send invitation again"_s)->click();
    QTRY_COMPARE(page->problems().size(), 1);
    QVERIFY(messageOf(*page).contains(u"It changed meanwhile"_s));
}

QTEST_MAIN(TestInvitations)
#include "TestInvitations.moc"
