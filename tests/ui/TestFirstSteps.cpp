#include "core/config/Settings.h"
#include "core/console/ViewsOf.h"
#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/overview/FirstSteps.h"
#include "ui/overview/OverviewPage.h"
#include "ui/overview/first/FirstChoices.h"

#include <QCheckBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What a new server asks, by the keyboard: answered, refused, skipped, resumed.
class TestFirstSteps : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_page.reset(); }
    void answer_isWhatIsStored_data();
    void answer_isWhatIsStored();
    void answer_isReadFromTheSettings_data();
    void answer_isReadFromTheSettings();
    void enter_takesTheDefaults_toTheEnd();
    void account_isCreated_byEnter();
    void account_isRefusedInPlace();
    void skip_createsNobody();
    void users_canBeImported();
    void proxy_isStored_asItWasSaid();
    void tls_needsACertificate();
    void fault_isSaidWhileTyping();
    void refusal_isSaid_andNothingIsLost();
    void lockedSetting_saysWhereItIsSet();
    void whatIsStoredElsewhere_isShownAtOnce();
    void app_isStored_andMailsLeadThere();
    void mailServer_withoutAUser_needsNoLogIn();
    void lastStep_isRemembered_andDoneOnesAreMarked();

private:
    void open();
    void goTo(int step);
    int step() const { return list()->currentRow(); }
    QListWidget *list() const { return m_page->findChild<QListWidget *>(); }
    QLineEdit *field(const QString &name) const { return m_page->findChild<QLineEdit *>(name); }
    void type(const QString &name, const QString &text) const;
    void choose(const QString &chip);
    bool says(const QString &text) const;
    int askedFor(const QString &what) const { return m_scene->console.askedCount(what); }

    std::unique_ptr<OverviewPage> m_page;
};

void TestFirstSteps::init()
{
    m_scene = std::make_unique<Scene>();
    m_scene->console.settingRows = viewsOf(Settings::load(SettingLayers()).value(), u"the file /data/master.key"_s);
}

void TestFirstSteps::open()
{
    m_page = openPage<OverviewPage>(*m_scene);
    m_page->present(m_scene->console.overviewNow);
    QVERIFY(m_page->findChild<FirstSteps *>()->isVisible());
    QVERIFY(settle());
}

void TestFirstSteps::goTo(int step)
{
    list()->setFocus();
    list()->setCurrentRow(step);
}

void TestFirstSteps::type(const QString &name, const QString &text) const
{
    QVERIFY(field(name)->isVisible());
    field(name)->setFocus();
    field(name)->selectAll();
    QTest::keyClicks(field(name), text);
}

void TestFirstSteps::choose(const QString &chip)
{
    button(*m_page, chip)->click();
    QVERIFY(settle());
}

bool TestFirstSteps::says(const QString &text) const
{
    const auto labels = m_page->findChild<FirstSteps *>()->findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&text](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
}

void TestFirstSteps::answer_isWhatIsStored_data()
{
    using Values = first_choices::Values;
    QTest::addColumn<int>("answer");
    QTest::addColumn<Values>("values");
    QTest::addColumn<QStringList>("stored"); // "-": the default
    const auto row = [](const char *name, FirstAnswer answer, const Values &values, const QStringList &stored) {
        QTest::newRow(name) << int(answer) << values << stored;
    };
    const QString listen = u"http.listen"_s;
    row("this computer, as it is", FirstAnswer::ThisComputer, {{listen, u"127.0.0.1:8001"_s}}, {});
    row("this computer, again", FirstAnswer::ThisComputer,
        {{listen, u"127.0.0.1:8000,0.0.0.0:8000"_s}, {u"http.trusted_proxies"_s, u"::1"_s}},
        {u"http.listen=-"_s, u"http.trusted_proxies=-"_s});
    row("a proxy", FirstAnswer::BehindProxy,
        {{listen, u"127.0.0.1:8000"_s}, {u"http.trusted_proxies"_s, u"::1"_s}, {u"tokens.issuer"_s, u"https://auth.example.com"_s}},
        {u"http.listen=127.0.0.1:8000"_s, u"http.trusted_proxies=::1"_s, u"tokens.issuer=https://auth.example.com"_s});
    row("two pages", FirstAnswer::AppAddress, {{u"http.allowed_origins"_s, u" https://a.example ,https://b.example"_s}},
        {u"http.allowed_origins=https://a.example,https://b.example"_s, u"mail.link_base=https://a.example"_s});
    row("an app of its own scheme", FirstAnswer::AppAddress, {{u"http.allowed_origins"_s, u"tauri://localhost"_s}},
        {u"http.allowed_origins=tauri://localhost"_s});
    row("no mails, as it is", FirstAnswer::MailLater, {{u"mail.transport"_s, u"off"_s}}, {});
    row("no mails any more", FirstAnswer::MailLater, {{u"mail.transport"_s, u"smtp"_s}}, {u"mail.transport=file"_s});
    row("a mail server with a user", FirstAnswer::MailServer,
        {{u"mail.smtp_host"_s, u"smtp.example.com"_s}, {u"mail.smtp_user"_s, u"me"_s}, {u"mail.smtp_auth"_s, u"none"_s}},
        {u"mail.smtp_host=smtp.example.com"_s, u"mail.smtp_user=me"_s, u"mail.transport=smtp"_s, u"mail.smtp_auth=password"_s});
    row("a log-in by a token stays so", FirstAnswer::MailServer, {{u"mail.smtp_user"_s, u"me"_s}, {u"mail.smtp_auth"_s, u"xoauth2"_s}},
        {u"mail.smtp_user=me"_s, u"mail.transport=smtp"_s});
}

void TestFirstSteps::answer_isWhatIsStored()
{
    QFETCH(const int, answer);
    QFETCH(const first_choices::Values, values);
    QStringList words;
    for (const auto &[key, value] : first_choices::of(FirstAnswer(answer), values))
        words += key + u'=' + value.value_or(u"-"_s);
    QTEST(words, "stored");
}

void TestFirstSteps::answer_isReadFromTheSettings_data()
{
    QTest::addColumn<QString>("listen");
    QTest::addColumn<QString>("proxies");
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<int>("answer");
    const QString none;
    QTest::newRow("nothing known") << none << none << none << int(FirstAnswer::ThisComputer);
    QTest::newRow("this machine") << u"[::1]:8000,unix:/run/w"_s << none << none << int(FirstAnswer::ThisComputer);
    QTest::newRow("a proxy") << u"10.0.0.8:8000"_s << u"10.0.0.7"_s << none << int(FirstAnswer::BehindProxy);
    QTest::newRow("TLS") << u"127.0.0.1:8443"_s << none << u"/etc/tls.crt"_s << int(FirstAnswer::OwnTls);
    QTest::newRow("open, and no TLS yet") << u"0.0.0.0:8000"_s << none << none << int(FirstAnswer::OwnTls);
}

void TestFirstSteps::answer_isReadFromTheSettings()
{
    QFETCH(const QString, listen);
    QFETCH(const QString, proxies);
    QFETCH(const QString, certificate);
    QFETCH(const int, answer);
    const first_choices::Values values {
        {u"http.listen"_s, listen}, {u"http.trusted_proxies"_s, proxies}, {u"http.tls_certificate"_s, certificate}};
    QCOMPARE(int(first_choices::reachIn(values)), answer);
}

void TestFirstSteps::enter_takesTheDefaults_toTheEnd()
{
    open();
    QCOMPARE(step(), 0);
    QVERIFY(field(u"email"_s)->hasFocus());
    for (int next = 1; next < 5; ++next) {
        press(Qt::Key_Return);
        QCOMPARE(step(), next);
    }
    press(Qt::Key_Return);
    QVERIFY(!m_page->findChild<FirstSteps *>()->isVisible());
    QVERIFY(settle());
    QCOMPARE(askedFor(u"createUser"_s) + askedFor(u"storeSettings"_s), 0);
}

void TestFirstSteps::account_isCreated_byEnter()
{
    open();
    type(u"email"_s, u"ada@example.com"_s);
    QVERIFY(says(u"ada@example.com can sign in with this password, and has the role admin in your app."_s));
    m_page->findChild<QCheckBox *>()->click();
    QVERIFY(says(u"ada@example.com can sign in with this password, and has no role."_s));
    m_page->findChild<QCheckBox *>()->click();
    QVERIFY(button(*m_page, u"Create account"_s)->isVisible());
    type(u"password"_s, u"a long sentence"_s);
    press(Qt::Key_Return);
    QTRY_COMPARE(step(), 1);
    QCOMPARE(askedFor(u"createUser ada@example.com admin"_s), 1);
    QCOMPARE(messageOf(*m_page), u"ada@example.com can sign in now."_s);
    QVERIFY(field(u"password"_s)->text().isEmpty());
}

void TestFirstSteps::account_isRefusedInPlace()
{
    m_scene->console.failNext(u"createUser"_s, {.code = ErrorCode::EmailTaken});
    open();
    type(u"email"_s, u"ada@example.com"_s);
    press(Qt::Key_Return);
    QTRY_VERIFY(says(u"Somebody is registered with this address already."_s));
    QCOMPARE(step(), 0);
    QCOMPARE(field(u"email"_s)->text(), u"ada@example.com"_s);
    m_scene->console.failNext(u"createUser"_s, {.code = ErrorCode::Busy});
    press(Qt::Key_Return);
    QTRY_VERIFY(says(u"The server has too much to do just now"_s));
    press(Qt::Key_Return);
    QTRY_COMPARE(step(), 1);
    QVERIFY(!says(u"The server has too much to do just now"_s));
}

void TestFirstSteps::skip_createsNobody()
{
    open();
    type(u"email"_s, u"ada@example.com"_s);
    button(*m_page, u"Skip"_s)->setFocus();
    press(Qt::Key_Return);
    QCOMPARE(step(), 1);
    QVERIFY(settle());
    QCOMPARE(askedFor(u"createUser"_s), 0);
    QVERIFY(!button(*m_page, u"Skip"_s)->isVisible()); // there is nothing to skip: it is so already
}

void TestFirstSteps::users_canBeImported()
{
    open();
    button(*m_page, u"Import users"_s)->setFocus();
    press(Qt::Key_Return);
    QTRY_VERIFY(m_page->findChild<QFileDialog *>(u"importFile"_s));
    m_page->findChild<QFileDialog *>(u"importFile"_s)->reject();
    QCOMPARE(step(), 0);
}

void TestFirstSteps::proxy_isStored_asItWasSaid()
{
    open();
    goTo(1);
    QVERIFY(says(u"It is so already: there is nothing to store."_s));
    choose(u"Others, by a proxy"_s);
    QCOMPARE(field(u"http.listen"_s)->text(), u"127.0.0.1:8000"_s);
    QCOMPARE(field(u"http.trusted_proxies"_s)->text(), u"127.0.0.1,::1"_s);
    QVERIFY(says(u"nothing → 127.0.0.1, ::1 · Acts at once"_s));
    type(u"tokens.issuer"_s, u"https://auth.example.com"_s);
    QVERIFY(says(u"nothing → https://auth.example.com · Acts after a restart"_s));
    press(Qt::Key_Return);
    QTRY_COMPARE(step(), 2);
    QCOMPARE(askedFor(u"storeSettings http.trusted_proxies=127.0.0.1,::1 tokens.issuer=https://auth.example.com"_s), 1);
    QVERIFY(messageOf(*m_page).startsWith(u"2 settings stored. After a restart"_s));
    QTest::keyClick(m_page.get(), Qt::Key_Z, Qt::ControlModifier);
    agree(*m_page);
    QTRY_COMPARE(askedFor(u"storeSettings http.trusted_proxies=- tokens.issuer=-"_s), 1);
}

void TestFirstSteps::tls_needsACertificate()
{
    open();
    goTo(1);
    choose(u"Others, directly"_s);
    QCOMPARE(field(u"http.listen"_s)->text(), u"0.0.0.0:8000"_s);
    field(u"http.listen"_s)->setFocus();
    press(Qt::Key_Return);
    QVERIFY(says(u"Is needed."_s));
    QVERIFY(field(u"http.tls_certificate"_s)->hasFocus());
    QVERIFY(settle());
    QCOMPARE(askedFor(u"storeSettings"_s), 0);
    type(u"http.tls_certificate"_s, u"/etc/tls.crt"_s);
    type(u"http.tls_key"_s, u"/etc/tls.key"_s);
    QVERIFY(!says(u"Is needed."_s));
    press(Qt::Key_Return);
    QTRY_COMPARE(askedFor(u"storeSettings http.listen=0.0.0.0:8000 http.tls_certificate=/etc/tls.crt http.tls_key=/etc/tls.key"_s), 1);
    choose(u"This computer"_s);
    QVERIFY(!field(u"http.listen"_s)->isVisible());
}

void TestFirstSteps::fault_isSaidWhileTyping()
{
    open();
    goTo(2);
    type(u"http.allowed_origins"_s, u"*"_s);
    QTRY_VERIFY(says(u"wildcard"_s));
    press(Qt::Key_Return);
    QVERIFY(settle());
    QCOMPARE(step(), 2);
    QCOMPARE(askedFor(u"storeSettings"_s), 0);
}

void TestFirstSteps::refusal_isSaid_andNothingIsLost()
{
    open();
    goTo(2);
    m_scene->console.failNext(u"storeSettings"_s, {.code = ErrorCode::Busy});
    type(u"http.allowed_origins"_s, u"https://shop.example.com"_s);
    press(Qt::Key_Return);
    QTRY_VERIFY(says(u"The server has too much to do just now"_s));
    QCOMPARE(step(), 2);
    QCOMPARE(field(u"http.allowed_origins"_s)->text(), u"https://shop.example.com"_s);
}

void TestFirstSteps::lockedSetting_saysWhereItIsSet()
{
    m_scene->fillSettings(); // warder.conf has http.listen
    open();
    goTo(1);
    QVERIFY(!field(u"http.listen"_s)->isEnabled()); // of a server that is open
    QVERIFY(says(u"Set by /etc/warder/warder.conf, line 4"_s));
    choose(u"This computer"_s);
    QVERIFY(says(u"Set by /etc/warder/warder.conf, line 4"_s));
    button(*m_page, u"Next"_s)->click();
    QCOMPARE(step(), 2);
    QVERIFY(settle());
    QCOMPARE(askedFor(u"storeSettings"_s), 0);
}

/// By another window, or a reload; what somebody types is theirs.
void TestFirstSteps::whatIsStoredElsewhere_isShownAtOnce()
{
    open();
    goTo(3);
    choose(u"By a mail server"_s);
    type(u"mail.smtp_host"_s, u"smtp.exa"_s);
    const StoreSettings order {.choices = {{.key = u"http.allowed_origins"_s, .value = u"https://shop.example.com"_s},
                                           {.key = u"mail.smtp_host"_s, .value = u"mx.example.com"_s}}};
    (void)m_scene->console.ask(order);
    QVERIFY(settle());
    QVERIFY(field(u"http.allowed_origins"_s)->text() != u"https://shop.example.com"_s);
    m_page->apply({ServerChanged {}});
    QTRY_COMPARE(field(u"http.allowed_origins"_s)->text(), u"https://shop.example.com"_s);
    QCOMPARE(field(u"mail.smtp_host"_s)->text(), u"smtp.exa"_s);
}

void TestFirstSteps::app_isStored_andMailsLeadThere()
{
    open();
    goTo(2);
    type(u"http.allowed_origins"_s, u"https://shop.example.com"_s);
    press(Qt::Key_Return);
    QTRY_COMPARE(askedFor(u"storeSettings http.allowed_origins=https://shop.example.com mail.link_base=https://shop.example.com"_s), 1);
    QTRY_COMPARE(step(), 3);
}

void TestFirstSteps::mailServer_withoutAUser_needsNoLogIn()
{
    open();
    goTo(3);
    choose(u"By a mail server"_s);
    QCOMPARE(field(u"mail.smtp_password"_s)->echoMode(), QLineEdit::Password);
    type(u"mail.smtp_host"_s, u"smtp.example.com"_s);
    type(u"mail.from"_s, u"auth@example.com"_s);
    press(Qt::Key_Return);
    QTRY_COMPARE(
        askedFor(u"storeSettings mail.transport=smtp mail.smtp_host=smtp.example.com mail.smtp_auth=none mail.from=auth@example.com"_s), 1);
    QTRY_COMPARE(step(), 4);
    QVERIFY(settle()); // the settings are read again
    goTo(3);
    type(u"mail.smtp_user"_s, u"me"_s);
    type(u"mail.smtp_password"_s, u"a secret"_s);
    press(Qt::Key_Return);
    QTRY_COMPARE(askedFor(u"mail.smtp_password=a secret"_s), 2); // judged, and stored
    QTRY_VERIFY(field(u"mail.smtp_password"_s)->text().isEmpty());
}

void TestFirstSteps::lastStep_isRemembered_andDoneOnesAreMarked()
{
    open();
    goTo(2);
    type(u"http.allowed_origins"_s, u"https://shop.example.com"_s);
    press(Qt::Key_Return);
    QTRY_COMPARE(step(), 3);
    m_page.reset();
    m_scene->console.overviewNow.counts->users = 1;
    m_page = openPage<OverviewPage>(*m_scene);
    m_page->present(m_scene->console.overviewNow);
    QVERIFY(!m_page->findChild<FirstSteps *>()->isVisible()); // there is an account
    m_page->showFirstSteps();
    QVERIFY(settle());
    QCOMPARE(step(), 3);
    const auto spoken = [this](int row) { return list()->item(row)->data(Qt::AccessibleTextRole).toString(); };
    QCOMPARE(spoken(0), u"First account, done"_s);
    QCOMPARE(spoken(1), u"Who will use it"_s);
    QTRY_COMPARE(spoken(2), u"Where your app is, done"_s);
}

QTEST_MAIN(TestFirstSteps)
#include "TestFirstSteps.moc"
