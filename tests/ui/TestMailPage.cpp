#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/mail/MailPage.h"
#include "ui/mail/MailTestDialog.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/DetailsPanel.h"
#include "ui/widgets/EmptyState.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// The outbox: what the page says of each mail, what it does about them, which way they go.
class TestMailPage : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void list_saysHowEachFares_data();
    void list_saysHowEachFares();
    void details_sayWhatIsKnown();
    void list_isReadAgain_whileItIsInView();
    void state_filtersTheList();
    void number_ofASearch_isNotMadeUp();
    void retry_triesAtOnce();
    void drop_saysItsEffect_data();
    void drop_saysItsEffect();
    void drop_ofSeveral_takesThoseThatPermitIt();
    void orders_areAboutAllThatIsSelected();
    void drop_ofWhatMovedOn_saysSo();
    void escape_dropsNothing();
    void line_saysWhereMailsGo_data();
    void line_saysWhereMailsGo();
    void line_followsTheMailServer();
    void emptyPage_saysHowToTry_data();
    void emptyPage_saysHowToTry();
    void testMail_saysWhatBecameOfIt_data();
    void testMail_saysWhatBecameOfIt();
    void testMail_withoutAnAddress_isNotSent();
    void failure_isSaidInPlace();
    void problemOfTheServer_leadsHere();

private:
    static DataTable *mailsIn(const QWidget &page) { return tableOf(page, u"Mail"_s); }
    static QString cell(const QWidget &page, int row, int column) { return mailsIn(page)->model()->index(row, column).data().toString(); }
    static QString countOf(const QWidget &page) { return page.findChild<QLabel *>(u"count"_s)->text(); }
    static QStringList linesIn(const QWidget &page);
    static QMessageBox *question(const QWidget &page);
    static QString lineOf(const QWidget &page, const QString &name);
    /// The page with that row selected, which has the keyboard.
    std::unique_ptr<MailPage> openAt(int row);
};

QStringList TestMailPage::linesIn(const QWidget &page)
{
    QStringList lines;
    for (const QLabel *label : page.findChild<DetailsPanel *>()->findChildren<QLabel *>()) {
        if (label->isVisible())
            lines += QString(label->text()).remove(u'\u200b');
    }
    return lines;
}

QMessageBox *TestMailPage::question(const QWidget &page)
{
    settle();
    const auto boxes = page.findChildren<QMessageBox *>(u"confirm"_s);
    return boxes.isEmpty() || !boxes.last()->isVisible() || !comesInFront(boxes.last()) ? nullptr : boxes.last();
}

QString TestMailPage::lineOf(const QWidget &page, const QString &name)
{
    const auto *label = page.findChild<QLabel *>(name);
    return label->isVisible() ? QString(label->text()).remove(u'\u200b') : QString();
}

std::unique_ptr<MailPage> TestMailPage::openAt(int row)
{
    auto page = openPage<MailPage>(*m_scene);
    mailsIn(*page)->selectRow(row);
    mailsIn(*page)->setFocus();
    settle();
    return page;
}

void TestMailPage::list_saysHowEachFares_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("about");
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("turn");
    QTest::addColumn<bool>("canBeTried");
    QTest::newRow("a request") << 0 << u"Request: forgotten password"_s << u"Waiting"_s << u"now"_s << true;
    QTest::newRow("on its way") << 1 << u"Confirm the address"_s << u"Being sent"_s << u"–"_s << false;
    QTest::newRow("tried before") << 2 << u"Reset the password"_s << u"Delayed"_s << u"in 2 min"_s << true;
    QTest::newRow("refused") << 3 << u"Invitation"_s << u"Failed"_s << u"26 h ago"_s << true;
    QTest::newRow("sent") << 4 << u"Sign-in on a new device"_s << u"Sent"_s << u"27 h ago"_s << false;
    QTest::newRow("dropped") << 5 << u"Sign-in link"_s << u"Dropped"_s << u"28 h ago"_s << false;
}

void TestMailPage::list_saysHowEachFares()
{
    QFETCH(const int, row);
    QFETCH(const bool, canBeTried);
    const auto page = openAt(row);
    const QAbstractItemModelTester held(mailsIn(*page)->model());
    QTEST(cell(*page, row, 1), "state");
    QTEST(cell(*page, row, 2), "about");
    QTEST(cell(*page, row, 3), "turn");
    QCOMPARE(button(*page, u"Retry"_s)->isEnabled(), canBeTried);
    QCOMPARE(button(*page, u"Drop"_s)->isEnabled(), canBeTried);
    QCOMPARE(countOf(*page), u"40 mails · 4 waiting · 1 failed"_s);
}

void TestMailPage::details_sayWhatIsKnown()
{
    const auto page = openAt(3);
    const QStringList lines = linesIn(*page);
    for (const QString &line :
         {u"hedy.lamarr2@example.com"_s, u"550 5.1.1 No such user here"_s, u"Deutsch"_s, m_scene->console.mailRows[3].id.toString(),
          u"It was refused for good, or tried too often: it is not tried again by itself. “Retry” queues it once more."_s})
        QVERIFY2(lines.contains(line), qPrintable(line + u" is not in "_s + lines.join(u" | "_s)));
    m_scene->console.mailRows[3].mayRetry = false;
    page->refresh();
    QTRY_VERIFY(linesIn(*page).join(u'|').contains(u"cannot be tried again"_s));
}

/// The journal does not tell of mails.
void TestMailPage::list_isReadAgain_whileItIsInView()
{
    const auto page = openAt(2);
    const int before = m_scene->console.askedCount(u"mails "_s);
    m_scene->console.mailRows[2].state = MailState::Sent;
    m_scene->console.mailRows[2].endedAt = m_scene->clock.now();
    m_scene->console.mailRows[2].mayRetry = false;
    QTRY_VERIFY(m_scene->console.askedCount(u"mails "_s) > before);
    QTRY_COMPARE(cell(*page, 2, 1), u"Sent"_s);
    QCOMPARE(mailsIn(*page)->selectedRows(), QList {2});
    QVERIFY(!button(*page, u"Retry"_s)->isEnabled());
}

void TestMailPage::state_filtersTheList()
{
    const auto page = openPage<MailPage>(*m_scene);
    auto *state = page->findChild<QComboBox *>();
    QCOMPARE(state->accessibleName(), u"State of the mails"_s);
    state->setFocus();
    press(Qt::Key_Down);
    QTRY_COMPARE(countOf(*page), u"3 mails"_s);
    QCOMPARE(m_scene->console.askedCount(u"mails  queued"_s), 1);
    page->remember();
    QCOMPARE(openPage<MailPage>(*m_scene)->findChild<QComboBox *>()->currentText(), u"Waiting"_s);
    page->filterBy({}); // somebody leads here: to all
    QTRY_COMPARE(countOf(*page), u"40 mails · 4 waiting · 1 failed"_s);
    page->activateWindow();
    QVERIFY(comesInFront(page.get()));
    state->setFocus();
    m_scene->console.mailRows.removeIf([](const MailView &mail) { return mail.state == MailState::Failed; });
    for (int i = 0; i < 3; ++i)
        press(Qt::Key_Down);
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
    button(*page, u"Show all mails"_s)->click();
    QTRY_COMPARE(countOf(*page), u"39 mails · 4 waiting"_s);
}

/// The server counts states, not what matches a text: more than was read is not told as a number.
void TestMailPage::number_ofASearch_isNotMadeUp()
{
    const MailView last = m_scene->console.mailRows.last();
    for (int i = 0; i < 400; ++i) {
        m_scene->console.mailRows += last;
        m_scene->console.mailRows.last().id = Id::create(last.createdAt - Seconds {i + 1});
    }
    const auto page = openPage<MailPage>(*m_scene);
    QTRY_COMPARE(countOf(*page), u"440 mails · 4 waiting · 1 failed · the newest 200 were read, scroll for more"_s);
    page->filterBy({.text = u"donald.knuth"_s});
    QTRY_COMPARE(countOf(*page), u"the first 200 were read, scroll for more"_s);
    mailsIn(*page)->sortByColumn(0, Qt::AscendingOrder); // reads all of them first
    QTRY_COMPARE(countOf(*page), u"433 mails"_s);
}

void TestMailPage::retry_triesAtOnce()
{
    const auto page = openAt(3);
    button(*page, u"Retry"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(messageOf(*page), u"One mail is tried now."_s);
    QCOMPARE(m_scene->console.askedCount(u"retryMails 1"_s), 1);
    QTRY_COMPARE(cell(*page, 3, 1), u"Waiting"_s);
}

void TestMailPage::drop_saysItsEffect_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<QString>("effect");
    QTest::newRow("a request") << 0 << u"Drop “Request: forgotten password” to katherine@example.com?"_s
                               << u"It is never sent. Whoever waits for its link or code waits in vain, and may ask for another one. This "
                                  "cannot be undone."_s;
    QTest::newRow("a link") << 2 << u"Drop “Reset the password” to ada.lovelace@example.com?"_s
                            << u"It is never sent. Whoever waits for its link or code waits in vain, and may ask for another one. This "
                               "cannot be undone."_s;
    QTest::newRow("an invitation")
        << 3 << u"Drop “Invitation” to hedy.lamarr2@example.com?"_s
        << u"It is never sent. They cannot sign in until they are invited anew, on the page Users. This cannot be "
           "undone."_s;
    QTest::newRow("a notice")
        << 6 << u"Drop “Password was changed” to tony.hoare@example.com?"_s
        << u"It is never sent. It tells of something that happened to their account, and nothing else tells them. This "
           "cannot be undone."_s;
}

void TestMailPage::drop_saysItsEffect()
{
    QFETCH(const int, row);
    QFETCH(const QString, asked);
    QFETCH(const QString, effect);
    const auto page = openAt(row);
    press(Qt::Key_Delete);
    QMessageBox *box = question(*page);
    QVERIFY(box);
    QCOMPARE(QString(box->text()).remove(u'\u200b'), asked);
    QCOMPARE(box->informativeText(), effect);
    QCOMPARE(m_scene->console.askedCount(u"dropMails"_s), 0);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"Dropped one mail."_s);
    QCOMPARE(m_scene->console.askedCount(u"dropMails 1"_s), 1);
    QTRY_COMPARE(cell(*page, row, 1), u"Dropped"_s);
}

void TestMailPage::drop_ofSeveral_takesThoseThatPermitIt()
{
    const auto page = openAt(0);
    press(Qt::Key_A, Qt::ControlModifier);
    QVERIFY(countOf(*page).endsWith(u"40 selected"_s));
    press(Qt::Key_Delete);
    QMessageBox *box = question(*page);
    QVERIFY(box);
    QCOMPARE(box->text(), u"Drop 4 mails?"_s);
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"Dropped 4 mails."_s);
    QCOMPARE(m_scene->console.askedCount(u"dropMails 4"_s), 1);
}

/// One order takes a thousand.
void TestMailPage::orders_areAboutAllThatIsSelected()
{
    auto &rows = m_scene->console.mailRows;
    MailView mail = rows.first();
    QVERIFY(mail.mayRetry && mail.mayDrop);
    rows.clear();
    for (int i = 0; i < 1500; ++i) {
        mail.id = Id::create(m_scene->clock.now());
        rows += mail;
    }
    const auto page = openAt(0);
    for (int i = 0; i < 100 && mailsIn(*page)->model()->canFetchMore({}); ++i) {
        mailsIn(*page)->model()->fetchMore({});
        QVERIFY(settle());
    }
    press(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(mailsIn(*page)->selectedCount(), 1500);
    button(*page, u"Retry"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(messageOf(*page), u"%1 mails are tried now."_s.arg(UiTexts::count(1500)));
    QCOMPARE(m_scene->console.askedCount(u"retryMails 750"_s), 2);
    button(*page, u"Drop"_s)->setFocus();
    press(Qt::Key_Space);
    QMessageBox *box = question(*page);
    QVERIFY(box);
    QCOMPARE(box->text(), u"Drop %1 mails?"_s.arg(UiTexts::count(1500)));
    rows[3].mayDrop = false; // it went out
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"Dropped %1 mails. One mail had moved on meanwhile, and stays as it is."_s.arg(UiTexts::count(1499)));
    QCOMPARE(m_scene->console.askedCount(u"dropMails 750"_s), 2);
}

void TestMailPage::drop_ofWhatMovedOn_saysSo()
{
    const auto page = openAt(0);
    press(Qt::Key_A, Qt::ControlModifier);
    press(Qt::Key_Delete);
    QMessageBox *box = question(*page);
    QVERIFY(box);
    m_scene->console.mailRows[0].mayDrop = false; // it went out
    QTest::keyClick(box, Qt::Key_Return);
    QTRY_COMPARE(messageOf(*page), u"Dropped 3 mails. One mail had moved on meanwhile, and stays as it is."_s);
}

void TestMailPage::escape_dropsNothing()
{
    const auto page = openAt(2);
    press(Qt::Key_Delete);
    QVERIFY(question(*page));
    QTest::keyClick(question(*page), Qt::Key_Escape);
    QVERIFY(settle());
    QCOMPARE(m_scene->console.askedCount(u"dropMails"_s), 0);
    page->activateWindow();
    QVERIFY(comesInFront(page.get()));
    mailsIn(*page)->selectRow(4); // sent
    mailsIn(*page)->setFocus();
    press(Qt::Key_Delete);
    QVERIFY(!question(*page));
}

void TestMailPage::line_saysWhereMailsGo_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("wrong"); // "!": nothing can be sent; "?": a warning; "t": a template; "h": the hour is full
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("remark");
    const QString smtp = u"smtp"_s;
    const QString server = u"the mail server smtp.example.com:587"_s;
    const QString goes = u"Mails go out by smtp.example.com:587, from no-reply@example.com"_s;
    QTest::newRow("a mail server") << smtp << server << QString() << goes << QString();
    QTest::newRow("off") << u"off"_s << u"nowhere"_s << QString() << u"Mails are turned off"_s
                         << u"Nobody can reset a password, confirm an address or be invited. To try it, set mail.transport = file."_s;
    QTest::newRow("files") << u"file"_s << u"files in /data/my mails"_s << QString()
                           << u"Mails reach nobody: each becomes a file in /data/my mails"_s
                           << u"That is for trying it out. For a server that others use, set mail.transport = smtp."_s;
    QTest::newRow("the log") << u"log"_s << u"the log"_s << QString()
                             << u"Mails reach nobody: subject and link of each become a line of the server’s log"_s
                             << u"That is for trying it out. For a server that others use, set mail.transport = smtp."_s;
    QTest::newRow("something is missing") << smtp << server << u"!mail.from is empty"_s << goes
                                          << u"Nothing can go out as the settings are; mails wait. The reason: “mail.from is empty”"_s;
    QTest::newRow("something is doubtful") << smtp << server << u"?mail.link_base is plain HTTP"_s << goes
                                           << u"Mails go out, but something is wrong. The reason: “mail.link_base is plain HTTP”"_s;
    QTest::newRow("a template has a fault") << smtp << server << u"t"_s << goes
                                            << u"One fault in templates of your own: Warder’s is used in its place. “Preview” says more."_s;
    QTest::newRow("the hour is full") << smtp << server << u"h"_s << goes
                                      << u"As many mails as mail.per_hour allows (500) went out within an hour: the others wait."_s;
}

void TestMailPage::line_saysWhereMailsGo()
{
    QFETCH(const QString, transport);
    QFETCH(const QString, place);
    QFETCH(const QString, wrong);
    MailOverview &mail = m_scene->console.mailNow;
    mail.transport = transport;
    mail.place = place;
    if (wrong.startsWith(u'!'))
        mail.whyNot = wrong.sliced(1);
    if (wrong.startsWith(u'?'))
        mail.warnings = {wrong.sliced(1)};
    if (wrong == u't')
        mail.templateFaults = {u"de/verify_email.txt:7: {{naem}} is no variable of this mail"_s};
    if (wrong == u'h')
        mail.sentLastHour = 500;
    const auto page = openPage<MailPage>(*m_scene);
    QTEST(lineOf(*page, u"transport"_s), "line");
    QTEST(lineOf(*page, u"transportTrouble"_s) + lineOf(*page, u"transportRemark"_s), "remark");
}

void TestMailPage::line_followsTheMailServer()
{
    const auto page = openPage<MailPage>(*m_scene);
    QVERIFY(lineOf(*page, u"transportTrouble"_s).isEmpty());
    OverviewView overview = m_scene->console.overviewNow;
    overview.server.problems = {{.code = u"mail_not_sent"_s,
                                 .detail = u"535 5.7.8 authentication failed"_s,
                                 .since = m_scene->clock.now() - std::chrono::minutes {7}}};
    page->present(overview, true);
    QCOMPARE(lineOf(*page, u"transportTrouble"_s),
             u"The mail server has taken nothing since 7 min ago. Mails wait, and are tried again by themselves. The reason: “535 5.7.8 "
             "authentication failed”"_s);
    page->present(m_scene->console.overviewNow, true);
    QVERIFY(lineOf(*page, u"transportTrouble"_s).isEmpty());
}

void TestMailPage::emptyPage_saysHowToTry_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QString>("said");
    QTest::addColumn<QString>("command");
    QTest::newRow("off") << u"off"_s << u"With mail.transport = file in warder.conf mails are files in a folder"_s << QString();
    QTest::newRow("a mail server") << u"smtp"_s << u"ask for a new password in your app, or in a terminal:"_s
                                   << u"curl http://127.0.0.1:8000/forgot-password -H 'Content-Type: application/json' -d "
                                      "'{\"email\":\"ada@example.com\"}'"_s;
}

void TestMailPage::emptyPage_saysHowToTry()
{
    QFETCH(const QString, transport);
    QFETCH(const QString, said);
    QFETCH(const QString, command);
    m_scene = std::make_unique<Scene>();
    m_scene->console.mailNow.transport = transport;
    const auto page = openPage<MailPage>(*m_scene);
    page->present(m_scene->console.overviewNow, true);
    const auto *empty = page->findChild<EmptyState *>();
    QTRY_VERIFY(empty->isVisible());
    QStringList texts;
    for (const QLabel *label : empty->findChildren<QLabel *>())
        texts += label->text();
    QVERIFY2(texts.join(u'|').contains(said), qPrintable(texts.join(u'|')));
    QCOMPARE(empty->findChild<CopyField *>()->text(), command);
}

void TestMailPage::testMail_saysWhatBecameOfIt_data()
{
    QTest::addColumn<MailTestView>("answer");
    QTest::addColumn<ErrorCode>("refusal"); // Internal: none
    QTest::addColumn<QString>("said");
    QTest::addColumn<bool>("isGood");
    const MailTestView taken {.sent = true, .code = 250, .line = u"250 2.0.0 Ok: queued as 4FzQ"_s, .place = {}};
    const MailTestView file {.sent = true, .code = 0, .line = u"/data/mails/0198.eml"_s, .place = {}};
    const MailTestView refused {.sent = false, .code = 535, .line = u"535 5.7.8 authentication failed"_s, .place = {}};
    QTest::newRow("taken")
        << taken << ErrorCode::Internal
        << u"The mail server took the test mail to ada@example.com: “250 2.0.0 Ok: queued as 4FzQ” Whether it arrives shows "
           "in the mailbox; look among the spam, too."_s
        << true;
    QTest::newRow("a file") << file << ErrorCode::Internal << u"The test mail was written: /data/mails/0198.eml"_s << true;
    QTest::newRow("refused") << refused << ErrorCode::Internal
                             << u"The test mail to ada@example.com did not go out. The reason: “535 5.7.8 authentication failed”"_s
                             << false;
    QTest::newRow("mails are off") << taken << ErrorCode::Conflict << u"Mails are turned off: nothing was sent. Set mail.transport first."_s
                                   << false;
    QTest::newRow("no address") << taken << ErrorCode::InvalidInput
                                << u"The server did not accept this. The reason: “ada is no e-mail address that a mail server takes”"_s
                                << false;
}

void TestMailPage::testMail_saysWhatBecameOfIt()
{
    QFETCH(const MailTestView, answer);
    QFETCH(const ErrorCode, refusal);
    QFETCH(const bool, isGood);
    const auto page = openPage<MailPage>(*m_scene);
    m_scene->console.mailTest = answer;
    if (refusal != ErrorCode::Internal)
        m_scene->console.failNext(u"testMail"_s, {.code = refusal, .detail = u"ada is no e-mail address that a mail server takes"_s});
    button(*page, u"Send a test mail"_s)->setFocus();
    press(Qt::Key_Space);
    auto *dialog = page->findChild<MailTestDialog *>();
    QTRY_VERIFY(dialog->isVisible());
    auto *to = dialog->findChild<QLineEdit *>(u"to"_s);
    QTest::keyClicks(to, u" ada@example.com "_s);
    m_scene->console.hold();
    QTest::keyClick(to, Qt::Key_Return);
    const auto *result = dialog->findChild<QLabel *>(u"result"_s);
    QVERIFY(result->text().startsWith(u"On its way to ada@example.com"_s));
    QVERIFY(!button(*dialog, u"Send"_s)->isEnabled());
    m_scene->console.release();
    QTRY_VERIFY(button(*dialog, u"Send"_s)->isEnabled());
    QTEST(QString(result->text()).remove(u'\u200b'), "said");
    QCOMPARE(m_scene->console.askedCount(u"testMail ada@example.com"_s), 1);
    QCOMPARE(button(*dialog, u"Send"_s)->accessibleDescription(), result->text()); // for who does not see it
    QVERIFY(isGood || dialog->isVisible());
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!page->findChild<MailTestDialog *>());
}

void TestMailPage::testMail_withoutAnAddress_isNotSent()
{
    const auto page = openPage<MailPage>(*m_scene);
    button(*page, u"Send a test mail"_s)->click();
    auto *dialog = page->findChild<MailTestDialog *>();
    QVERIFY(comesInFront(dialog));
    QTest::keyClick(dialog, Qt::Key_Return);
    QCOMPARE(dialog->findChild<QLineEdit *>(u"to"_s)->accessibleDescription(), u"Whom shall it go to?"_s);
    QCOMPARE(m_scene->console.askedCount(u"testMail"_s), 0);
}

void TestMailPage::failure_isSaidInPlace()
{
    m_scene->console.failNext(u"mailOverview"_s, {.code = ErrorCode::StorageFailure, .detail = u"database is locked"_s});
    const auto page = openPage<MailPage>(*m_scene);
    QTRY_VERIFY(messageOf(*page).contains(u"database is locked"_s));
    page->refresh();
    QTRY_VERIFY(page->problems().isEmpty());
    QTRY_VERIFY(!lineOf(*page, u"transport"_s).isEmpty());
}

void TestMailPage::problemOfTheServer_leadsHere()
{
    m_scene->console.overviewNow.server.problems = {
        {.code = u"mail_not_sent"_s, .detail = u"no route to host"_s, .since = m_scene->clock.now()}};
    Desktop desktop(m_scene->context());
    desktop.open();
    QVERIFY(comesInFront(&desktop.window()));
    QTRY_VERIFY(button(desktop.window(), u"Show Mail"_s) && button(desktop.window(), u"Show Mail"_s)->isVisible());
    button(desktop.window(), u"Show Mail"_s)->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(desktop.window().pages().current().objectName(), u"mail"_s);
    QTRY_VERIFY(lineOf(desktop.window(), u"transportTrouble"_s).contains(u"no route to host"_s));
}

QTEST_MAIN(TestMailPage)
#include "TestMailPage.moc"
