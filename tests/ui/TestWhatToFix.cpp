#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/Sidebar.h"
#include "ui/overview/Fixes.h"
#include "ui/overview/OverviewPage.h"
#include "ui/overview/WhatToFix.h"
#include "ui/users/UsersPage.h"

#include <QHeaderView>
#include <QLabel>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Overview's list of what to fix next.
class TestWhatToFix : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void admins_areCounted_data();
    void admins_areCounted();
    void settings_areJudged_data();
    void settings_areJudged();
    void mails_areJudged_data();
    void mails_areJudged();
    void missingBackups_areTold_data();
    void missingBackups_areTold();
    void passkeysOfOtherHosts_areTold_data();
    void passkeysOfOtherHosts_areTold();
    void panel_comesAndGoes();
    void button_leadsToTheAdmins();
    void whatIsMendedElsewhere_isGone_whenThePageIsSeenAgain();
    void whatIsMendedElsewhere_isGone_onceItIsTold();
    void oldKey_marksThePageKeys_data();
    void oldKey_marksThePageKeys();
    void order_thatAJumpSet_isNotRemembered();

private:
    static QStringList textsOf(const QList<Fix> &fixes);
    static QStringList shownIn(const OverviewPage &page);
    static SettingView setting(const QString &key, const QString &value)
    {
        return {.key = key, .value = value, .defaultValue = {}, .sourceName = {}, .text = {}};
    }
};

QStringList TestWhatToFix::textsOf(const QList<Fix> &fixes)
{
    QStringList texts;
    for (const Fix &fix : fixes)
        texts += fix.text;
    return texts;
}

QStringList TestWhatToFix::shownIn(const OverviewPage &page)
{
    QStringList texts;
    for (const QLabel *label : page.findChild<WhatToFix *>()->findChildren<QLabel *>()) {
        if (label->isVisible() && label->wordWrap())
            texts += label->text();
    }
    return texts;
}

void TestWhatToFix::admins_areCounted_data()
{
    QTest::addColumn<int>("admins"); // -1: the database cannot be read
    QTest::addColumn<QString>("required");
    QTest::addColumn<QString>("begins");
    QTest::newRow("none") << 0 << u"none"_s << QString();
    QTest::newRow("one") << 1 << u"none"_s << u"One admin signs in with a password alone. Have them"_s;
    QTest::newRow("two") << 2 << u"none"_s << u"2 admins sign in with a password alone. Have them"_s;
    QTest::newRow("two, of whom a factor is demanded") << 2 << u"admins"_s << u"2 admins have no second factor yet. Their next sign-in"_s;
    QTest::newRow("settings unknown") << 1 << QString() << u"One admin signs in with a password alone"_s;
    QTest::newRow("unknown") << -1 << u"none"_s << u"Whether admins sign in with a password alone is not known"_s;
}

void TestWhatToFix::admins_areCounted()
{
    QFETCH(const int, admins);
    QFETCH(const QString, required);
    QFETCH(const QString, begins);
    OverviewView overview {.server = {}, .counts = OverviewCounts(), .signingKeySince = {}};
    overview.counts->bareAdmins = admins;
    if (admins < 0)
        overview.counts.reset();
    const auto fixes =
        Fixes::of({.overview = overview,
                   .settings = required.isEmpty() ? QList<SettingView>() : QList<SettingView> {setting(u"mfa.required"_s, required)}});
    QCOMPARE(fixes.size(), begins.isEmpty() ? 0 : 1);
    if (begins.isEmpty())
        return;
    QVERIFY2(fixes.first().text.startsWith(begins), qPrintable(fixes.first().text));
    QCOMPARE(fixes.first().page, u"users"_s);
    QCOMPARE(fixes.first().tone, admins < 0 ? Tone::Neutral : Tone::Warning);
}

void TestWhatToFix::settings_areJudged_data()
{
    QTest::addColumn<QString>("listen");
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("proxies");
    QTest::addColumn<QString>("origins");
    QTest::addColumn<bool>("cookiesInsecure");
    QTest::addColumn<bool>("isPlain");
    QTest::addColumn<bool>("areCookiesInDanger");
    const QString here = u"127.0.0.1:8000,[::1]:8000,localhost:8001,unix:/run/warder/warder.sock"_s;
    const QString app = u"http://localhost:3000,http://127.0.0.1:3000,http://[::1]:3000"_s;
    const QString shop = u"https://shop.example.com"_s;
    const QString none;
    QTest::newRow("development") << here << none << none << app << true << false << false;
    QTest::newRow("behind a proxy of this machine") << here << none << none << shop << false << false << false;
    QTest::newRow("a site with cookies for development") << here << none << none << shop << true << false << true;
    QTest::newRow("behind a proxy, with cookies for development") << here << none << u"10.0.0.7"_s << app << true << false << true;
    QTest::newRow("on all addresses") << u"0.0.0.0:8000"_s << none << none << app << false << true << false;
    QTest::newRow("on all addresses, with cookies for development") << u"[::]:8000"_s << none << none << app << true << true << true;
    QTest::newRow("on all addresses, with TLS") << u"0.0.0.0:443"_s << u"/etc/warder/tls.crt"_s << none << shop << false << false << false;
    QTest::newRow("on all addresses, behind a proxy") << u"0.0.0.0:8000"_s << none << u"10.0.0.0/8"_s << shop << false << false << false;
    QTest::newRow("a public address") << u"127.0.0.1:8000,192.0.43.8:8000"_s << none << none << app << false << true << false;
    QTest::newRow("a public address of IPv6") << u"[2a01:4f8::1]:8000"_s << none << none << app << false << true << false;
    QTest::newRow("an address of one's own network") << u"192.168.1.7:8000"_s << none << none << app << false << false << false;
}

void TestWhatToFix::settings_areJudged()
{
    QFETCH(const QString, listen);
    QFETCH(const QString, certificate);
    QFETCH(const QString, proxies);
    QFETCH(const QString, origins);
    QFETCH(const bool, cookiesInsecure);
    QFETCH(const bool, isPlain);
    QFETCH(const bool, areCookiesInDanger);
    const OverviewView overview {.server = {}, .counts = OverviewCounts(), .signingKeySince = {}};
    const QStringList texts =
        textsOf(Fixes::of({.overview = overview,
                           .settings = {setting(u"http.listen"_s, listen), setting(u"http.tls_certificate"_s, certificate),
                                        setting(u"http.trusted_proxies"_s, proxies), setting(u"http.allowed_origins"_s, origins),
                                        setting(u"http.cookies_insecure"_s, cookiesInsecure ? u"true"_s : u"false"_s)}}));
    QCOMPARE(texts.filter(u"as plain text"_s).size(), isPlain ? 1 : 0);
    QCOMPARE(texts.filter(u"http.cookies_insecure"_s).size(), areCookiesInDanger ? 1 : 0);
    QCOMPARE(Fixes::of({.overview = overview}).size(), 0); // settings that nobody knows are not judged
}

void TestWhatToFix::mails_areJudged_data()
{
    QTest::addColumn<QString>("transport");
    QTest::addColumn<QString>("linkBase");
    QTest::addColumn<QString>("origins");
    QTest::addColumn<QString>("begins");
    const QString here = u"http://localhost:3000"_s;
    const QString shop = u"https://shop.example.com"_s;
    const QString reachNobody = u"Mails reach nobody, so a forgotten password stays forgotten. Set mail.transport = smtp."_s;
    QTest::newRow("development") << u"file"_s << here << here << QString();
    QTest::newRow("development, off") << u"off"_s << here << here << QString();
    QTest::newRow("a site, files") << u"file"_s << here << shop << reachNobody;
    QTest::newRow("a site, the log") << u"log"_s << here << shop << reachNobody;
    QTest::newRow("a site, off") << u"off"_s << shop << shop << reachNobody;
    QTest::newRow("a site, a mail server") << u"smtp"_s << shop << shop << QString();
    QTest::newRow("a site, links to this machine")
        << u"smtp"_s << here << shop << u"Links in mails lead to http://localhost:3000, which is"_s;
    QTest::newRow("settings unknown") << QString() << QString() << shop << QString();
}

void TestWhatToFix::mails_areJudged()
{
    QFETCH(const QString, transport);
    QFETCH(const QString, linkBase);
    QFETCH(const QString, origins);
    QFETCH(const QString, begins);
    const OverviewView overview {.server = {}, .counts = OverviewCounts(), .signingKeySince = {}};
    const QList<Fix> fixes = Fixes::of({.overview = overview,
                                        .settings = {setting(u"mail.transport"_s, transport), setting(u"mail.link_base"_s, linkBase),
                                                     setting(u"http.allowed_origins"_s, origins)}});
    QCOMPARE(fixes.size(), begins.isEmpty() ? 0 : 1);
    if (begins.isEmpty())
        return;
    QVERIFY2(fixes.first().text.startsWith(begins), qPrintable(fixes.first().text));
    QCOMPARE(fixes.first().page, u"mail"_s);
    QCOMPARE(fixes.first().action, u"Show Mail"_s);
}

void TestWhatToFix::missingBackups_areTold_data()
{
    QTest::addColumn<bool>("isOverdue");
    QTest::addColumn<int>("daysOld"); // -1: there is none
    QTest::addColumn<QString>("begins");
    QTest::newRow("in time") << false << 1 << QString();
    QTest::newRow("old") << true << 12 << u"There was no backup for 12 days."_s;
    QTest::newRow("none") << true << -1 << u"There is no backup."_s;
}

void TestWhatToFix::missingBackups_areTold()
{
    QFETCH(const bool, isOverdue);
    QFETCH(const int, daysOld);
    QFETCH(const QString, begins);
    OverviewView overview {.server = {}, .counts = OverviewCounts(), .signingKeySince = {}};
    overview.backupOverdue = isOverdue;
    if (daysOld >= 0)
        overview.backupAge = std::chrono::days {daysOld};
    const auto fixes = Fixes::of({.overview = overview});
    QCOMPARE(fixes.size(), begins.isEmpty() ? 0 : 1);
    if (begins.isEmpty())
        return;
    QVERIFY2(fixes.first().text.startsWith(begins), qPrintable(fixes.first().text));
    QCOMPARE(fixes.first().page, u"backups"_s);
    QVERIFY(!fixes.first().action.isEmpty());
}

void TestWhatToFix::passkeysOfOtherHosts_areTold_data()
{
    QTest::addColumn<QList<PasskeyHostView>>("hosts");
    QTest::addColumn<QString>("text"); // its beginning
    QTest::addColumn<QString>("tip");
    const PasskeyHostView today {.rpId = u"example.com"_s, .current = true, .passkeys = 5, .users = 4};
    const PasskeyHostView former {.rpId = u"example.org"_s, .passkeys = 1, .users = 1};
    const PasskeyHostView first {.rpId = u"old.example"_s, .passkeys = 12, .users = 9};
    QTest::newRow("nothing known") << QList<PasskeyHostView>() << QString() << QString();
    QTest::newRow("today's alone") << QList {today} << QString() << QString();
    QTest::newRow("of a former host") << QList {today, former} << u"One passkey does not work: it is not for example.com."_s
                                      << u"With passkeys.rp_id = example.org "_s;
    QTest::newRow("of several, the most first")
        << QList {today, former, first} << u"13 passkeys do not work: they are not for example.com."_s
        << u"With passkeys.rp_id = old.example "_s;
    QTest::newRow("no host today") << QList {former} << u"One passkey does not work: no host"_s << u"With passkeys.rp_id = example.org "_s;
}

void TestWhatToFix::passkeysOfOtherHosts_areTold()
{
    QFETCH(const QList<PasskeyHostView>, hosts);
    QFETCH(const QString, text);
    QFETCH(const QString, tip);
    const OverviewView overview {.server = {}, .counts = OverviewCounts(), .signingKeySince = {}};
    const QList<Fix> fixes = Fixes::of({.overview = overview, .passkeyHosts = hosts});
    QCOMPARE(fixes.size(), text.isEmpty() ? 0 : 1);
    if (text.isEmpty())
        return;
    QVERIFY2(fixes.first().text.startsWith(text), qPrintable(fixes.first().text));
    QVERIFY2(fixes.first().tip.startsWith(tip), qPrintable(fixes.first().tip));
}

void TestWhatToFix::panel_comesAndGoes()
{
    const auto page = openPage<OverviewPage>(*m_scene);
    const auto *panel = page->findChild<WhatToFix *>();
    QVERIFY(!panel->isVisible()); // nobody knows yet
    page->present(m_scene->console.overviewNow);
    QCOMPARE(shownIn(*page).size(), 1);
    QVERIFY(shownIn(*page).first().startsWith(u"2 admins"_s));

    m_scene->console.settingRows += setting(u"http.listen"_s, u"0.0.0.0:8000"_s);
    page->refresh(); // F5, and after settings were read again
    QTRY_VERIFY(panel->findChild<QToolButton *>()->isVisible());
    QCOMPARE(shownIn(*page).size(), 1); // the next one
    panel->findChild<QToolButton *>()->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(shownIn(*page).size(), 2);
    m_scene->console.passkeyHosts = {{.rpId = u"old.example"_s, .passkeys = 3, .users = 2}};
    page->refresh();
    QTRY_COMPARE(shownIn(*page).size(), 3);
    m_scene->console.settingRows.removeLast();
    m_scene->console.passkeyHosts.clear();
    page->refresh();
    QTRY_COMPARE(shownIn(*page).size(), 1);
    QVERIFY(!panel->findChild<QToolButton *>()->isVisible());

    OverviewView overview = m_scene->console.overviewNow;
    overview.counts.reset();
    page->present(overview);
    QVERIFY(shownIn(*page).first().contains(u"is not known"_s));
    QVERIFY(button(*page, u"Show Users"_s)->isVisible()); // where the list says why it cannot be read

    m_scene->console.overviewNow.counts->bareAdmins = 0;
    page->present(m_scene->console.overviewNow);
    QVERIFY(!panel->isVisible());
}

void TestWhatToFix::button_leadsToTheAdmins()
{
    Desktop desktop(m_scene->context());
    MainWindow &window = desktop.window();
    window.resize(1280, 800);
    desktop.open();
    window.activateWindow();
    QVERIFY(comesInFront(&window));
    QTRY_VERIFY(button(window, u"Show in Users"_s) && button(window, u"Show in Users"_s)->isVisible());
    button(window, u"Show in Users"_s)->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(window.pages().current().objectName(), u"users"_s);
    auto *table = tableOf(window, u"Users"_s);
    QTRY_COMPARE(table->model()->rowCount(), 260); // read to its end, to be sorted
    const auto cell = [table](int row, int column) { return table->model()->index(row, column).data().toString(); };
    QTRY_COMPARE(cell(0, 0), u"ada.lovelace3@example.com"_s);
    QCOMPARE(cell(1, 0), u"radia.perlman3@example.com"_s);
    QCOMPARE(cell(0, 3), u"Password only"_s);
    QCOMPARE(cell(1, 3), u"Password only"_s);
    QCOMPARE(cell(2, 3), QString()); // nothing to say
}

void TestWhatToFix::whatIsMendedElsewhere_isGone_whenThePageIsSeenAgain()
{
    m_scene->console.overviewNow.counts->bareAdmins = 0;
    m_scene->console.settingRows += setting(u"http.listen"_s, u"0.0.0.0:8000"_s);
    Desktop desktop(m_scene->context());
    desktop.open();
    QVERIFY(comesInFront(&desktop.window()));
    const auto *panel = desktop.window().findChild<WhatToFix *>();
    QTRY_VERIFY(panel->isVisible());
    desktop.window().pages().showPage(u"settings"_s);
    m_scene->console.settingRows.removeLast();
    desktop.window().pages().showPage(u"overview"_s);
    QTRY_VERIFY(!panel->isVisible());
}

/// The Overview is in view all day, and somebody reloads the settings.
void TestWhatToFix::whatIsMendedElsewhere_isGone_onceItIsTold()
{
    m_scene->console.overviewNow.counts->bareAdmins = 0;
    m_scene->console.settingRows += setting(u"http.listen"_s, u"0.0.0.0:8000"_s);
    const auto page = openPage<OverviewPage>(*m_scene);
    page->present(m_scene->console.overviewNow, true);
    const auto *panel = page->findChild<WhatToFix *>();
    QTRY_VERIFY(panel->isVisible());
    m_scene->console.settingRows.removeLast();
    page->apply({ServerChanged {.server = m_scene->console.overviewNow.server}});
    QTRY_VERIFY(!panel->isVisible());
}

void TestWhatToFix::oldKey_marksThePageKeys_data()
{
    QTest::addColumn<QString>("shownFirst");
    QTest::newRow("on the Overview") << u"overview"_s;
    QTest::newRow("on another page, the Overview unseen") << u"sessions"_s;
}

/// By the same check that puts it among what to fix.
void TestWhatToFix::oldKey_marksThePageKeys()
{
    QFETCH(QString, shownFirst);
    m_scene->memory.setValue(u"window/page"_s, shownFirst);
    m_scene->console.overviewNow.signingKeySince = m_scene->clock.now() - std::chrono::days {100};
    m_scene->console.settingRows += setting(u"keys.access_rotation"_s, u"0"_s);
    Desktop desktop(m_scene->context());
    desktop.open();
    QVERIFY(comesInFront(&desktop.window()));
    const auto *sidebar = desktop.window().findChild<Sidebar *>();
    const auto spoken = [sidebar] { return sidebar->item(4)->data(Qt::AccessibleTextRole).toString(); };
    QTRY_VERIFY2(spoken().startsWith(u"Keys: The same key has signed for 100 days"_s), qPrintable(spoken()));
    m_scene->console.overviewNow.signingKeySince = m_scene->clock.now(); // somebody rotated it
    QTRY_COMPARE(spoken(), QString());
}

void TestWhatToFix::order_thatAJumpSet_isNotRemembered()
{
    const auto sortedBy = [](const UsersPage &page) { return tableOf(page, u"Users"_s)->horizontalHeader()->sortIndicatorSection(); };
    {
        const auto page = openPage<UsersPage>(*m_scene);
        tableOf(*page, u"Users"_s)->sortByColumn(0, Qt::DescendingOrder);
        QTRY_COMPARE(sortedBy(*page), 0);
        page->filterBy({.bareAdminsFirst = true});
        QTRY_COMPARE(sortedBy(*page), 3);
        page->remember();
    }
    const auto page = openPage<UsersPage>(*m_scene);
    QTRY_COMPARE(sortedBy(*page), 0);
}

QTEST_MAIN(TestWhatToFix)
#include "TestWhatToFix.moc"
