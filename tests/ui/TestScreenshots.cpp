#include "tests/ui/support/Scene.h"
#include "ui/Desktop.h"
#include "ui/users/UserDialog.h"

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace warder::test {

/// Every text half as long again, as German makes it.
class LongTexts final : public QTranslator
{
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *, const char *source, const char *, int) const override
    {
        const QString text = QString::fromUtf8(source);
        return text.size() < 3 ? text : text + QString(u"ßungskeitsverwaltungsübersichten"_s).left(text.size() < 20 ? text.size() * 2 / 3 : 12);
    }
};

QPalette palette(bool dark)
{
    if (!dark)
        return QPalette(QColor(0xf3f4f6));
    QPalette colours(QColor(0x26282c), QColor(0x202226));
    colours.setColor(QPalette::WindowText, QColor(0xe8e8ea));
    colours.setColor(QPalette::Text, QColor(0xe8e8ea));
    colours.setColor(QPalette::ButtonText, QColor(0xe8e8ea));
    colours.setColor(QPalette::Base, QColor(0x1b1c1f));
    colours.setColor(QPalette::Highlight, QColor(0x2f6fde));
    colours.setColor(QPalette::HighlightedText, Qt::white);
    colours.setColor(QPalette::PlaceholderText, QColor(0x9a9ca1));
    return colours;
}

} // namespace warder::test

using namespace warder;
using namespace warder::test;

/// Renders every page as people will see it, for people to look at; fails when a label does not fit its place.
class TestScreenshots : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void page_fits_data();
    void page_fits();
    void serverState_fits_data();
    void serverState_fits();
    void dialog_fits();
    void cleanup();

private:
    static void save(QWidget &widget, const QString &name, double scale);
    static QStringList clippedIn(const QWidget &widget);
};

void TestScreenshots::cleanup()
{
    QApplication::setPalette(palette(false));
}

void TestScreenshots::save(QWidget &widget, const QString &name, double scale)
{
    QPixmap picture(widget.size() * scale);
    picture.setDevicePixelRatio(scale);
    picture.fill(Qt::transparent);
    widget.render(&picture);
    QDir().mkpath(u"screenshots"_s);
    QVERIFY(picture.save(u"screenshots/%1.png"_s.arg(name)));
}

QStringList TestScreenshots::clippedIn(const QWidget &widget)
{
    QStringList clipped;
    for (const QLabel *label : widget.findChildren<QLabel *>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        if (label->height() < needed - 1 || (!label->wordWrap() && label->width() < label->sizeHint().width() - 1))
            clipped += u"label “%1” has %2×%3"_s.arg(label->text()).arg(label->width()).arg(label->height());
    }
    for (const QPushButton *button : widget.findChildren<QPushButton *>()) {
        if (button->isVisible() && button->width() < button->minimumSizeHint().width() - 1)
            clipped += u"button “%1”"_s.arg(button->text());
    }
    return clipped;
}

void TestScreenshots::page_fits_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<bool>("full");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<bool>("longTexts");
    QTest::addColumn<double>("scale");
    for (const char *key : {"overview", "sessions", "users", "limits", "keys"}) {
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
    Desktop desktop(scene.desk());
    MainWindow &window = desktop.window();
    window.resize(1280, 800);
    desktop.open();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.showPage(key);
    QTest::qWait(150);                     // the answers of the console, and the layout after them
    if (auto *table = window.findChild<QWidget *>(key)->findChild<QTableView *>(); table && full && table->isVisible()) {
        table->selectRow(3);
        table->setFocus();
    }
    QTest::qWait(50);
    save(window, QString::fromLatin1(QTest::currentDataTag()), scale);
    const QStringList clipped = clippedIn(window);
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
}

void TestScreenshots::serverState_fits_data()
{
    QTest::addColumn<ServerState>("state");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<bool>("dark");
    QTest::newRow("server-running-tls") << ServerState::Running << QString() << false;
    QTest::newRow("server-paused-tls") << ServerState::Paused << QString() << true;
    QTest::newRow("server-failed-tls") << ServerState::Failed
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
    Desktop desktop(scene.desk());
    MainWindow &window = desktop.window();
    window.resize(1280, 800);
    desktop.open();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QTest::qWait(150);
    save(window, QString::fromLatin1(QTest::currentDataTag()), 1);
    const QStringList clipped = clippedIn(window);
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
}

void TestScreenshots::dialog_fits()
{
    Scene scene;
    auto *dialog = new CreateUserDialog(scene.desk(), nullptr);
    dialog->open();
    scene.console.failNext(u"createUser"_s, {.code = ErrorCode::InvalidInput, .detail = {},
        .faults = {{.type = u"value_error"_s, .location = {u"body"_s, u"email"_s}, .message = u"value is not a valid email address: it has no @"_s},
                   {.type = u"string_too_short"_s, .location = {u"body"_s, u"password"_s}, .message = {}, .context = {{u"min_length"_s, 8}}}}});
    QTest::keyClicks(dialog->findChild<QLineEdit *>(u"email"_s), u"ada"_s);
    QTest::keyClick(dialog, Qt::Key_Return);
    QTest::qWait(100);
    dialog->adjustSize();
    save(*dialog, u"create-user"_s, 1);
    const QStringList clipped = clippedIn(*dialog);
    delete dialog;
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
}

int main(int argc, char *argv[])
{
    qputenv("TZ", "UTC");
    QApplication app(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    QApplication::setStyle(u"Fusion"_s);
    QFont font(u"DejaVu Sans"_s);
    font.setPointSizeF(9.5);
    QApplication::setFont(font);
    QApplication::setPalette(palette(false));
    QApplication::setQuitOnLastWindowClosed(false);
    TestScreenshots test;
    return QTest::qExec(&test, argc, argv);
}
#include "TestScreenshots.moc"
