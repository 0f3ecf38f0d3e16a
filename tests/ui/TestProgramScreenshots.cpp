#include "tests/ui/support/PictureTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/Desktop.h"
#include "ui/ServiceQuestions.h"

#include <QApplication>
#include <QDir>
#include <QMenu>
#include <QMessageBox>
#include <QPainter>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What the desktop program shows of itself: a port that is taken, questions, About, and its icon in the tray.
class TestProgramScreenshots : public PictureTest
{
    Q_OBJECT
private Q_SLOTS:
    void question_fits();
    void program_fits_data();
    void program_fits();
    void tray_isReadable();
};

void TestProgramScreenshots::question_fits()
{
    m_scene->fill();
    openWindow();
    QVERIFY(settle());
    window().askToQuit();
    auto *box = window().findChild<QMessageBox *>(u"question"_s);
    QVERIFY(box);
    lookAtOnce(*box, u"question-quit"_s);
}

void TestProgramScreenshots::program_fits_data()
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

void TestProgramScreenshots::program_fits()
{
    QFETCH(QString, what);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    QFETCH(double, scale);
    wear(dark, longTexts);
    const auto lookAtQuestion = [&](const auto &ask) {
        QTimer::singleShot(200, this, [&] {
            if (QWidget *box = QApplication::activeModalWidget()) {
                look(*box, tag(), scale);
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
    ServerView &server = m_scene->console.overviewNow.server;
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
            .startedAt = m_scene->clock.now()};
    }
    PageContext context = m_scene->context();
    context.installation = {.startCommand = {u"warder"_s}, .hasService = true};
    Desktop desktop(context);
    desktop.window().resize(1280, 800);
    desktop.open();
    QVERIFY(QTest::qWaitForWindowExposed(&desktop.window()));
    if (what == "about"_L1) {
        desktop.window().findChild<QAction *>(u"about"_s)->trigger();
        look(*desktop.window().findChild<QMessageBox *>(u"aboutBox"_s), tag(), scale);
    } else if (what == "autostart"_L1) {
        auto *menu = qobject_cast<QMenu *>(desktop.window().findChild<QAction *>(u"autostart"_s)->associatedObjects().first());
        menu->popup(desktop.window().mapToGlobal(QPoint(0, 20)));
        look(*menu, tag(), scale);
        menu->close();
    } else {
        look(desktop.window(), tag(), scale);
    }
}

/// Each tone by its shape, on a light panel and on a dark one.
void TestProgramScreenshots::tray_isReadable()
{
    QImage panel(8 * 120, 160, QImage::Format_ARGB32);
    panel.fill(QColor(0xf0f0f0));
    QPainter painter(&panel);
    painter.fillRect(0, 80, panel.width(), 80, QColor(0x202020));
    QList<QImage> shapes;
    for (const bool hasAlarms : {false, true}) {
        for (const Tone tone : {Tone::Good, Tone::Warning, Tone::Bad, Tone::Neutral}) {
            const QIcon icon = trayIcon(tone, hasAlarms);
            for (const int top : {8, 88}) {
                painter.drawPixmap(int(shapes.size()) * 120 + 8, top, icon.pixmap(64));
                painter.drawPixmap(int(shapes.size()) * 120 + 80, top, icon.pixmap(22));
            }
            shapes += icon.pixmap(22).toImage().convertToFormat(QImage::Format_Alpha8);
        }
    }
    for (qsizetype i = 0; i < shapes.size(); ++i) {
        for (qsizetype other = 0; other < i; ++other)
            QVERIFY(shapes[i] != shapes[other]); // also without colour
    }
    QDir().mkpath(u"screenshots"_s);
    QVERIFY(panel.save(u"screenshots/tray.png"_s));
}

int main(int argc, char *argv[]) { return takePictures<TestProgramScreenshots>(argc, argv); }
#include "TestProgramScreenshots.moc"
