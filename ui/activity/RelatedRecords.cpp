#include "ui/activity/RelatedRecords.h"

#include "ui/support/Ask.h"

#include <algorithm>

namespace warder {
namespace {

ActivityFilter relatives(const ActivityView &record, Relation relation)
{
    switch (relation) {
    case Relation::Session: return {.user = record.userId->toString(), .session = record.sessionId};
    case Relation::User:    return {.user = record.userId->toString()};
    case Relation::Address: return {.address = record.address};
    case Relation::Chain:   return {};
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace

QList<Relation> RelatedRecords::of(const ActivityView &record)
{
    QList<Relation> relations;
    if (record.userId && record.sessionId)
        relations += Relation::Session;
    if (record.userId)
        relations += Relation::User;
    if (!record.address.isEmpty())
        relations += Relation::Address;
    return relations << Relation::Chain;
}

std::optional<PageFilter> RelatedRecords::filterOf(const ActivityView &record, Relation relation)
{
    const QString user = record.email.isEmpty() && record.userId ? record.userId->toString() : record.email; // the account may be gone
    switch (relation) {
    case Relation::Session: return PageFilter {.text = user, .user = record.userId, .session = record.sessionId};
    case Relation::User:    return PageFilter {.text = user, .user = record.userId};
    case Relation::Address: return PageFilter {.text = record.address};
    case Relation::Chain:   return std::nullopt;
    }
    Q_UNREACHABLE_RETURN({});
}

void RelatedRecords::cancel()
{
    m_page.cancel();
    m_chain.cancel();
}

void RelatedRecords::read(const ActivityView &record, Relation relation)
{
    cancel();
    if (relation == Relation::Chain)
        readChain(record);
    else
        readNewer(record, relatives(record, relation));
}

/// Backwards from the record, which is the last of that page, and then forwards.
void RelatedRecords::readNewer(const ActivityView &record, const ActivityFilter &filter)
{
    const QString cursor = record.id.toString();
    m_page = m_console.ask(ListActivity {.filter = filter, .cursor = cursor, .limit = mostEachSide + 1, .backwards = true});
    const auto isNewest = [asked = m_page] { return !asked.isCanceled(); };
    ask(
        m_page, this,
        [this, isNewest, cursor, filter](const PageOf<ActivityView> &page) {
            if (isNewest())
                readOlder(cursor, filter, page.rows);
        },
        [this, isNewest](const Error &error) {
            if (isNewest())
                Q_EMIT failed(error);
        });
}

void RelatedRecords::readOlder(const QString &cursor, const ActivityFilter &filter, const QList<ActivityView> &newer)
{
    m_page = m_console.ask(ListActivity {.filter = filter, .cursor = cursor, .limit = mostEachSide});
    const auto isNewest = [asked = m_page] { return !asked.isCanceled(); };
    ask(
        m_page, this,
        [this, isNewest, newer](const PageOf<ActivityView> &page) {
            if (isNewest())
                Q_EMIT found(newer + page.rows);
        },
        [this, isNewest](const Error &error) {
            if (isNewest())
                Q_EMIT failed(error);
        });
}

void RelatedRecords::readChain(const ActivityView &record)
{
    const qint64 before = std::max<qint64>(0, record.seq - mostEachSide - 1);
    m_chain = m_console.ask(ReadActivity {.filter = {}, .after = before, .limit = 2 * mostEachSide + 1});
    const auto isNewest = [asked = m_chain] { return !asked.isCanceled(); };
    ask(
        m_chain, this,
        [this, isNewest](const ActivityNews &news) {
            if (isNewest())
                Q_EMIT found({news.rows.crbegin(), news.rows.crend()});
        },
        [this, isNewest](const Error &error) {
            if (isNewest())
                Q_EMIT failed(error);
        });
}

} // namespace warder
