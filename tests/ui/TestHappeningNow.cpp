#include "core/base/Id.h"
#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "tests/ui/support/Settle.h"
#include "ui/overview/HappeningNow.h"
#include "ui/overview/OverviewPage.h"
#include "ui/support/Times.h"
#include "ui/widgets/ElidedLabel.h"

#include <QLabel>
#include <QSignalSpy>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace warder;
using namespace warder::test;

/// Overview's newest records: what stands there, and what it costs.
class TestHappeningNow : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void newest_standFirst();
    void line_saysWhatAndWho_data();
    void line_saysWhatAndWho();
    void sameWords_haveTipsOfTheirOwn();
    void news_areReadOnceASecond();
    void quiet_asksNothing();
    void failure_isSaidElsewhere_andTriedAgain();
    void withoutRecords_saysWhatWillBeThere();
    void lowWindow_hasFewerLines();
    void oldRecord_hasItsDate();
    void button_leadsToActivity();

private:
    static QStringList linesIn(const QWidget &part);
    int asked() const { return m_scene->console.askedCount(u"activity "_s); }
    /// Until the page has had so many seconds more.
    void waitForSeconds(int number);
};

QStringList TestHappeningNow::linesIn(const QWidget &part)
{
    QStringList lines;
    for (const ElidedLabel *each : part.findChildren<ElidedLabel *>()) {
        if (each->isVisible())
            lines += each->text();
    }
    return lines;
}

void TestHappeningNow::waitForSeconds(int number)
{
    const int until = m_scene->console.askedCount(u"traffic "_s) + number; // the chart asks with each beat
    QTRY_VERIFY_WITH_TIMEOUT(m_scene->console.askedCount(u"traffic "_s) >= until, 20'000);
    QVERIFY(settle());
}

void TestHappeningNow::newest_standFirst()
{
    const auto page = openPage<OverviewPage>(*m_scene);
    const auto *panel = page->findChild<HappeningNow *>();
    QTRY_COMPARE(linesIn(*panel).size(), HappeningNow::mostLines);
    QCOMPARE(linesIn(*panel).first(), u"Signed in · ada.lovelace@example.com"_s);
    QCOMPARE(asked(), 1);
    m_scene->console.record({.id = Id::create(m_scene->clock.now()),
                             .at = m_scene->clock.now(),
                             .type = u"user_disabled"_s,
                             .actor = u"console"_s,
                             .email = u"new@example.com"_s});
    page->apply({ActivityRecorded {.seq = m_scene->console.activityRows.first().seq}});
    QTRY_COMPARE(linesIn(*panel).first(), u"Account disabled · new@example.com"_s);
    QCOMPARE(linesIn(*panel).size(), HappeningNow::mostLines);
}

void TestHappeningNow::line_saysWhatAndWho_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("email");
    QTest::addColumn<bool>("hasAccount");
    QTest::addColumn<QString>("line");
    QTest::newRow("somebody") << u"login_succeeded"_s << u"ada@example.com"_s << true << u"Signed in · ada@example.com"_s;
    QTest::newRow("an address without an account")
        << u"login_failed"_s << u"nobody@example.com"_s << false << u"Sign-in refused · nobody@example.com"_s;
    QTest::newRow("an account that is gone") << u"session_revoked"_s << QString() << true << u"Session ended · Removed account"_s;
    QTest::newRow("nobody") << u"key_rotated"_s << QString() << false << u"Key rotated"_s;
    QTest::newRow("a type without words") << u"sun_spots_seen"_s << QString() << false << u"sun_spots_seen"_s;
    QTest::newRow("a name that would turn the line") << u"login_failed"_s << u"\u202Eevil"_s << false << u"Sign-in refused · \uFFFDevil"_s;
}

void TestHappeningNow::line_saysWhatAndWho()
{
    QFETCH(QString, type);
    QFETCH(QString, email);
    QFETCH(bool, hasAccount);
    const TimePoint now = m_scene->clock.now();
    m_scene->console.activityRows = {{.id = Id::create(now),
                                      .seq = 1,
                                      .at = now,
                                      .type = type,
                                      .actor = u"system"_s,
                                      .userId = hasAccount ? std::optional(Id::create(now)) : std::nullopt,
                                      .email = email}};
    const auto page = openPage<OverviewPage>(*m_scene);
    const auto *panel = page->findChild<HappeningNow *>();
    QTRY_COMPARE(linesIn(*panel).size(), 1);
    QTEST(linesIn(*panel).first().remove(u'\u200b'), "line");
}

/// However much the journal tells of.
/// Somebody signs in twice within a minute.
void TestHappeningNow::sameWords_haveTipsOfTheirOwn()
{
    const auto signIn = [this](const QString &address) {
        m_scene->console.record({.id = Id::create(m_scene->clock.now()),
                                 .at = m_scene->clock.now(),
                                 .type = u"login_succeeded"_s,
                                 .actor = u"user"_s,
                                 .email = u"ada@example.com"_s,
                                 .address = address});
    };
    m_scene->console.activityRows.clear();
    signIn(u"203.0.113.1"_s);
    const auto page = openPage<OverviewPage>(*m_scene);
    const auto *panel = page->findChild<HappeningNow *>();
    QTRY_COMPARE(linesIn(*panel).size(), 1);
    QCOMPARE(panel->findChild<ElidedLabel *>()->toolTip(), u"203.0.113.1"_s);
    signIn(u"203.0.113.2"_s);
    page->apply({ActivityRecorded {.seq = m_scene->console.activityRows.first().seq}});
    QTRY_COMPARE(linesIn(*panel).size(), 2);
    QCOMPARE(linesIn(*panel).first(), linesIn(*panel).last());
    QCOMPARE(panel->findChild<ElidedLabel *>()->toolTip(), u"203.0.113.2"_s);
}

void TestHappeningNow::news_areReadOnceASecond()
{
    const auto page = openPage<OverviewPage>(*m_scene);
    QTRY_COMPARE(asked(), 1);
    for (int i = 0; i < 1000; ++i)
        page->apply({ActivityRecorded {.seq = i}});
    QCOMPARE(asked(), 1);
    waitForSeconds(3);
    QCOMPARE(asked(), 2);
}

void TestHappeningNow::quiet_asksNothing()
{
    const auto page = openPage<OverviewPage>(*m_scene);
    QTRY_COMPARE(asked(), 1);
    page->apply({LimitsChanged {}, AlarmsChanged {}});
    waitForSeconds(3);
    QCOMPARE(asked(), 1);
}

void TestHappeningNow::failure_isSaidElsewhere_andTriedAgain()
{
    m_scene->console.failNext(u"activity"_s, {.code = ErrorCode::StorageFailure, .detail = u"disk I/O error"_s});
    const auto page = openPage<OverviewPage>(*m_scene);
    QVERIFY(page->problems().isEmpty());
    QTRY_COMPARE(linesIn(*page->findChild<HappeningNow *>()).size(), HappeningNow::mostLines);
    QVERIFY(page->problems().isEmpty());
}

void TestHappeningNow::withoutRecords_saysWhatWillBeThere()
{
    m_scene->console.activityRows.clear();
    const auto page = openPage<OverviewPage>(*m_scene);
    const auto *panel = page->findChild<HappeningNow *>();
    const auto isSaid = [panel] {
        return std::ranges::any_of(panel->findChildren<QLabel *>(), [](const QLabel *label) {
            return label->isVisible() && label->text() == "What people and admins do appears here as it happens."_L1;
        });
    };
    QTRY_VERIFY(isSaid());
    QVERIFY(linesIn(*panel).isEmpty());
}

void TestHappeningNow::lowWindow_hasFewerLines()
{
    HappeningNow panel(m_scene->context(), nullptr);
    panel.resize(320, 420);
    panel.show();
    panel.read();
    QTRY_COMPARE(linesIn(panel).size(), HappeningNow::mostLines);
    const auto verifyInside = [&panel] {
        for (const ElidedLabel *each : panel.findChildren<ElidedLabel *>()) {
            const QRect place(each->mapTo(&panel, QPoint()), each->size());
            QVERIFY2(!each->isVisible() || (panel.rect().contains(place) && each->height() >= each->sizeHint().height()),
                     qPrintable(each->text()));
        }
    };
    verifyInside();
    panel.resize(320, panel.minimumSizeHint().height());
    QVERIFY(settle());
    QVERIFY2(linesIn(panel).size() >= 3 && linesIn(panel).size() < HappeningNow::mostLines,
             qPrintable(QString::number(linesIn(panel).size())));
    QCOMPARE(linesIn(panel).first(), u"Signed in · ada.lovelace@example.com"_s); // the newest stay
    verifyInside();
    panel.resize(320, 420);
    QVERIFY(settle());
    QCOMPARE(linesIn(panel).size(), HappeningNow::mostLines);
}

void TestHappeningNow::oldRecord_hasItsDate()
{
    m_scene->console.activityRows.resize(1);
    const TimePoint at = m_scene->clock.now() - 48h;
    m_scene->console.activityRows.first().at = at;
    const auto page = openPage<OverviewPage>(*m_scene);
    const auto labels = page->findChild<HappeningNow *>()->findChildren<QLabel *>();
    QTRY_VERIFY(std::ranges::contains(labels, Times::date(at), &QLabel::text));
    QCOMPARE(Times::timeOrDate(at, at), Times::brief(at).section(u' ', -1)); // of today the time of the day
}

void TestHappeningNow::button_leadsToActivity()
{
    const auto page = openPage<OverviewPage>(*m_scene);
    const QSignalSpy lead(page.get(), &Page::goTo);
    button(*page, u"Show Activity"_s)->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(lead.value(0).value(0).toString(), u"activity"_s);
}

QTEST_MAIN(TestHappeningNow)
#include "TestHappeningNow.moc"
