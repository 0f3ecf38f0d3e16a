#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/overview/FirstSteps.h"
#include "ui/overview/OverviewPage.h"
#include "ui/support/UiTexts.h"
#include "ui/widgets/Card.h"
#include "ui/widgets/CopyField.h"
#include "ui/widgets/StateDot.h"

#include <QEvent>
#include <QLabel>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

/// Counts what has a widget painted, or what is around it laid out anew.
class DotStirrings final : public QObject
{
public:
    int number = 0;

    bool eventFilter(QObject *, QEvent *event) override
    {
        const auto type = event->type();
        const bool stirs = type == QEvent::Paint || type == QEvent::ShowToParent || type == QEvent::HideToParent;
        number += stirs ? 1 : 0;
        return false;
    }
};

} // namespace

class TestOverviewPage : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void cards_showTheNumbers_andLeadOn();
    void mark_isNotPaintedAnew_whileItIsTheSame();
    void serverCard_wantsTheMenuOfOrders();
    void keyOfTheFuture_saysThatTheClockWasSetBack();
    void withoutADatabase_showsNoNumbers();
    void firstSteps_tellTheLinesOfAnApp();
    void firstSteps_tellTheLinesThatWorkHere_data();
    void firstSteps_tellTheLinesThatWorkHere();
    void firstSteps_stayAway_onceDone();
};

void TestOverviewPage::cards_showTheNumbers_andLeadOn()
{
    const auto page = openPage<OverviewPage>(*m_scene);
    page->present(m_scene->console.overviewNow);
    auto *card = page->findChild<Card *>(u"sessionsCard"_s);
    QCOMPARE(card->accessibleName(), u"Sessions now: "_s + UiTexts::count(1284));
    QSignalSpy lead(page.get(), &Page::goTo);
    card->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(lead.value(0).value(0).toString(), u"sessions"_s);
}

/// The numbers come each second.
void TestOverviewPage::mark_isNotPaintedAnew_whileItIsTheSame()
{
    const auto page = openPage<OverviewPage>(*m_scene);
    page->present(m_scene->console.overviewNow);
    QVERIFY(settle());
    auto *dot = page->findChild<Card *>(u"stateCard"_s)->findChild<StateDot *>();
    QVERIFY(dot->isVisible());
    DotStirrings stirrings;
    dot->installEventFilter(&stirrings);
    page->present(m_scene->console.overviewNow);
    QVERIFY(settle());
    QCOMPARE(stirrings.number, 0);
    m_scene->console.overviewNow.server.state = ServerState::Stopped;
    page->present(m_scene->console.overviewNow);
    QTRY_VERIFY(stirrings.number > 0);
    QVERIFY(dot->isVisible()); // a neutral state has its mark, too
}

/// It leads to no page: where it would lead is in view already.
void TestOverviewPage::serverCard_wantsTheMenuOfOrders()
{
    const auto page = openPage<OverviewPage>(*m_scene);
    const QSignalSpy lead(page.get(), &Page::goTo);
    const QSignalSpy orders(page.get(), &Page::serverOrdersWanted);
    auto *card = page->findChild<Card *>(u"stateCard"_s);
    card->setFocus();
    press(Qt::Key_Space);
    QCOMPARE(orders.size(), 1);
    QCOMPARE(orders.first().first().toPoint(), card->mapToGlobal(card->rect().bottomLeft()));
    QCOMPARE(lead.size(), 0);
}

void TestOverviewPage::keyOfTheFuture_saysThatTheClockWasSetBack()
{
    m_scene->console.overviewNow.signingKeySince = m_scene->clock.now() + std::chrono::hours {1};
    const auto page = openPage<OverviewPage>(*m_scene);
    page->present(m_scene->console.overviewNow);
    const auto *card = page->findChild<Card *>(u"keyCard"_s);
    QCOMPARE(card->accessibleName(), u"Signing key: –"_s);
    QCOMPARE(card->accessibleDescription(), u"the clock was set back"_s);
    m_scene->clock.advance(std::chrono::hours {2}); // it is right again
    page->present(m_scene->console.overviewNow);
    QCOMPARE(card->accessibleName(), u"Signing key: 1 h"_s);
}

void TestOverviewPage::withoutADatabase_showsNoNumbers()
{
    m_scene->console.overviewNow.counts.reset();
    const auto page = openPage<OverviewPage>(*m_scene);
    page->present(m_scene->console.overviewNow);
    QCOMPARE(page->findChild<Card *>(u"sessionsCard"_s)->accessibleName(), u"Sessions now: –"_s);
    QVERIFY(!page->findChild<FirstSteps *>()->isVisible());
}

void TestOverviewPage::firstSteps_tellTheLinesOfAnApp()
{
    m_scene->console.overviewNow.counts->users = 0;
    m_scene->console.settingRows[1].value = u"true"_s;
    const auto page = openPage<OverviewPage>(*m_scene);
    const auto *steps = page->findChild<FirstSteps *>();
    QVERIFY(!steps->isVisible()); // nobody knows yet whether there are accounts
    page->present(m_scene->console.overviewNow);
    QVERIFY(steps->isVisible());
    const auto *lines = steps->findChild<CopyField *>();
    QTRY_COMPARE(lines->text(), u"WARDER_URL=http://127.0.0.1:8000\nWARDER_COOKIES_INSECURE=true"_s);
    const auto said = [steps](const QString &text) { return std::ranges::contains(steps->findChildren<QLabel *>(), text, &QLabel::text); };
    QVERIFY(said(u"Allowed origins: http://localhost:3000, http://127.0.0.1:3000 (setting http.allowed_origins)"_s));
    m_scene->console.overviewNow.counts->users = 1;
    page->present(m_scene->console.overviewNow);
    QVERIFY(steps->isVisible()); // there are more steps
}

void TestOverviewPage::firstSteps_tellTheLinesThatWorkHere_data()
{
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<QString>("lines");
    QTest::newRow("the usual prefix") << u"warder"_s << u"WARDER_URL=http://127.0.0.1:8000\nWARDER_COOKIES_INSECURE=false"_s;
    QTest::newRow("another one") << u"shop"_s
                                 << u"WARDER_URL=http://127.0.0.1:8000\nWARDER_COOKIES_INSECURE=false\nWARDER_COOKIE_PREFIX=shop"_s;
}

void TestOverviewPage::firstSteps_tellTheLinesThatWorkHere()
{
    QFETCH(QString, prefix);
    m_scene->console.overviewNow.counts->users = 0;
    const auto page = openPage<OverviewPage>(*m_scene);
    page->present(m_scene->console.overviewNow);
    const auto *shown = page->findChild<FirstSteps *>()->findChild<CopyField *>();
    settle();
    const int before = m_scene->console.askedCount(u"settings"_s);
    QVERIFY(before > 0);
    m_scene->console.settingRows = {
        {.key = u"http.cookies_insecure"_s, .value = u"false"_s, .defaultValue = u"false"_s, .sourceName = {}, .text = {}},
        {.key = u"http.cookie_prefix"_s, .value = prefix, .defaultValue = u"warder"_s, .sourceName = {}, .text = {}}};
    page->refresh(); // F5
    QTRY_VERIFY(m_scene->console.askedCount(u"settings"_s) > before);
    QFETCH(QString, lines);
    QTRY_COMPARE(shown->text(), lines);
}

void TestOverviewPage::firstSteps_stayAway_onceDone()
{
    const auto present = [this](OverviewPage &page, qint64 users) {
        m_scene->console.overviewNow.counts->users = users;
        page.present(m_scene->console.overviewNow);
        return page.findChild<FirstSteps *>()->isVisible();
    };
    {
        const auto page = openPage<OverviewPage>(*m_scene);
        QVERIFY(!present(*page, 1));
        QVERIFY(present(*page, 0));
        button(*page, u"Done"_s)->setFocus();
        press(Qt::Key_Space);
        QVERIFY(!page->findChild<FirstSteps *>()->isVisible());
        QVERIFY(!present(*page, 0));
    }
    const auto next = openPage<OverviewPage>(*m_scene);
    QVERIFY(!present(*next, 0));
    next->showFirstSteps();
    QVERIFY(next->findChild<FirstSteps *>()->isVisible());
}

QTEST_MAIN(TestOverviewPage)
#include "TestOverviewPage.moc"
