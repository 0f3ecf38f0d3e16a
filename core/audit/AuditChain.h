#pragma once

#include "core/audit/AuditRow.h"
#include "core/base/AuditFlaw.h"
#include "core/base/Result.h"

#include <QList>

namespace warder {

class DbConnection;

/// A place in the chain: a record's number and its hash.
struct AuditLink
{
    qint64 seq = 0;
    QByteArray hash = QByteArray(32, '\0');

    bool operator==(const AuditLink &) const = default;

    /// "4711:9f3c…", as people keep it elsewhere.
    QString toString() const;
    /// The reverse; nothing for a text of any other form.
    static std::optional<AuditLink> fromString(QStringView text);
};

/// Where the chain is broken.
struct AuditBreak
{
    AuditFlaw flaw = AuditFlaw::Changed;
    qint64 from = 0;
    qint64 to = 0; ///< Inclusive; `from` where it is one record.

    bool operator==(const AuditBreak &) const = default;
};

/// Each record's hash is SHA-256 over the hash of the one before and all of its own fields, so that nothing can be changed, removed or
/// moved without each hash after it being another. The table `audit_chain` has two places in it: the *head*, which is the newest record,
/// and the *anchor*, after which checking begins: the last record that was removed for its age, or that is older than the chain. Who may
/// write the database can compute a whole new chain; who keeps a head elsewhere notices (replaced()).
namespace AuditChain {

/// Over a form in which no two records look alike: each field behind its length in eight bytes, numbers big-endian. Pure.
QByteArray hashOf(const AuditRow &row, QByteArrayView before);

/// StorageFailure where the place is gone, which only somebody else can have done.
Result<AuditLink> head(DbConnection &connection);
Result<AuditLink> anchor(DbConnection &connection);
/// On the writer, in the transaction of what moves them.
Result<void> setHead(DbConnection &connection, const AuditLink &link);
Result<void> setAnchor(DbConnection &connection, const AuditLink &link);

/// What a look at a part of the chain has found.
struct Piece
{
    qint64 checked = 0;
    QList<AuditBreak> breaks = {};
    AuditLink last = {};  ///< Where the next piece begins.
    AuditLink head = {};  ///< As it was before this piece was read.
    bool isWhole = false; ///< The chain ends here.
};

/// Checks at most `limit` records after `after` (nothing: after the anchor) on the caller's read connection, row by row; with the first
/// ones also that the anchor has left none behind but those of before the chain. Records that are removed for their age meanwhile are no
/// break. An error is one of reading only.
Result<Piece> check(DbConnection &connection, const std::optional<AuditLink> &after, int limit);

/// How a place that somebody remembers differs from what is there; nothing: it does not, or is older than what is kept.
Result<std::optional<AuditBreak>> replaced(DbConnection &connection, const AuditLink &remembered);

} // namespace AuditChain
} // namespace warder
