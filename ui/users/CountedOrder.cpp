#include "ui/users/CountedOrder.h"

#include "core/console/Console.h"
#include "core/console/orders/Sessions.h"
#include "ui/support/Ask.h"

#include <QWidget>

namespace warder {

CountedOrder::CountedOrder(const PageContext &context, QObject *parent, QWidget *page) : QObject(parent), m_context(context), m_page(page)
{}

void CountedOrder::put(const Wish &wish)
{
    if (!m_isCounting)
        count(wish.user, [this, wish](qint64 live) { present(wish, live, {}); });
}

void CountedOrder::count(const Id &user, const std::function<void(qint64 live)> &onCounted)
{
    m_isCounting = true;
    ask(
        m_context.console.ask(CountSessions {.filter = {.text = {}, .user = user}}), m_page,
        [this, onCounted](const SessionCounts &counts) {
            m_isCounting = false;
            onCounted(counts.live);
        },
        [this](const Error &error) {
            m_isCounting = false;
            Q_EMIT failed(error);
        });
}

void CountedOrder::present(const Wish &wish, qint64 live, const QString &remark)
{
    auto question = wish.question(live);
    if (!question)
        return;
    if (!remark.isEmpty())
        question->effect = remark + u' ' + question->effect;
    confirm(m_page, *question, [this, wish, live] { give(wish, live); });
}

void CountedOrder::give(const Wish &wish, qint64 seen)
{
    wish.give(seen, [this, wish, seen](const Error &error) {
        if (error.code == ErrorCode::Conflict)
            askAgain(wish, seen, error);
        else
            Q_EMIT failed(error);
    });
}

/// Where the number is as it was, something else stands against it.
void CountedOrder::askAgain(const Wish &wish, qint64 seen, const Error &refusal)
{
    count(wish.user, [this, wish, seen, refusal](qint64 live) {
        if (live == seen)
            return Q_EMIT failed(refusal);
        //: Before the effect of an order that is asked for once more: how many sessions it ends has changed.
        present(wish, live, tr("Their number changed while you were asked, so nothing was done yet."));
    });
}

} // namespace warder
