#include "tests/ui/support/Keys.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "tests/ui/support/StripProblems.h"
#include "ui/Desktop.h"
#include "ui/ServiceQuestions.h"
#include "ui/support/Autostart.h"
#include "ui/support/Icons.h"
#include "ui/widgets/ProblemStrip.h"
#include "ui/widgets/Toast.h"

#include <QDir>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What the window says and asks about the program itself: how it starts, whose server it shows, where it comes from.
class TestProgram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setQuitOnLastWindowClosed(false); }
    void init();
    void cleanup();

    void autostart_isWrittenAndRemoved_byKeys();
    void autostart_showsWhatTheFileSays_data();
    void autostart_showsWhatTheFileSays();
    void autostart_thatCannotBeWritten_isSaid();
    void execLine_isQuoted_data();
    void execLine_isQuoted();
    void hidden_isMinimisedOrInTheTray_andComesBack();
    void hidden_thatIsOpenedInBetween_staysOpen();
    void switch_isOfferedWhereThereIsAService_data();
    void switch_isOfferedWhereThereIsAService();
    void switch_asksWhereSomebodyWouldNotice();
    void question_isAnsweredByKeys_data();
    void question_isAnsweredByKeys();
    void questions_sayWhatToType();
    void about_saysVersionLicenceAndUpdates_data();
    void about_saysVersionLicenceAndUpdates();
    void programIcon_isColoured();

private:
    void begin(const Installation &installation, bool ofService = false);
    MainWindow &window() { return m_desktop->window(); }
    QAction *order(const QString &name) { return window().findChild<QAction *>(name); }
    /// The one that is shown, or comes next.
    static void withBox(const std::function<void(QMessageBox &)> &act);

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Desktop> m_desktop;
};

void TestProgram::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CONFIG_HOME", m_home->filePath(u"config"_s).toLocal8Bit());
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
}

void TestProgram::cleanup()
{
    m_desktop.reset();
    m_scene.reset();
    QFile::setPermissions(m_home->filePath(u"config"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

void TestProgram::begin(const Installation &installation, bool ofService)
{
    PageContext context = m_scene->context();
    context.installation = installation;
    context.ofService = ofService;
    m_desktop = std::make_unique<Desktop>(context);
}

void TestProgram::withBox(const std::function<void(QMessageBox &)> &act)
{
    auto *waiting = new QTimer(qApp);
    waiting->callOnTimeout(qApp, [waiting, act] {
        auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
        if (!box || !box->isActiveWindow())
            return;
        waiting->deleteLater();
        waiting->stop();
        act(*box);
    });
    waiting->start(10);
}

void TestProgram::autostart_isWrittenAndRemoved_byKeys()
{
    begin({.startCommand = {u"/opt/my warder/warder"_s, u"--hidden"_s}});
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    QVERIFY(!autostart::isOn() && !order(u"autostart"_s)->isChecked());
    const auto pressIt = [this] {
        QTest::keyClick(&window(), Qt::Key_S, Qt::AltModifier);
        QVERIFY(QTest::qWaitFor([] { return QApplication::activePopupWidget() != nullptr; }));
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_L);
    };
    pressIt();
    QVERIFY(autostart::isOn() && order(u"autostart"_s)->isChecked());
    QTRY_VERIFY(window().toast().text().startsWith(u"Warder starts when you log in"_s));
    QFile entry(m_home->filePath(u"config/autostart/org.warder.Warder.desktop"_s));
    QVERIFY(entry.open(QIODevice::ReadOnly));
    const QByteArray written = entry.readAll();
    QVERIFY2(written.startsWith("[Desktop Entry]\n") && written.contains("\nExec=\"/opt/my warder/warder\" \"--hidden\"\n"), written);
    if (const QString validator = QStandardPaths::findExecutable(u"desktop-file-validate"_s); !validator.isEmpty())
        QCOMPARE(QProcess::execute(validator, {entry.fileName()}), 0);
    pressIt();
    QVERIFY(!autostart::isOn() && !order(u"autostart"_s)->isChecked() && !entry.exists());
    QTRY_COMPARE(window().toast().text(), u"Warder does not start by itself any more."_s);
}

void TestProgram::autostart_showsWhatTheFileSays_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<bool>("on");
    QTest::newRow("an entry") << "[Desktop Entry]\nExec=warder --hidden\n"_ba << true;
    QTest::newRow("hidden by a desktop") << "[Desktop Entry]\nExec=warder\nHidden = true\n"_ba << false;
    QTest::newRow("turned off by GNOME") << "[Desktop Entry]\nExec=warder\nX-GNOME-Autostart-enabled=false\n"_ba << false;
}

void TestProgram::autostart_showsWhatTheFileSays()
{
    QFETCH(QByteArray, file);
    QFETCH(bool, on);
    begin({.startCommand = {u"warder"_s}});
    QVERIFY(QDir().mkpath(m_home->filePath(u"config/autostart"_s)));
    QFile entry(autostart::path());
    QVERIFY(entry.open(QIODevice::WriteOnly) && entry.write(file) > 0 && entry.flush()); // behind the window's back
    Q_EMIT qobject_cast<QMenu *>(order(u"autostart"_s)->associatedObjects().first())->aboutToShow();
    QCOMPARE(order(u"autostart"_s)->isChecked(), on);
}

void TestProgram::autostart_thatCannotBeWritten_isSaid()
{
    begin({.startCommand = {u"warder"_s}});
    m_desktop->open();
    QFile inTheWay(m_home->filePath(u"config"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly)); // a file where the folder should be
    order(u"autostart"_s)->trigger();
    QVERIFY(!order(u"autostart"_s)->isChecked());
    const QString said = problemsIn(window().strip()).join(u'\n');
    QVERIFY2(said.startsWith(u"Warder will not start when you log in"_s) && said.contains(inTheWay.fileName()), qPrintable(said));
    QVERIFY(inTheWay.remove());
    order(u"autostart"_s)->trigger();
    QVERIFY(order(u"autostart"_s)->isChecked());
    QVERIFY(problemsIn(window().strip()).isEmpty());
}

void TestProgram::execLine_isQuoted_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("quoted");
    QTest::newRow("plain") << u"/usr/bin/warder"_s << uR"("/usr/bin/warder")"_s;
    QTest::newRow("a blank") << u"/opt/my warder"_s << uR"("/opt/my warder")"_s;
    QTest::newRow("a percent sign is a field code") << u"/opt/100%"_s << uR"("/opt/100%%")"_s;
    QTest::newRow("a quotation mark") << uR"(a"b)"_s << uR"("a\\"b")"_s;
    QTest::newRow("what a shell would open up") << u"$HOME`x`"_s << uR"("\\$HOME\\`x\\`")"_s;
    QTest::newRow("a backslash, escaped twice") << uR"(a\b)"_s << uR"("a\\\\b")"_s;
    QTest::newRow("a line end") << u"a\nb"_s << uR"("a\nb")"_s;
}

void TestProgram::execLine_isQuoted()
{
    QFETCH(QString, word);
    QTEST(autostart::execLine({word}), "quoted");
}

void TestProgram::hidden_isMinimisedOrInTheTray_andComesBack()
{
    begin({});
    m_desktop->openHidden();
    QVERIFY(settle());
    QVERIFY(window().isHidden());
    if (!m_desktop->tray().isAvailable())
        QTRY_VERIFY_WITH_TIMEOUT(window().isVisible() && window().isMinimized(), 15'000); // a tray that comes up late is waited for
    m_desktop->open();                                                                    // what a second start does
    QTRY_VERIFY(window().isVisible() && !window().isMinimized());                         // an X server tells it when it has done so
}

void TestProgram::hidden_thatIsOpenedInBetween_staysOpen()
{
    begin({});
    m_desktop->openHidden();
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    for (int i = 0; i < 50; ++i)
        m_desktop->openHidden(); // its clock
    QVERIFY(window().isVisible() && !window().isMinimized());
}

void TestProgram::switch_isOfferedWhereThereIsAService_data()
{
    QTest::addColumn<bool>("hasService");
    QTest::addColumn<bool>("ofService");
    QTest::addColumn<QString>("text");
    QTest::newRow("no service") << false << false << QString();
    QTest::newRow("an own server") << true << false << u"Show this machine’s ser&vice"_s;
    QTest::newRow("the service") << true << true << u"Use a server of my &own"_s;
}

void TestProgram::switch_isOfferedWhereThereIsAService()
{
    QFETCH(bool, hasService);
    QFETCH(bool, ofService);
    QFETCH(QString, text);
    begin({.hasService = hasService}, ofService);
    QCOMPARE(order(u"switch"_s) ? order(u"switch"_s)->text() : QString(), text);
    if (!hasService)
        return;
    m_scene->console.overviewNow.server.connections = 0;
    m_scene->console.overviewNow.requestsPerSecond = 0;
    m_desktop->open();
    const QSignalSpy wanted(m_desktop.get(), &Desktop::switchRequested);
    order(u"switch"_s)->trigger();
    QTRY_COMPARE(wanted.size(), 1);
}

void TestProgram::switch_asksWhereSomebodyWouldNotice()
{
    begin({.hasService = true});
    m_desktop->open();
    m_scene->console.overviewNow.server.connections = 7;
    QVERIFY(comesInFront(&window()));
    QTRY_COMPARE(m_scene->console.askedCount(u"overview"_s) > 1, true);
    QVERIFY(settle());
    const QSignalSpy wanted(m_desktop.get(), &Desktop::switchRequested);
    const QSignalSpy quit(m_desktop.get(), &Desktop::quitRequested);
    const auto ask = [this]() -> QMessageBox * {
        window().activateWindow();
        if (!comesInFront(&window()))
            return nullptr;
        QTest::keyClick(&window(), Qt::Key_S, Qt::AltModifier);
        if (!QTest::qWaitFor([] { return QApplication::activePopupWidget() != nullptr; }))
            return nullptr;
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_V);
        const auto question = [this] { return window().findChild<QMessageBox *>(u"question"_s); };
        return QTest::qWaitFor(question) && comesInFront(question()) ? question() : nullptr;
    };
    QMessageBox *box = ask();
    QVERIFY(box);
    QVERIFY2(box->text().endsWith(u"Stop your own server, and show the service?"_s), qPrintable(box->text()));
    QStringList answers;
    for (const auto *button : box->findChildren<QPushButton *>())
        answers += QString(button->text()).remove(u'&');
    answers.sort();
    QCOMPARE(answers, (QStringList {u"Cancel"_s, u"Stop and show the service"_s}));
    QTest::keyClick(box, Qt::Key_Return); // the harmless answer
    QTRY_VERIFY(!window().findChild<QMessageBox *>(u"question"_s));
    QCOMPARE(wanted.size(), 0);
    box = ask();
    QVERIFY(box);
    QTest::keyClick(box->findChild<QPushButton *>(u"switch"_s), Qt::Key_Space);
    QTRY_COMPARE(wanted.size(), 1);
    QCOMPARE(quit.size(), 0);
}

void TestProgram::question_isAnsweredByKeys_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<int>("answer");
    QTest::newRow("Enter") << int(Qt::Key_Return) << Qt::KeyboardModifiers() << int(ServerChoice::Service);
    QTest::newRow("Escape") << int(Qt::Key_Escape) << Qt::KeyboardModifiers() << int(ServerChoice::Neither);
    QTest::newRow("Alt+O") << int(Qt::Key_O) << Qt::KeyboardModifiers(Qt::AltModifier) << int(ServerChoice::Own);
}

void TestProgram::question_isAnsweredByKeys()
{
    QFETCH(int, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    QFETCH(int, answer);
    withBox([&](QMessageBox &) { press(Qt::Key(key), modifiers); });
    QCOMPARE(int(service_questions::whichServer(u"/var/lib/warder"_s)), answer);
}

void TestProgram::questions_sayWhatToType()
{
    QString said;
    withBox([&](QMessageBox &box) {
        said = box.informativeText();
        press(Qt::Key_Escape);
    });
    QCOMPARE(service_questions::notAllowed(u"/var/lib/warder"_s, u"Not authorized"_s), ServerChoice::Neither);
    QVERIFY2(said.contains(u"\nsudo warder --data-dir /var/lib/warder\n"_s) && said.endsWith(u"“Not authorized”"_s), qPrintable(said));
    withBox([&](QMessageBox &box) {
        said = box.informativeText();
        press(Qt::Key_Escape);
    });
    QCOMPARE(service_questions::notRunning(), ServerChoice::Neither);
    QVERIFY2(said.endsWith(u"\nsudo systemctl start warder"_s), qPrintable(said));
}

void TestProgram::about_saysVersionLicenceAndUpdates_data()
{
    QTest::addColumn<QString>("package");
    QTest::addColumn<QString>("updates");
    QTest::newRow("deb") << u"deb"_s << u"with those of this system"_s;
    QTest::newRow("rpm") << u"rpm"_s << u"with those of this system"_s;
    QTest::newRow("bundle") << u"bundle"_s << u"a newer archive"_s;
    QTest::newRow("source") << u"source"_s << u"Built from source"_s;
}

void TestProgram::about_saysVersionLicenceAndUpdates()
{
    QFETCH(QString, package);
    QFETCH(QString, updates);
    QCoreApplication::setApplicationVersion(u"1.2.3"_s);
    begin({.package = package});
    m_desktop->open();
    order(u"about"_s)->trigger();
    const auto *box = window().findChild<QMessageBox *>(u"aboutBox"_s);
    QVERIFY(box);
    QCOMPARE(box->text(), u"Warder 1.2.3"_s);
    QVERIFY2(box->informativeText().contains(updates) && box->informativeText().contains(u"General Public License"_s),
             qPrintable(box->informativeText()));
    QVERIFY(!box->iconPixmap().isNull());
}

void TestProgram::programIcon_isColoured()
{
    const QImage image = programIcon().pixmap(64).toImage();
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            colours += image.pixel(x, y);
    }
    QVERIFY2(colours.size() > 20, qPrintable(QString::number(colours.size())));
    begin({});
    QCOMPARE(window().windowIcon().pixmap(64).toImage(), image);
}

QTEST_MAIN(TestProgram)
#include "TestProgram.moc"
