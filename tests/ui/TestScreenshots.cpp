#include "tests/ui/support/Pictures.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/ServiceQuestions.h"
#include "ui/keys/KeyImportDialog.h"
#include "ui/keys/KeyScheduleDialog.h"
#include "ui/overview/WhatToFix.h"
#include "ui/users/UserDialogs.h"
#include "ui/widgets/FormDialog.h"
#include "ui/widgets/ProblemStrip.h"
#include "ui/widgets/Toast.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QTimer>
#include <QToolButton>

using namespace Qt::StringLiterals;

using namespace warder;
using namespace warder::test;

/// Renders every page as people will see it, for people to look at; fails when a label does not fit its place.
class TestScreenshots : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void page_fits_data();
    void page_fits();
    void smallWindow_fits_data();
    void smallWindow_fits();
    void serverState_fits_data();
    void serverState_fits();
    void problem_fits_data();
    void problem_fits();
    void question_fits();
    void program_fits_data();
    void program_fits();
    void tray_isReadable();
    void dialog_fits();
    void keys_fit_data();
    void keys_fit();
    void keySchedule_fits();
    void factors_fit_data();
    void factors_fit();
    void whatToFix_fits_data();
    void whatToFix_fits();
    void keyImport_fits_data();
    void keyImport_fits();
    void cleanup() { QApplication::setPalette(palette(false)); }

private:
    static void save(QWidget &widget, const QString &name, double scale) { QVERIFY(savePicture(widget, name, scale)); }
};

void TestScreenshots::smallWindow_fits_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QPalette>("colours");
    QTest::addColumn<double>("scale");
    QTest::addColumn<bool>("longNames");
    QTest::addColumn<bool>("full");
    for (const char *key : {"overview", "sessions", "users", "limits", "keys", "mail", "providers"}) {
        const QString page = QString::fromLatin1(key);
        QTest::addRow("%s-small-light", key) << page << palette(false) << 1.0 << false << true;
        QTest::addRow("%s-small-dark-200", key) << page << palette(true) << 2.0 << false << true;
        QTest::addRow("%s-small-contrast", key) << page << highContrast() << 1.0 << false << true;
        QTest::addRow("%s-small-odd-names", key) << page << palette(false) << 1.0 << true << true;
    }
    QTest::addRow("overview-small-first-steps") << u"overview"_s << palette(false) << 1.0 << false << false;
}

void TestScreenshots::smallWindow_fits()
{
    QFETCH(QString, key);
    QFETCH(QPalette, colours);
    QFETCH(double, scale);
    QFETCH(bool, longNames);
    QFETCH(bool, full);
    QApplication::setPalette(colours);
    Scene scene;
    if (full)
        scene.fill();
    for (qsizetype i = 0; longNames && i < scene.console.userRows.size(); ++i) {
        const QStringList odd {u"e"_s + QString(200, u'\u0301'),
                               QString(64, u'W') + u'@' + QString(185, u'W') + u".com"_s,
                               u"\u202Eevil\u2067"_s,
                               u"<b>bold</b> & %1 %n"_s,
                               u"שלום@דוגמה.ישראל"_s,
                               u"名前と😀 "_s + QString(60, u'漢')};
        scene.console.userRows[i].email = odd[i % odd.size()];
        scene.console.userRows[i].name = odd[(i + 1) % odd.size()];
        scene.console.sessionRows[i % 240].email = odd[i % odd.size()];
        scene.console.sessionRows[i % 240].device = odd[(i + 2) % odd.size()];
        scene.console.mailRows[i % 40].recipient = odd[i % odd.size()];
        scene.console.mailRows[i % 40].lastLine = odd[(i + 2) % odd.size()];
        scene.console.providerRows[i % 5].label = odd[i % odd.size()];
        scene.console.providerRows[i % 5].issuer = odd[(i + 3) % odd.size()];
    }
    Desktop desktop(scene.context());
    MainWindow &window = desktop.window();
    desktop.open();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.resize(960, 690);
    window.pages().showPage(key);
    QVERIFY(settle());
    if (auto *table = window.findChild<QWidget *>(key)->findChild<QTableView *>(); table && table->isVisible()) {
        table->selectRow(1);
        table->setFocus();
    }
    QVERIFY(settle());
    QCOMPARE(window.size(), QSize(960, 690));
    save(window, QString::fromLatin1(QTest::currentDataTag()), scale);
    QTRY_VERIFY2(clippedIn(window).isEmpty(), qPrintable(clippedIn(window).join(u'\n')));
}

void TestScreenshots::page_fits_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("full");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::addColumn<double>("scale");
    for (const char *key : {"overview", "sessions", "users", "limits", "keys", "mail", "providers"}) {
        const QString page = QString::fromLatin1(key);
        QTest::addRow("%s-full-light", key) << page << true << false << false << 1.0;
        QTest::addRow("%s-full-dark", key) << page << true << true << false << 1.0;
        QTest::addRow("%s-empty-light", key) << page << false << false << false << 1.0;
        QTest::addRow("%s-empty-long-dark", key) << page << false << true << true << 1.0;
        QTest::addRow("%s-full-long", key) << page << true << false << true << 1.0;
        QTest::addRow("%s-full-dark-200", key) << page << true << true << false << 2.0;
    }
}

void TestScreenshots::page_fits()
{
    QFETCH(QString, key);
    QFETCH(bool, full);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    QFETCH(double, scale);
    QApplication::setPalette(palette(dark));
    LongTexts texts;
    if (longTexts)
        QApplication::installTranslator(&texts);
    Scene scene;
    if (full)
        scene.fill();
    Desktop desktop(scene.context());
    MainWindow &window = desktop.window();
    window.resize(1280, 800);
    desktop.open();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.pages().showPage(key);
    QVERIFY(settle());
    if (auto *table = window.findChild<QWidget *>(key)->findChild<QTableView *>(); table && full && table->isVisible()) {
        table->selectRow(3);
        table->setFocus();
    }
    QVERIFY(settle());
    save(window, QString::fromLatin1(QTest::currentDataTag()), scale);
    QTRY_VERIFY2(clippedIn(window).isEmpty(), qPrintable(clippedIn(window).join(u'\n')));
}

void TestScreenshots::serverState_fits_data()
{
    QTest::addColumn<ServerState>("state");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<bool>("dark");
    QTest::newRow("server-running-tls") << ServerState::Running << QString() << false;
    QTest::newRow("server-paused-tls") << ServerState::Paused << QString() << true;
    QTest::newRow("server-failed-tls")
        << ServerState::Failed
        << u"the certificate in the TLS certificate file /etc/warder/tls/server.crt expired at 2026-11-01T00:00:00Z: renew it"_s << false;
}

void TestScreenshots::serverState_fits()
{
    QFETCH(ServerState, state);
    QFETCH(QString, problem);
    QFETCH(bool, dark);
    QApplication::setPalette(palette(dark));
    Scene scene;
    scene.fill();
    auto &server = scene.console.overviewNow.server;
    server.state = state;
    server.problem = problem;
    server.url = u"https://localhost:8443"_s;
    server.addresses = {server.url, u"unix:/run/warder/warder.sock"_s};
    server.certificateUntil = scene.clock.now() + std::chrono::days {9};
    Desktop desktop(scene.context());
    MainWindow &window = desktop.window();
    window.resize(1280, 800);
    desktop.open();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QVERIFY(settle());
    save(window, QString::fromLatin1(QTest::currentDataTag()), 1);
    QTRY_VERIFY2(clippedIn(window).isEmpty(), qPrintable(clippedIn(window).join(u'\n')));
}

void TestScreenshots::problem_fits_data()
{
    QTest::addColumn<QStringList>("codes");
    QTest::addColumn<QString>("done");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::addColumn<double>("scale");
    const QStringList degraded {u"clock_jumped"_s};
    const QStringList down {u"!disk_full=/var/lib/warder: 0 bytes left"_s, u"clock_jumped=back by 24 hours"_s};
    const QStringList many = down + QStringList {u"log_lines_dropped=4711"_s, u"certificate_expires"_s, u"unheard_of=too many sun spots"_s};
    const QStringList strange {u"!unheard_of="_s + QString(500, u'x')};
    const QSize large(1280, 800);
    const QSize small(880, 560);
    QTest::newRow("problem-degraded-light") << degraded << QString() << large << false << false << 1.0;
    QTest::newRow("problem-degraded-dark") << degraded << QString() << large << true << false << 1.0;
    QTest::newRow("problem-down-light") << down << QString() << large << false << false << 1.0;
    QTest::newRow("problem-down-dark") << down << u"Created ada.lovelace@example.com."_s << large << true << false << 1.0;
    QTest::newRow("problem-many-small") << many << u"Ended 3 sessions of ada.lovelace@example.com."_s << small << false << false << 1.0;
    QTest::newRow("problem-many-long-dark") << many << u"Ended 3 sessions of ada.lovelace@example.com."_s << large << true << true << 1.0;
    QTest::newRow("problem-strange-small-dark-200")
        << strange << u"Settings and certificate were read again."_s << small << true << false << 2.0;
    QTest::newRow("toast-light")
        << QStringList {}
        << u"Access tokens are signed with Zk9Qw3sT1vLr2YxB from now on. Nobody was signed out: the key before it goes on "
           "verifying what it signed until that has expired."_s
        << large << false << false << 1.0;
}

void TestScreenshots::problem_fits()
{
    QFETCH(QStringList, codes);
    QFETCH(QString, done);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    QFETCH(double, scale);
    QApplication::setPalette(palette(dark));
    LongTexts texts;
    if (longTexts)
        QApplication::installTranslator(&texts);
    Scene scene;
    scene.fill();
    for (QString &code : codes)
        scene.console.overviewNow.server.problems += ProblemView {.code = QString(code).remove(u'!').section(u'=', 0, 0),
                                                                  .detail = code.section(u'=', 1),
                                                                  .since = scene.clock.now(),
                                                                  .down = code.startsWith(u'!')};
    Desktop desktop(scene.context());
    MainWindow &window = desktop.window();
    window.resize(size);
    desktop.open();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    if (!done.isEmpty()) {
        window.pages().showPage(u"sessions"_s);
        window.toast().showMessage(done);
    }
    QVERIFY(settle());
    save(window, QString::fromLatin1(QTest::currentDataTag()), scale);
    QStringList clipped = clippedIn(window.strip()) + clippedIn(window.toast());
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
}

void TestScreenshots::question_fits()
{
    Scene scene;
    scene.fill();
    Desktop desktop(scene.context());
    desktop.open();
    QVERIFY(settle());
    desktop.window().askToQuit();
    auto *box = desktop.window().findChild<QMessageBox *>(u"question"_s);
    QVERIFY(box);
    QVERIFY(settle());
    save(*box, u"question-quit"_s, 1);
    const QStringList clipped = clippedIn(*box);
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
}

/// What the desktop program shows of itself: a port that is taken, questions about the machine's service, About.
void TestScreenshots::program_fits_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::addColumn<double>("scale");
    for (const char *what : {"port-taken", "port-fixed", "about", "autostart", "which-server", "not-running", "not-allowed"}) {
        const QString name = QString::fromLatin1(what);
        QTest::addRow("program-%s-light", what) << name << false << false << 1.0;
        QTest::addRow("program-%s-dark", what) << name << true << false << 1.0;
        QTest::addRow("program-%s-long-200", what) << name << false << true << 2.0;
    }
}

void TestScreenshots::program_fits()
{
    QFETCH(QString, what);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    QFETCH(double, scale);
    QApplication::setPalette(palette(dark));
    LongTexts texts;
    if (longTexts)
        QApplication::installTranslator(&texts);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    const auto look = [&](QWidget &widget) {
        QVERIFY(settle());
        save(widget, name, scale);
        QTRY_VERIFY2(clippedIn(widget).isEmpty(), qPrintable(clippedIn(widget).join(u'\n')));
    };
    const auto lookAtQuestion = [&](const auto &ask) {
        QTimer::singleShot(200, this, [&] {
            if (QWidget *box = QApplication::activeModalWidget()) {
                look(*box);
                box->close();
            }
        });
        ask();
    };
    if (what == "which-server"_L1)
        return lookAtQuestion([] { service_questions::whichServer(u"/var/lib/warder"_s); });
    if (what == "not-running"_L1)
        return lookAtQuestion([] { service_questions::notRunning(); });
    if (what == "not-allowed"_L1)
        return lookAtQuestion(
            [] { service_questions::notAllowed(u"/var/lib/warder"_s, u"Error executing command as another user: Not authorized"_s); });
    Scene scene;
    ServerView &server = scene.console.overviewNow.server;
    if (what.startsWith("port"_L1)) {
        server = {
            .state = ServerState::Failed,
            .url = {},
            .problem =
                u"cannot listen on 127.0.0.1:8000: another program uses this port: stop it, or choose another port with http.listen"_s,
            .problemCode = nameOf(ErrorCode::AddressTaken),
            .otherPort = OtherPort {.port = what == "port-taken"_L1 ? 8001 : 0,
                                    .source = SettingSource::File,
                                    .sourceName = u"/etc/warder/warder.conf:12"_s},
            .version = {},
            .dataDirectory = {},
            .startedAt = scene.clock.now()};
    }
    PageContext context = scene.context();
    context.installation = {.startCommand = {u"warder"_s}, .hasService = true};
    Desktop desktop(context);
    desktop.window().resize(1280, 800);
    desktop.open();
    QVERIFY(QTest::qWaitForWindowExposed(&desktop.window()));
    if (what == "about"_L1) {
        desktop.window().findChild<QAction *>(u"about"_s)->trigger();
        look(*desktop.window().findChild<QMessageBox *>(u"aboutBox"_s));
    } else if (what == "autostart"_L1) {
        auto *menu = qobject_cast<QMenu *>(desktop.window().findChild<QAction *>(u"autostart"_s)->associatedObjects().first());
        menu->popup(desktop.window().mapToGlobal(QPoint(0, 20)));
        look(*menu);
        menu->close();
    } else {
        look(desktop.window());
    }
}

/// Each tone by its shape, on a light panel and on a dark one.
void TestScreenshots::tray_isReadable()
{
    QImage panel(5 * 120, 160, QImage::Format_ARGB32);
    panel.fill(QColor(0xf0f0f0));
    QPainter painter(&panel);
    painter.fillRect(0, 80, panel.width(), 80, QColor(0x202020));
    QList<QImage> shapes;
    for (const Tone tone : {Tone::Good, Tone::Warning, Tone::Bad, Tone::Neutral}) {
        for (const int top : {8, 88}) {
            painter.drawPixmap(int(shapes.size()) * 120 + 8, top, trayIcon(tone).pixmap(64));
            painter.drawPixmap(int(shapes.size()) * 120 + 80, top, trayIcon(tone).pixmap(22));
        }
        shapes += trayIcon(tone).pixmap(22).toImage().convertToFormat(QImage::Format_Alpha8);
    }
    for (qsizetype i = 1; i < shapes.size(); ++i)
        QVERIFY(shapes[i] != shapes[i - 1]); // also without colour
    QDir().mkpath(u"screenshots"_s);
    QVERIFY(panel.save(u"screenshots/tray.png"_s));
}

void TestScreenshots::dialog_fits()
{
    Scene scene;
    auto *dialog = UserDialogs::create(scene.context(), nullptr, [](const UserView &) {});
    dialog->open();
    scene.console.failNext(
        u"createUser"_s,
        {.code = ErrorCode::InvalidInput,
         .detail = {},
         .faults = {
             {.type = u"value_error"_s,
              .location = {u"body"_s, u"email"_s},
              .message = u"value is not a valid email address: it has no @"_s},
             {.type = u"string_too_short"_s, .location = {u"body"_s, u"password"_s}, .message = {}, .context = {{u"min_length"_s, 8}}}}});
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"email"_s), u"ada"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QVERIFY(settle());
    dialog->adjustSize();
    save(*dialog, u"create-user"_s, 1);
    const QStringList clipped = clippedIn(*dialog);
    delete dialog;
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
}

void TestScreenshots::keys_fit_data()
{
    QTest::addColumn<int>("keys");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::newRow("keys-one") << 1 << QSize(1280, 800) << false;
    QTest::newRow("keys-twelve") << 12 << QSize(1280, 800) << false;
    QTest::newRow("keys-twelve-small-dark") << 12 << QSize(960, 690) << true;
}

/// A ring of a few years, with a leak, an import from elsewhere and a former backend; and the message that offers to take something back.
void TestScreenshots::keys_fit()
{
    QFETCH(int, keys);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QApplication::setPalette(palette(dark));
    Scene scene;
    scene.fill();
    const TimePoint now = scene.clock.now();
    auto &rows = scene.console.keyRows;
    rows.first().nextAlgorithm = u"EdDSA"_s;
    const auto add = [&](const QString &kid, KeyPurpose purpose, KeyState state, int age) {
        rows += {.kid = kid,
                 .purpose = purpose,
                 .algorithm = u"ES256"_s,
                 .state = state,
                 .createdAt = now - std::chrono::days {age},
                 .activatedAt = now - std::chrono::days {age},
                 .retiredAt = now - std::chrono::days {age / 2},
                 .verifyUntil = now + std::chrono::days {30 - age / 4},
                 .sessions = age,
                 .moves = FakeConsole::movesIn(state)};
    };
    add(u"former-4f0a"_s, KeyPurpose::Former, KeyState::Retiring, 2);
    add(QString(64, u'k'), KeyPurpose::Access, KeyState::Revoked, 80);
    for (int i = 0; i < 5; ++i)
        add(u"r%1wYb5iXo1GqVz2"_s.arg(i), i % 2 ? KeyPurpose::Refresh : KeyPurpose::Access, i == 3 ? KeyState::Revoked : KeyState::Retiring,
            15 * i + 6);
    rows.resize(keys);
    Desktop desktop(scene.context());
    MainWindow &window = desktop.window();
    desktop.open();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.resize(size);
    window.pages().showPage(u"keys"_s);
    window.toast().showMessage(u"Zk9Qw3sT1vLr2YxB is revoked: 38 sessions must refresh."_s, Toast::lasting, [] {});
    QVERIFY(settle());
    save(window, QString::fromLatin1(QTest::currentDataTag()), 1);
    QCOMPARE(window.size(), size);
    QTRY_VERIFY2(clippedIn(window).isEmpty(), qPrintable(clippedIn(window).join(u'\n')));
}

void TestScreenshots::factors_fit_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    const QSize large(1280, 1000);
    for (const char *what : {"everything", "nothing", "missing", "odd-names", "no-password"}) {
        const QString name = QString::fromLatin1(what);
        QTest::addRow("factors-%s", what) << name << large << false << false;
        QTest::addRow("factors-%s-dark", what) << name << large << true << false;
        QTest::addRow("factors-%s-small", what) << name << QSize(960, 690) << false << false;
    }
    QTest::newRow("factors-everything-long-dark") << u"everything"_s << large << true << true;
}

/// A user's second factors, beside the list; and, where there are some, the question before they are reset.
void TestScreenshots::factors_fit()
{
    QFETCH(QString, what);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    QApplication::setPalette(palette(dark));
    LongTexts texts;
    if (longTexts)
        QApplication::installTranslator(&texts);
    Scene scene;
    scene.fill();
    FactorsView factors = scene.everyFactor();
    if (what == "odd-names"_L1) {
        factors.totp[0].name = QString(64, u'W');
        factors.totp[1].name = u"הטלפון של שרה (iPhone 15)"_s;
        factors.passkeys[0].name = u"\u202Eevil <b>bold</b> & %1"_s;
        factors.passkeys[1].name = u"名前と😀 "_s + QString(40, u'漢');
    } else if (what != "everything"_L1) {
        factors = {.required = what == "missing"_L1, .totp = {}, .passkeys = {}};
    }
    if (what == "no-password"_L1) {
        factors.passkeys = scene.everyFactor().passkeys;
        scene.console.userRows[3].passwordScheme.clear();
    }
    scene.giveFactors(3, factors);
    Desktop desktop(scene.context());
    MainWindow &window = desktop.window();
    desktop.open();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.resize(size);
    window.pages().showPage(u"users"_s);
    QVERIFY(settle());
    auto *page = window.findChild<QWidget *>(u"users"_s);
    page->findChild<QTableView *>()->selectRow(3);
    QVERIFY(settle());
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    save(window, name, 1);
    QCOMPARE(window.size(), size);
    QTRY_VERIFY2(clippedIn(window).isEmpty(), qPrintable(clippedIn(window).join(u'\n')));
    QPushButton *reset = nullptr;
    for (auto *each : page->findChildren<QPushButton *>())
        reset = each->text().contains("second &factors"_L1) ? each : reset;
    QVERIFY(reset);
    if (!reset->isEnabled())
        return;
    reset->click();
    QVERIFY(settle());
    auto *box = page->findChild<QMessageBox *>(u"confirm"_s);
    QVERIFY(box);
    save(*box, name + u"-question"_s, 1);
    QTRY_VERIFY2(clippedIn(*box).isEmpty(), qPrintable(clippedIn(*box).join(u'\n')));
}

void TestScreenshots::whatToFix_fits_data()
{
    QTest::addColumn<int>("admins");
    QTest::addColumn<bool>("open");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::newRow("fix-admins") << 1 << false << QSize(1280, 800) << false << false;
    QTest::newRow("fix-all") << 3 << true << QSize(1280, 800) << false << false;
    QTest::newRow("fix-all-small-dark") << 3 << true << QSize(960, 690) << true << false;
    QTest::newRow("fix-all-long") << 3 << true << QSize(1280, 800) << false << true;
    QTest::newRow("fix-unknown-dark") << -1 << false << QSize(1280, 800) << true << false;
}

void TestScreenshots::whatToFix_fits()
{
    QFETCH(int, admins);
    QFETCH(bool, open);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    QApplication::setPalette(palette(dark));
    LongTexts texts;
    if (longTexts)
        QApplication::installTranslator(&texts);
    Scene scene;
    scene.fill();
    scene.console.overviewNow.counts->bareAdmins = admins;
    if (admins < 0)
        scene.console.overviewNow.counts.reset();
    if (open)
        scene.console.settingRows = {
            {.key = u"http.listen"_s, .value = u"0.0.0.0:8000"_s, .defaultValue = {}, .sourceName = {}, .text = {}},
            {.key = u"http.cookies_insecure"_s, .value = u"true"_s, .defaultValue = {}, .sourceName = {}, .text = {}}};
    Desktop desktop(scene.context());
    MainWindow &window = desktop.window();
    desktop.open();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.resize(size);
    if (size.width() > 1000 && open)
        window.findChild<WhatToFix *>()->findChild<QToolButton *>()->click();
    QVERIFY(settle());
    save(window, QString::fromLatin1(QTest::currentDataTag()), 1);
    QCOMPARE(window.size(), size);
    QTRY_VERIFY2(clippedIn(window).isEmpty(), qPrintable(clippedIn(window).join(u'\n')));
}

void TestScreenshots::keyImport_fits_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("longTexts");
    QTest::newRow("import-key") << 0 << false;
    QTest::newRow("import-former") << 1 << false;
    QTest::newRow("import-former-long") << 1 << true;
}

void TestScreenshots::keyImport_fits()
{
    QFETCH(int, kind);
    QFETCH(bool, longTexts);
    LongTexts texts;
    if (longTexts)
        QApplication::installTranslator(&texts);
    Scene scene;
    auto *dialog = new KeyImportDialog(scene.context(), nullptr);
    dialog->open();
    dialog->findChild<QComboBox *>(u"kind"_s)->setCurrentIndex(kind);
    dialog->findChild<QPlainTextEdit *>()->setPlainText(u"KEY"_s);
    scene.console.failNext(kind ? u"importFormer"_s : u"importKey"_s, {.code = ErrorCode::InvalidInput, .detail = u"that is no key"_s});
    QTest::keyClick(dialog, Qt::Key_Return);
    QVERIFY(settle());
    dialog->adjustSize();
    QVERIFY(settle());
    save(*dialog, QString::fromLatin1(QTest::currentDataTag()), 1);
    const QStringList clipped = clippedIn(*dialog);
    delete dialog;
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
}

void TestScreenshots::keySchedule_fits()
{
    Scene scene;
    const auto setting = [](const QString &key, SettingSource source) {
        return SettingView {.key = key,
                            .value = u"90d"_s,
                            .defaultValue = u"90d"_s,
                            .source = source,
                            .sourceName = u"/etc/warder/warder.conf:7"_s,
                            .text = {}};
    };
    auto *dialog = KeyScheduleDialog::make(
        scene.context(),
        {setting(u"keys.access_rotation"_s, SettingSource::Default), setting(u"keys.refresh_rotation"_s, SettingSource::Stored),
         setting(u"keys.csrf_rotation"_s, SettingSource::File), setting(u"keys.spent_kept"_s, SettingSource::Default)},
        nullptr, [] {});
    dialog->open();
    QVERIFY(settle());
    dialog->adjustSize();
    QVERIFY(settle());
    save(*dialog, u"key-schedule"_s, 1);
    const QStringList clipped = clippedIn(*dialog);
    delete dialog;
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
}

int main(int argc, char *argv[])
{
    qputenv("TZ", "UTC");
    QApplication app(argc, argv);
    dress(app);
    TestScreenshots test;
    return QTest::qExec(&test, argc, argv);
}
#include "TestScreenshots.moc"
