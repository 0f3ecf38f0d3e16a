#include "ui/activity/RefusalsModel.h"

#include "ui/activity/RefusalTexts.h"
#include "ui/support/Ask.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int mostKept = 2000; ///< As many as the server remembers: a dialog that stays open grows by no more than that.

/// Every row of the list has one.
const RefusedRequestView &requestOf(const RefusalView &row)
{
    static const RefusedRequestView none {};
    return row.request ? *row.request : none;
}

QList<Column<RefusalView>> refusalColumns()
{
    using Row = const RefusalView &;
    return {
        //: Column title: what was asked for, such as "POST /login".
        {.title = RefusalsModel::tr("Request"),
         .characters = 20,
         .text = [](Row row, TimePoint) { return RefusalTexts::asked(requestOf(row)); },
         .tip = [](Row row) { return RefusalTexts::asked(requestOf(row)); }},
        //: Column title: how a request was answered, such as "401 invalid_token".
        {.title = RefusalsModel::tr("Answer"),
         .characters = 19,
         .text = [](Row row, TimePoint) { return RefusalTexts::answer(requestOf(row)); }},
        //: Column title: when a request was refused.
        {.title = RefusalsModel::tr("When"), .characters = 11, .time = [](Row row) { return std::optional(requestOf(row).at); }},
        //: Column title: the network address that a request came from.
        {.title = RefusalsModel::tr("Address"), .characters = 15, .text = [](Row row, TimePoint) { return requestOf(row).address; }},
        //: Column title: the id of a request, which stands in its answer, too.
        {.title = RefusalsModel::tr("Request id"),
         .characters = 20,
         .text = [](Row row, TimePoint) { return requestOf(row).id; },
         .tip = [](Row row) { return requestOf(row).id; }},
    };
}

} // namespace

RefusalsModel::RefusalsModel(const PageContext &context, QObject *parent)
    : RowsModel(context.clock, refusalColumns(), parent), m_console(context.console)
{}

void RefusalsModel::search(const QString &text)
{
    m_text = text;
    m_isLoaded = false;
    read(Part::Fresh);
}

void RefusalsModel::readNew()
{
    if (!m_reading)
        read(m_isLoaded ? Part::New : Part::Fresh);
}

void RefusalsModel::fetchMore(const QModelIndex &)
{
    if (m_isLoaded && !isWhole() && m_reading != Part::Next)
        read(Part::Next); // in place of what is new, which is asked for again
}

void RefusalsModel::read(Part part)
{
    m_asked.cancel();
    m_reading = part;
    ++m_question;
    m_asked = m_console.ask(ListRefusals {.text = m_text, .cursor = part == Part::Next ? m_next : QString(), .limit = pageSize});
    ask(
        m_asked, this,
        [this, part, question = m_question](const PageOf<RefusalView> &page) {
            if (question == m_question)
                take(page, part);
        },
        [this, question = m_question](const Error &error) {
            if (question != m_question)
                return;
            m_reading.reset();
            Q_EMIT failed(error);
        });
}

/// A server that was started anew counts from 1 again, and one that refuses many has pushed out what stood here.
bool RefusalsModel::joins(const PageOf<RefusalView> &page) const
{
    if (rows().isEmpty() || page.rows.isEmpty())
        return false;
    const qint64 newest = numberOf(rows().first());
    return numberOf(page.rows.first()) >= newest && numberOf(page.rows.last()) <= newest;
}

void RefusalsModel::prepend(const PageOf<RefusalView> &page)
{
    const qint64 newest = numberOf(rows().first());
    const auto known = std::ranges::find_if(page.rows, [newest](const RefusalView &row) { return numberOf(row) <= newest; });
    const Batch batch(*this);
    insertAt(0, page.rows.first(known - page.rows.begin()));
    if (rowCount() <= mostKept)
        return;
    removeSpan(mostKept, rowCount() - mostKept);
    m_next = QString::number(numberOf(rows().last()));
}

void RefusalsModel::take(const PageOf<RefusalView> &page, Part part)
{
    m_reading.reset();
    m_isLoaded = true;
    if (part == Part::New && joins(page)) {
        prepend(page);
    } else if (part == Part::Next) {
        m_next = page.next;
        const Batch batch(*this);
        insertAt(rowCount(), page.rows);
    } else {
        m_next = page.next;
        updateTo(page.rows, &RefusalsModel::numberOf);
    }
    Q_EMIT updated();
}

} // namespace warder
