#include "ui/sessions/SessionsModel.h"

#include "core/base/Id.h"
#include "core/base/ProofKind.h"
#include "ui/support/Times.h"
#include "ui/support/UiTexts.h"

#include <QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace warder {

namespace {

QString stateOf(const SessionView &session, TimePoint now)
{
    //: State of a session that can be used.
    return session.isLive(now) ? SessionsModel::tr("Live") : UiTexts::endReason(session.endReason);
}

Tone toneOf(const SessionView &session)
{
    if (!session.endedAt)
        return Tone::Good;
    return session.endReason == QLatin1StringView("reuse") ? Tone::Bad : Tone::Neutral;
}

QList<Column<SessionView>> columns()
{
    using Row = const SessionView &;
    return {
        //: Column title: the e-mail address of a session's user.
        {.title = SessionsModel::tr("User"), .characters = 28, .text = [](Row row, TimePoint) { return row.email; }},
        //: Column title: browser and system of a session.
        {.title = SessionsModel::tr("Device"),
         .characters = 19,
         .text = [](Row row, TimePoint) { return UiTexts::device(row.device); },
         .tip = [](Row row) { return row.userAgent; }},
        //: Column title: the network address of a session.
        {.title = SessionsModel::tr("Address"),
         .characters = 18,
         .text = [](Row row, TimePoint) { return row.address; },
         .isFixedWidth = true},
        //: Column title: whether a session is live, or why it ended.
        {.title = SessionsModel::tr("State"), .characters = 12, .text = stateOf, .tone = toneOf},
        //: Column title: when a session was last used.
        {.title = SessionsModel::tr("Last seen"), .characters = 13, .time = &SessionView::lastSeenAt},
        //: Column title: when a session was opened.
        {.title = SessionsModel::tr("Started"), .characters = 13, .time = &SessionView::openedAt},
        //: Column title: when a session will end by itself.
        {.title = SessionsModel::tr("Expires"),
         .characters = 12,
         .text = [](Row row, TimePoint now) { return row.endedAt ? QStringLiteral("–") : Times::until(row.expiresAt, now); },
         .time = &SessionView::expiresAt},
        //: Column title: how the owner of a session proved who they are ("Password + code").
        {.title = SessionsModel::tr("Method"),
         .characters = 15,
         .text = [](Row row, TimePoint) { return UiTexts::method(row.method, row.amr); }},
    };
}

} // namespace

SessionsModel::SessionsModel(const PageContext &context, QObject *page) : PagedModel(context, columns(), page)
{
    connect(this, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
        m_counted.reset();
        for (int row = first; row <= last; ++row) {
            if (m_owners[rows()[row].userId].sessions++ == 0)
                m_owners[rows()[row].userId].email = rows()[row].email;
            noteEmail(rows()[row]);
            noteMethod(rows()[row]);
        }
    });
    connect(this, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &from, const QModelIndex &to, const QList<int> &roles) {
        if (!roles.isEmpty())
            return; // ages alone
        m_counted.reset();
        for (int row = from.row(); row <= to.row(); ++row) {
            noteEmail(rows()[row]);
            noteMethod(rows()[row]);
        }
    });
    connect(this, &QAbstractItemModel::rowsAboutToBeRemoved, this, [this](const QModelIndex &, int first, int last) {
        for (int row = first; row <= last; ++row) {
            m_otherMethods.remove(rows()[row].id);
            if (--m_owners[rows()[row].userId].sessions <= 0)
                m_owners.remove(rows()[row].userId);
        }
    });
    connect(this, &QAbstractItemModel::rowsRemoved, this, [this] { m_counted.reset(); });
}

void SessionsModel::setFilter(const SessionFilter &filter)
{
    m_matcher = SessionMatcher(filter);
    setQuestions({.filter = filter}, {.filter = filter});
}

void SessionsModel::setIdleColumns(const QSet<int> &idle)
{
    if (std::exchange(m_idle, idle) != idle)
        Q_EMIT headerDataChanged(Qt::Horizontal, stateColumn, methodColumn);
}

QVariant SessionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == CharactersRole && orientation == Qt::Horizontal && m_idle.contains(section))
        return 0;
    return PagedModel::headerData(section, orientation, role);
}

int SessionsModel::rowOf(const Id &id) const
{
    const auto place = std::ranges::lower_bound(rows(), id, std::greater(), &SessionView::id);
    return place != rows().end() && place->id == id ? int(place - rows().begin()) : -1;
}

bool SessionsModel::isBehind(const SessionView &session, const QString &place) const
{
    const auto id = Id::fromString(place);
    return id && session.id < *id;
}

bool SessionsModel::isWanted(const SessionView &session) const { return m_matcher.matches(session, clock().now()); }

std::optional<qint64> SessionsModel::total() const
{
    const auto known = counts();
    return known ? std::optional(known->sessions) : std::nullopt;
}

SessionCounts SessionsModel::countRead() const
{
    const TimePoint now = clock().now();
    if (!m_counted || now < m_counted->from || now >= m_counted->until)
        m_counted = countLive();
    return m_counted->counts;
}

SessionsModel::Counted SessionsModel::countLive() const
{
    QSet<Id> users;
    Counted counted {.counts = {.sessions = rows().size()}, .from = clock().now()};
    for (const SessionView &row : rows()) {
        if (!row.isLive(counted.from))
            continue;
        ++counted.counts.live;
        counted.counts.newest = std::max(counted.counts.newest, std::optional(row.id));
        counted.until = std::min(counted.until, row.expiresAt);
        users += row.userId;
    }
    counted.counts.users = users.size();
    return counted;
}

void SessionsModel::everySecond()
{
    const auto isOver = [this, now = clock().now()](const SessionView &row) {
        return !m_matcher.isInTime(row.openedAt, row.expiresAt, row.endedAt, now);
    };
    if (std::ranges::any_of(rows(), isOver)) {
        const Batch batch(*this);
        removeThose(isOver);
        invalidateTotal();
    }
    if (m_matcher.movesOn())
        invalidateTotal(); // rows that were not read leave it, too
    PagedModel::everySecond();
}

void SessionsModel::applyOther(const Change &change)
{
    if (const auto *ended = std::get_if<SessionGone>(&change))
        end(*ended);
    if (const auto *user = std::get_if<UserView>(&change))
        rename(*user);
    if (const auto *gone = std::get_if<UserGone>(&change); gone && m_owners.contains(gone->id))
        removeThose([gone](const SessionView &row) { return row.userId == gone->id; });
}

void SessionsModel::end(const SessionGone &gone)
{
    const int row = rowOf(gone.id);
    if (row < 0)
        return;
    SessionView session = rows()[row];
    session.endedAt = gone.at;
    session.endReason = gone.reason;
    applyRow(session);
}

void SessionsModel::noteEmail(const SessionView &session)
{
    if (Owner &owner = m_owners[session.userId]; owner.email != session.email)
        owner.email.clear();
}

void SessionsModel::noteMethod(const SessionView &session)
{
    const QList<ShownProof> proofs = proofsOf(session.method, session.amr);
    if (proofs.size() == 1 && proofs.first().kind == ProofKind::Password)
        m_otherMethods.remove(session.id);
    else
        m_otherMethods.insert(session.id);
}

void SessionsModel::rename(const UserView &user)
{
    const auto owner = m_owners.find(user.id);
    if (owner == m_owners.end() || owner->email == user.email)
        return;
    owner->email = user.email;
    QList<SessionView> renamed;
    for (const SessionView &row : rows()) {
        if (row.userId == user.id && row.email != user.email)
            renamed += row;
    }
    for (SessionView &row : renamed) {
        row.email = user.email;
        applyRow(row);
    }
}

Csv::Fields csvFields(const SessionView &session)
{
    return {{u"id"_s, session.id.toString()},
            {u"user_id"_s, session.userId.toString()},
            {u"email"_s, session.email},
            {u"device"_s, session.device},
            {u"user_agent"_s, session.userAgent},
            {u"address"_s, session.address},
            {u"method"_s, session.method},
            {u"amr"_s, session.amr.join(u' ')},
            {u"opened_at"_s, Csv::time(session.openedAt)},
            {u"last_seen_at"_s, Csv::time(session.lastSeenAt)},
            {u"expires_at"_s, Csv::time(session.expiresAt)},
            {u"generation"_s, QString::number(session.generation)},
            {u"ended_at"_s, Csv::time(session.endedAt)},
            {u"end_reason"_s, session.endReason}};
}

} // namespace warder
