#include "tests/ui/support/Keys.h"
#include "tests/ui/support/OpenPage.h"
#include "tests/ui/support/PageTest.h"
#include "ui/limits/LimitsPage.h"
#include "ui/widgets/EmptyState.h"

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestLimitsPage : public PageTest
{
    Q_OBJECT
private Q_SLOTS:
    void unblock();
    void emptyPage_saysHowToTry();
};

void TestLimitsPage::unblock()
{
    const auto page = openPage<LimitsPage>(*m_scene);
    auto *table = tableOf(*page, u"Limited now"_s);
    QTRY_COMPARE(table->model()->rowCount(), 3);
    table->selectRow(0);
    table->setFocus();
    press(Qt::Key_Delete);
    QTRY_COMPARE(m_scene->console.askedCount(u"unblock login_per_address 198.51.100.23"_s), 1);
    QTRY_COMPARE(table->model()->rowCount(), 2);
}

void TestLimitsPage::emptyPage_saysHowToTry()
{
    m_scene = std::make_unique<Scene>();
    const auto page = openPage<LimitsPage>(*m_scene);
    QTRY_VERIFY(page->findChild<EmptyState *>()->isVisible());
}

QTEST_MAIN(TestLimitsPage)
#include "TestLimitsPage.moc"
