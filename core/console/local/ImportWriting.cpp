#include "core/console/local/ImportWriting.h"

#include "core/accounts/Accounts.h"
#include "core/accounts/UserStore.h"
#include "core/audit/AuditStore.h"
#include "core/credentials/PasswordStore.h"
#include "core/storage/Database.h"

using namespace Qt::StringLiterals;

namespace warder {

Result<void> ImportWriting::record(Transaction &transaction, QLatin1StringView type, const QJsonObject &details) const
{
    return AuditStore::append(transaction, {.at = m_order.clock.now(), .type = type, .actor = m_order.actor, .details = details});
}

/// A crash leaves what is on disk: so the record has the begin, too, where it is not written at once.
Result<void> ImportWriting::insert(const QList<JudgedUser> &piece)
{
    const bool isLast = m_done + piece.size() == m_all;
    QList<Id> made;
    const auto written = m_database.write([&](Transaction &transaction) -> Result<void> {
        if (m_done == 0 && !isLast) {
            if (const auto noted = record(transaction, audit::usersImportBegun, {{u"accounts"_s, m_all}}); !noted)
                return noted;
        }
        for (const JudgedUser &one : piece) {
            const auto inserted = insertOne(transaction, one);
            if (!inserted)
                return refused(inserted);
            if (*inserted)
                made += one.user.id;
        }
        return isLast ? noteEnd(transaction) : Result<void>();
    });
    if (!written)
        return written;
    m_done += piece.size();
    m_made += made;
    return {};
}

/// False: it is skipped.
Result<bool> ImportWriting::insertOne(Transaction &transaction, const JudgedUser &one)
{
    const auto inserted = UserStore::insert(transaction, one.user, one.emailKey).and_then([&] {
        return PasswordStore::insert(transaction, one.user.id, one.passwordHash, one.user.updatedAt);
    });
    if (inserted)
        return true;
    if (inserted.error().code != ErrorCode::EmailTaken)
        return refused(inserted);
    const auto there = UserStore::findByEmailKey(transaction, one.emailKey);
    if (!there || !*there || !m_order.options.skipExisting)
        return refused(ErrorCode::Conflict, u"line %1: the address or the id was taken meanwhile"_s.arg(one.line));
    if (m_order.options.listSkipped)
        m_outcome.skippedUsers += SkippedUser {.line = one.line, .id = (*there)->id};
    ++m_outcome.skipped;
    --m_outcome.added;
    return false;
}

Result<void> ImportWriting::noteEnd(Transaction &transaction)
{
    if (m_outcome.added > 0)
        m_accounts.announceImport(transaction, m_outcome.added);
    return record(transaction, audit::usersImported, {{u"added"_s, m_outcome.added}, {u"skipped"_s, m_outcome.skipped}});
}

std::unexpected<Error> ImportWriting::takeBack(Error why)
{
    const qint64 all = m_made.size();
    qint64 removed = 0;
    Result<qint64> gone = 0;
    for (qint64 from = 0; gone && from < all; from += writtenAtOnce) {
        gone = m_database.write([&](Transaction &transaction) { return removeFrom(transaction, from, removed); });
        removed += gone.value_or(0);
    }
    const qint64 left = all - removed;
    if (left == 0)
        why.detail += u"; nothing was imported"_s;
    else if (gone)
        why.detail += u"; %1 of those before stay, whose owners have signed in, all others were taken out again"_s.arg(left);
    else
        why.detail += u"; %1 of those before stay and count as there already: %2"_s.arg(left).arg(gone.error().detail);
    if (left > 0)
        why.ended = why.ended.value_or(0);
    return std::unexpected(std::move(why));
}

/// The piece that begins there, and with the last one what came of it all.
Result<qint64> ImportWriting::removeFrom(Transaction &transaction, qint64 from, qint64 removedBefore)
{
    const auto removed = m_accounts.removeUnused(transaction, m_made.mid(from, writtenAtOnce));
    if (!removed || from + writtenAtOnce < m_made.size())
        return removed;
    const qint64 all = removedBefore + *removed;
    const qint64 left = m_made.size() - all;
    m_accounts.announceImport(transaction, left);
    const auto noted = record(transaction, audit::usersImportUndone, {{u"removed"_s, all}, {u"left"_s, left}});
    if (!noted)
        return refused(noted);
    return removed;
}

} // namespace warder
