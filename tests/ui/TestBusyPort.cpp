#include "tests/ui/support/Keys.h"
#include "tests/ui/support/Scene.h"
#include "tests/ui/support/Settle.h"
#include "tests/ui/support/StripProblems.h"
#include "ui/Desktop.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/FilterBox.h"
#include "ui/widgets/Page.h"
#include "ui/widgets/ProblemStrip.h"

#include <QLabel>
#include <QPushButton>
#include <QStatusBar>
#include <QTest>
#include <QToolButton>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

const QString takenPort =
    u"cannot listen on 127.0.0.1:18201: another program uses this port: stop it, or choose another port with http.listen"_s;

} // namespace

/// Another program has the server's port: there is a way out, and nobody is led to that program.
class TestBusyPort : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setQuitOnLastWindowClosed(false); }
    void init();
    void cleanup();
    void isLeftByAButton();
    void offersWhatIsFreeNow();
    void thatIsFixed_saysWhere_data();
    void thatIsFixed_saysWhere();
    void leadsToItsSetting_data();
    void leadsToItsSetting();

private:
    MainWindow &window() { return m_desktop->window(); }
    QStringList shown() { return problemsIn(window().strip()); }
    QString state() { return window().statusBar()->findChild<QLabel *>(u"state"_s)->text(); }
    ServerView &server() { return m_scene->console.overviewNow.server; }
    void takePort(const OtherPort &other);

    std::unique_ptr<Scene> m_scene;
    std::unique_ptr<Desktop> m_desktop;
};

void TestBusyPort::init()
{
    m_scene = std::make_unique<Scene>();
    m_scene->fill();
    m_desktop = std::make_unique<Desktop>(m_scene->context());
    m_desktop->open();
    QVERIFY(comesInFront(&window()));
    QTRY_COMPARE(state(), u"Running"_s);
}

void TestBusyPort::cleanup()
{
    m_desktop.reset();
    m_scene.reset();
}

void TestBusyPort::takePort(const OtherPort &other)
{
    server().state = ServerState::Failed;
    server().url.clear();
    server().configured.clear();
    server().problem = takenPort;
    server().problemCode = nameOf(ErrorCode::AddressTaken);
    server().otherPort = other;
}

void TestBusyPort::isLeftByAButton()
{
    takePort({.port = 18202, .source = SettingSource::Default, .sourceName = {}});
    QTRY_COMPARE(shown().size(), 1);
    QVERIFY2(shown().first().contains(u"port 18202, which is free"_s), qPrintable(shown().first()));
    for (const auto *field : window().findChildren<CopyField *>())
        QVERIFY2(!field->text().contains(u":8000"_s) && !field->text().contains(u":1820"_s), qPrintable(field->text()));
    QVERIFY(!window().statusBar()->findChild<QToolButton *>(u"address"_s)->isVisible());
    auto *button = window().strip().findChild<QPushButton *>(u"action"_s);
    QCOMPARE(button->text(), u"Use port 18202"_s);
    button->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(m_scene->console.askedCount(u"usePort 18202"_s), 1);
    QTRY_COMPARE(state(), u"Running"_s);
    QTRY_VERIFY(shown().isEmpty());
}

void TestBusyPort::offersWhatIsFreeNow()
{
    takePort({.port = 18202, .source = SettingSource::Stored, .sourceName = {}});
    QTRY_COMPARE(shown().size(), 1);
    auto *button = window().strip().findChild<QPushButton *>(u"action"_s);
    server().otherPort->port = 18203; // somebody was faster
    m_scene->console.failNext(u"usePort"_s, {.code = ErrorCode::AddressTaken, .detail = takenPort});
    button->setFocus();
    press(Qt::Key_Space);
    QTRY_COMPARE(button->text(), u"Use port 18203"_s);
    QCOMPARE(shown().size(), 1);
    QCOMPARE(state(), u"Failed. It does not listen."_s);
}

void TestBusyPort::thatIsFixed_saysWhere_data()
{
    QTest::addColumn<SettingSource>("source");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words");
    QTest::newRow("file") << SettingSource::File << u"/etc/warder/warder.conf:3"_s << u"The port is set in /etc/warder/warder.conf:3."_s;
    QTest::newRow("variable") << SettingSource::Environment << u"WARDER_HTTP_LISTEN"_s
                              << u"The port is set by the variable WARDER_HTTP_LISTEN."_s;
    QTest::newRow("option") << SettingSource::CommandLine << u"--set"_s << u"The port is set on the command line, by --listen or --set."_s;
}

void TestBusyPort::thatIsFixed_saysWhere()
{
    QFETCH(SettingSource, source);
    QFETCH(QString, name);
    QFETCH(QString, words);
    takePort({.port = 0, .source = source, .sourceName = name});
    QTRY_COMPARE(shown().size(), 1);
    QVERIFY2(shown().first().endsWith(words), qPrintable(shown().first()));
    QCOMPARE(window().strip().findChild<QPushButton *>(u"action"_s)->text(), u"Start again"_s);
}

void TestBusyPort::leadsToItsSetting_data()
{
    QTest::addColumn<OtherPort>("other");
    QTest::newRow("beside another port") << OtherPort {.port = 18202, .source = SettingSource::Default, .sourceName = {}};
    QTest::newRow("beside another try") << OtherPort {.port = 0, .source = SettingSource::File, .sourceName = u"warder.conf:3"_s};
}

void TestBusyPort::leadsToItsSetting()
{
    QFETCH(OtherPort, other);
    m_scene->fillSettings();
    takePort(other);
    QTRY_COMPARE(shown().size(), 1);
    auto *button = window().strip().findChild<QPushButton *>(u"lead"_s);
    QCOMPARE(button->text(), u"Open settings"_s);
    button->setFocus();
    press(Qt::Key_Space);
    const Page &page = window().pages().current();
    QCOMPARE(page.objectName(), u"settings"_s);
    QCOMPARE(page.findChild<FilterBox *>()->filter(), u"http.listen"_s);
    const auto editor = [&page] { return page.findChild<QWidget *>(u"http.listen"_s); };
    QTRY_VERIFY(editor() && editor()->isVisible());
    QCOMPARE(m_scene->console.askedCount(u"startServer"_s), 0);
}

QTEST_MAIN(TestBusyPort)
#include "TestBusyPort.moc"
