#include "tests/ui/support/PictureTest.h"
#include "tests/ui/support/Pictures.h"
#include "tests/ui/support/Settle.h"
#include "ui/overview/WhatToFix.h"
#include "ui/widgets/ProblemStrip.h"
#include "ui/widgets/Toast.h"

#include <QTest>
#include <QToolButton>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What the window says of the server, of its problems and of what there is to fix, as people will see it; nothing of it is cut off.
class TestServerScreenshots : public PictureTest
{
    Q_OBJECT
private Q_SLOTS:
    void serverState_fits_data();
    void serverState_fits();
    void problem_fits_data();
    void problem_fits();
    void whatToFix_fits_data();
    void whatToFix_fits();
};

void TestServerScreenshots::serverState_fits_data()
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

void TestServerScreenshots::serverState_fits()
{
    QFETCH(ServerState, state);
    QFETCH(QString, problem);
    QFETCH(bool, dark);
    wear(dark);
    m_scene->fill();
    auto &server = m_scene->console.overviewNow.server;
    server.state = state;
    server.problem = problem;
    server.url = u"https://localhost:8443"_s;
    server.addresses = {server.url, u"unix:/run/warder/warder.sock"_s};
    server.certificateUntil = m_scene->clock.now() + std::chrono::days {9};
    openWindow(QSize(1280, 800));
    look(window());
}

void TestServerScreenshots::problem_fits_data()
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

void TestServerScreenshots::problem_fits()
{
    QFETCH(QStringList, codes);
    QFETCH(QString, done);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    QFETCH(double, scale);
    wear(dark, longTexts);
    m_scene->fill();
    for (QString &code : codes)
        m_scene->console.overviewNow.server.problems += ProblemView {.code = QString(code).remove(u'!').section(u'=', 0, 0),
                                                                     .detail = code.section(u'=', 1),
                                                                     .since = m_scene->clock.now(),
                                                                     .down = code.startsWith(u'!')};
    openWindow(size);
    if (!done.isEmpty()) {
        window().pages().showPage(u"sessions"_s);
        window().toast().showMessage(done);
    }
    QVERIFY(settle());
    take(window(), tag(), scale);
    const QStringList clipped = clippedIn(window().strip()) + clippedIn(window().toast());
    QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
}

void TestServerScreenshots::whatToFix_fits_data()
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

void TestServerScreenshots::whatToFix_fits()
{
    QFETCH(int, admins);
    QFETCH(bool, open);
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(bool, longTexts);
    wear(dark, longTexts);
    m_scene->fill();
    m_scene->console.overviewNow.counts->bareAdmins = admins;
    if (admins < 0)
        m_scene->console.overviewNow.counts.reset();
    if (open)
        m_scene->console.settingRows = {
            {.key = u"http.listen"_s, .value = u"0.0.0.0:8000"_s, .defaultValue = {}, .sourceName = {}, .text = {}},
            {.key = u"http.cookies_insecure"_s, .value = u"true"_s, .defaultValue = {}, .sourceName = {}, .text = {}}};
    openWindow();
    window().resize(size);
    if (size.width() > 1000 && open)
        window().findChild<WhatToFix *>()->findChild<QToolButton *>()->click();
    look(window());
    QCOMPARE(window().size(), size);
}

int main(int argc, char *argv[]) { return takePictures<TestServerScreenshots>(argc, argv); }
#include "TestServerScreenshots.moc"
