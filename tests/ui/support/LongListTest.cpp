#include "tests/ui/support/LongListTest.h"

#include "ui/activity/ActivityPage.h"
#include "ui/sessions/SessionsPage.h"
#include "ui/users/UsersPage.h"

using namespace Qt::StringLiterals;

namespace warder::test {

void LongListTest::fill(LongList list, int rows)
{
    for (int i = 0; i < rows; ++i) {
        UserView user;
        user.id = Id::create(m_scene.clock.now());
        user.email = u"user%1@example.com"_s.arg(i, 6, 10, QChar(u'0'));
        user.createdAt = m_scene.clock.now();
        SessionView session = m_scene.session(10 + i);
        session.userId = user.id;
        ActivityView record;
        record.id = session.id;
        record.seq = rows - i;
        record.at = session.openedAt;
        record.type = u"login_succeeded"_s;
        record.actor = u"user"_s;
        record.userId = user.id;
        record.email = user.email;
        switch (list) {
        case LongList::Users:    m_console->users.append(user); break;
        case LongList::Sessions: m_console->sessions.append(session); break;
        case LongList::Activity: m_console->records.append(record); break;
        }
    }
}

std::unique_ptr<ListPage> LongListTest::open(LongList list, int rows, StillConsole::Reading reading)
{
    m_console = std::make_unique<StillConsole>(reading);
    fill(list, rows);
    const PageContext context {*m_console, m_scene.clock, m_scene.memory};
    std::unique_ptr<ListPage> page;
    switch (list) {
    case LongList::Users:    page = std::make_unique<UsersPage>(context, nullptr); break;
    case LongList::Sessions: page = std::make_unique<SessionsPage>(context, nullptr); break;
    case LongList::Activity: page = std::make_unique<ActivityPage>(context, nullptr); break;
    }
    page->resize(1000, 640);
    page->show();
    page->activateWindow();
    if (comesInFront(page.get()))
        settle();
    return page;
}

/// A page may have others, such as that of a chart.
DataTable &LongListTest::tableOf(const ListPage &page)
{
    const auto all = page.findChildren<DataTable *>();
    return **std::ranges::find(all, page.title(), &QWidget::accessibleName);
}

} // namespace warder::test
