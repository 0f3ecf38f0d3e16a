#include "core/accounts/Accounts.h"
#include "core/audit/AuditChain.h"
#include "core/audit/AuditList.h"
#include "core/console/TextMatcher.h"
#include "core/console/local/CountEach.h"
#include "core/console/local/LocalConsole.h"
#include "core/console/orders/Activity.h"

#include <QHostAddress>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr int longestPage = 500;
constexpr qsizetype mostTypes = 200;
constexpr Seconds longestStep = std::chrono::days {366};

/// As it is recorded: "[2001:DB8:0::1]" is "2001:db8::1", "::ffff:192.0.2.7" is "192.0.2.7". What is no address stays, and matches nothing.
QString recordedAddress(const QString &typed)
{
    QString bare = typed.trimmed();
    if (bare.startsWith(u'[') && bare.endsWith(u']'))
        bare = bare.sliced(1).chopped(1);
    QHostAddress address;
    if (!address.setAddress(bare))
        return bare;
    bool isIpv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIpv4);
    return isIpv4 ? QHostAddress(ipv4).toString() : address.toString();
}

/// The account, which may be gone; a null id for an address that no account has: nothing is recorded of it.
Result<std::optional<Id>> subjectOf(ConsoleContext &console, const QString &user)
{
    const QString typed = user.trimmed();
    if (typed.isEmpty())
        return std::nullopt;
    if (const auto id = Id::fromString(typed))
        return std::optional(*id);
    return console.accounts.findByEmail(typed).transform(
        [](const std::optional<User> &found) { return std::optional(found ? found->id : Id {}); });
}

Result<AuditFilter> filterOf(ConsoleContext &console, const ActivityFilter &filter)
{
    if (filter.types.size() > mostTypes)
        return refused(ErrorCode::InvalidInput, u"at most %1 types at once"_s.arg(mostTypes));
    if (filter.session && filter.user.trimmed().isEmpty())
        return refused(ErrorCode::InvalidInput, u"a session is looked for with its user"_s);
    QStringList types = filter.types;
    types.removeDuplicates();
    return TextMatcher::check(filter.user)
        .and_then([&] { return TextMatcher::check(filter.address); })
        .and_then([&] { return subjectOf(console, filter.user); })
        .transform([&](const std::optional<Id> &subject) {
            return AuditFilter {.types = types,
                                .subject = subject,
                                .session = filter.session,
                                .address = recordedAddress(filter.address),
                                .from = filter.from,
                                .until = filter.until};
        });
}

/// The e-mail addresses of the accounts that records are about, each asked for once.
class Emails final
{
public:
    explicit Emails(const Accounts &accounts) : m_accounts(accounts) {}

    QString of(const std::optional<Id> &user)
    {
        if (!user)
            return {};
        const auto known = m_known.constFind(*user);
        if (known != m_known.constEnd())
            return *known;
        const auto found = m_accounts.findById(*user);
        return *m_known.insert(*user, found ? found->email : QString());
    }

private:
    const Accounts &m_accounts;
    QHash<Id, QString> m_known;
};

ActivityView activityOf(const AuditRow &row, Emails &emails)
{
    const AuditEvent event = row.toEvent();
    const QString email = emails.of(event.subject);
    return {.id = event.id,
            .seq = row.seq,
            .at = event.at,
            .type = event.type,
            .actor = event.actor,
            .userId = event.subject,
            .email = email.isEmpty() ? event.details.value("email"_L1).toString() : email,
            .sessionId = event.session,
            .address = event.address,
            .details = event.details,
            .hash = QString::fromLatin1(row.hash.toHex())};
}

QList<ActivityView> activitiesOf(ConsoleContext &console, const QList<AuditRow> &rows)
{
    Emails emails(console.accounts);
    QList<ActivityView> views;
    for (const AuditRow &row : rows)
        views += activityOf(row, emails);
    return views;
}

/// The last record that was read; nothing for an empty cursor.
Result<std::optional<Id>> recordOf(const QString &cursor)
{
    const auto id = Id::fromString(cursor);
    if (!id && !cursor.isEmpty())
        return refused(ErrorCode::InvalidInput, u"the cursor is none of this list"_s);
    return id;
}

/// One more is read than the page has: whether there is one, `next` says.
Result<PageOf<ActivityView>> listBackwards(ConsoleContext &console, const AuditFilter &filter, const std::optional<Id> &from, int limit)
{
    auto rows = AuditList::oldest(console.database.reader(), filter, from, limit + 1);
    if (!rows)
        return refused(rows);
    PageOf<ActivityView> page;
    if (rows->size() > limit)
        page.next = rows->takeLast().id.toString();
    std::ranges::reverse(*rows);
    page.rows = activitiesOf(console, *rows);
    return page;
}

Result<PageOf<ActivityView>> list(ConsoleContext &console, const ListActivity &order, Errand &)
{
    const quint64 position = console.journal.position();
    const auto filter = filterOf(console, order.filter);
    const auto before = recordOf(order.cursor);
    if (!filter || !before)
        return filter ? refused(before) : refused(filter);
    const int limit = std::clamp(order.limit, 1, longestPage);
    if (order.backwards)
        return listBackwards(console, *filter, *before, limit).transform([position](PageOf<ActivityView> page) {
            page.position = position;
            return page;
        });
    const auto rows = AuditList::newest(console.database.reader(), *filter, *before, limit);
    if (!rows)
        return refused(rows);
    return PageOf<ActivityView> {
        .rows = activitiesOf(console, *rows), .next = rows->size() < limit ? QString() : rows->last().id.toString(), .position = position};
}

Result<qint64> count(ConsoleContext &console, const CountActivity &order, Errand &)
{
    return filterOf(console, order.filter).and_then([&console](const AuditFilter &filter) {
        return AuditList::count(console.database.reader(), filter);
    });
}

/// A statement a step, each of a part of one index.
Result<QList<qint64>> countSteps(ConsoleContext &console, const CountActivitySteps &order, Errand &errand)
{
    const auto &[from, until] = std::tie(order.filter.from, order.filter.until);
    const bool isStep = order.step > Seconds {0} && order.step <= longestStep;
    if (!from || !until || !isStep || *until - *from > order.step * CountActivitySteps::most)
        return refused(ErrorCode::InvalidInput, u"a time of at most %1 steps is needed"_s.arg(CountActivitySteps::most));
    auto filter = filterOf(console, order.filter);
    if (!filter)
        return refused(filter);
    QList<qint64> numbers;
    for (TimePoint begin = *from; begin < *until && !errand.isCanceled(); begin += order.step) {
        filter->from = begin;
        filter->until = std::min<TimePoint>(begin + order.step, *until);
        const auto number = AuditList::count(console.database.reader(), *filter);
        if (!number)
            return refused(number);
        numbers += *number;
    }
    return numbers;
}

Result<ActivityNews> read(ConsoleContext &console, const ReadActivity &order, Errand &)
{
    const quint64 position = console.journal.position();
    const auto filter = filterOf(console, order.filter);
    if (!filter)
        return refused(filter);
    const int limit = std::clamp(order.limit, 1, longestPage);
    return AuditList::writtenSince(console.database.reader(), *filter, std::max<qint64>(order.after, 0), limit)
        .transform([&](const AuditList::Written &written) {
            return ActivityNews {.rows = activitiesOf(console, written.rows),
                                 .lookedAt = written.lookedAt,
                                 .hasMore = written.hasMore,
                                 .position = position};
        });
}

/// The place that a text says, or nothing for an empty one.
Result<std::optional<AuditLink>> linkOf(const QString &text, const QString &what)
{
    const auto link = AuditLink::fromString(text);
    if (!link && !text.isEmpty())
        return refused(ErrorCode::InvalidInput, u"the %1 is none of this record"_s.arg(what));
    return link;
}

QList<ActivityBreakView> breaksOf(const QList<AuditBreak> &breaks)
{
    QList<ActivityBreakView> views;
    for (const AuditBreak &one : breaks)
        views += ActivityBreakView {.flaw = one.flaw, .from = one.from, .to = one.to};
    return views;
}

Result<ActivityCheck> check(ConsoleContext &console, const CheckActivity &order, Errand &)
{
    DbConnection &reader = console.database.reader();
    const auto after = linkOf(order.cursor, u"cursor"_s);
    const auto remembered = linkOf(order.remembered, u"head"_s);
    if (!after || !remembered)
        return after ? refused(remembered) : refused(after);
    const auto anchor = AuditChain::anchor(reader);
    const auto piece = AuditChain::check(reader, *after, CheckActivity::step);
    if (!anchor || !piece)
        return anchor ? refused(piece) : refused(anchor);
    QList<AuditBreak> breaks = piece->breaks;
    if (*remembered) {
        const auto other = AuditChain::replaced(reader, **remembered);
        if (!other)
            return refused(other);
        if (*other)
            breaks.prepend(**other);
    }
    return ActivityCheck {.checked = piece->checked,
                          .breaks = breaksOf(breaks),
                          .next = piece->isWhole ? QString() : piece->last.toString(),
                          .head = piece->head.toString(),
                          .first = anchor->seq,
                          .last = piece->head.seq};
}

} // namespace

void LocalConsole::addActivityHandlers() { add(list, count, countEach<count, CountActivityEach>, countSteps, read, check); }

} // namespace warder
