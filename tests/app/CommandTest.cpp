#include "tests/app/CommandTest.h"

#include "app/cli/ExitCode.h"

namespace warder::test {

void CommandTest::initTestCase_data()
{
    QTest::addColumn<bool>("served");
    QTest::newRow("on the database") << false;
    QTest::newRow("through a server") << true;
}

void CommandTest::end()
{
    if (m_warder->isRunning())
        QCOMPARE(m_warder->stop(), Done);
    m_warder.reset();
}

} // namespace warder::test
