#include "ui/activity/RecordCheck.h"

#include "ui/activity/ActivityPage.h"
#include "ui/activity/ActivityTexts.h"
#include "ui/support/Ask.h"
#include "ui/widgets/WorkBar.h"

namespace warder {

RecordCheck::RecordCheck(const PageContext &context, WorkBar &work, QObject *page)
    : QObject(page), m_context(context), m_work(work), m_page(page)
{}

void RecordCheck::start()
{
    if (m_work.isBusy())
        //: Said instead of checking the record. A sentence that says why follows.
        return Q_EMIT refused(ActivityPage::tr("The record was not checked.") + u' ' + WorkBar::whyBusy());
    m_checked = 0;
    m_breaks.clear();
    //: While all records are checked.
    m_work.begin(ActivityPage::tr("Checking the record…"), [this] {
        ++m_check;
        m_work.end();
    });
    checkPart({});
}

void RecordCheck::checkPart(const QString &cursor)
{
    ask(
        m_context.console.ask(CheckActivity {.cursor = cursor}), m_page,
        [this, check = m_check](const ActivityCheck &part) {
            if (check == m_check)
                take(part);
        },
        [this, check = m_check](const Error &error) {
            if (check != m_check)
                return;
            m_work.end();
            Q_EMIT failed(error);
        });
}

void RecordCheck::take(const ActivityCheck &part)
{
    m_checked += part.checked;
    m_breaks += part.breaks;
    m_work.progress(m_checked, part.last - part.first);
    if (!part.next.isEmpty())
        return checkPart(part.next);
    m_work.end();
    Q_EMIT ended(ActivityTexts::verdict(m_checked, part.first, m_breaks), m_breaks.isEmpty());
}

} // namespace warder
