#include "core/audit/AuditChain.h"

#include "core/crypto/Primitives.h"
#include "core/storage/DbConnection.h"

#include <QtEndian>

#include <utility>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype hashSize = 32;
constexpr QByteArrayView formOfRecord("warder audit record 1"); ///< Another form gets another name, so that old records keep their hash.

void addField(QByteArray &form, QByteArrayView field)
{
    char size[8];
    qToBigEndian(quint64(field.size()), size);
    form.append(size, sizeof size);
    form.append(field);
}

void addNumber(QByteArray &form, qint64 number)
{
    char bytes[8];
    qToBigEndian(number, bytes);
    addField(form, QByteArrayView(bytes, sizeof bytes));
}

QByteArray bytesOf(const std::optional<Id> &id) { return id ? id->toBytes() : QByteArray(); }

Result<AuditLink> chainPlace(DbConnection &connection, const QString &place)
{
    const auto found = connection.one(u"SELECT seq, hash FROM audit_chain WHERE place = ?"_s, {place},
                                      [](const Row &row) { return AuditLink {.seq = row.integer(0), .hash = row.bytes(1)}; });
    if (!found)
        return refused(found);
    return *found ? Result<AuditLink>(**found) : refused(ErrorCode::StorageFailure, u"audit_chain has no %1: who took it?"_s.arg(place));
}

Result<void> setChainPlace(DbConnection &connection, const QString &place, const AuditLink &link)
{
    return connection.perform(u"UPDATE audit_chain SET seq = ?, hash = ? WHERE place = ?"_s, {link.seq, link.hash, place});
}

/// Records that the anchor has passed go in the same transaction, all but those of before there was a chain, which have no hash and an
/// anchor without one. Others would be hidden from the check by whoever moved the anchor.
Result<std::optional<AuditBreak>> hiddenBehind(DbConnection &connection, const AuditLink &anchor)
{
    const bool isOfBefore = anchor.hash == AuditLink().hash;
    std::optional<AuditBreak> hidden;
    return connection
        .each(u"SELECT min(seq), max(seq) FROM audit_events WHERE seq <= ? AND (hash <> x'' OR ? = 0)"_s, {anchor.seq, bound(isOfBefore)},
              [&hidden](const Row &row) {
                  if (!row.isNull(0))
                      hidden = AuditBreak {.flaw = AuditFlaw::Changed, .from = row.integer(0), .to = row.integer(1)};
                  return true;
              })
        .transform([&hidden] { return hidden; });
}

/// Walks along the chain, and notes where it breaks.
class ChainWalk final
{
public:
    ChainWalk(AuditLink from, AuditChain::Piece &piece) : m_piece(piece) { m_piece.last = std::move(from); }

    void take(const AuditRow &row)
    {
        const AuditLink before = std::exchange(m_piece.last, {.seq = row.seq, .hash = row.hash});
        const bool follows = row.seq == before.seq + 1;
        const bool fits = !follows || AuditChain::hashOf(row, before.hash) == row.hash; // behind a gap nobody knows the one before
        const bool isOtherHead = row.seq == m_piece.head.seq && row.hash != m_piece.head.hash;
        if (!follows)
            m_piece.breaks += {.flaw = AuditFlaw::Missing, .from = before.seq + 1, .to = row.seq - 1};
        if (!fits || isOtherHead)
            m_piece.breaks += {.flaw = AuditFlaw::Changed, .from = row.seq, .to = row.seq};
        ++m_piece.checked;
    }

    void end()
    {
        m_piece.isWhole = true;
        if (m_piece.last.seq < m_piece.head.seq)
            m_piece.breaks += {.flaw = AuditFlaw::CutOff, .from = m_piece.last.seq + 1, .to = m_piece.head.seq};
    }

private:
    AuditChain::Piece &m_piece;
};

} // namespace

QString AuditLink::toString() const { return u"%1:%2"_s.arg(seq).arg(QString::fromLatin1(hash.toHex())); }

std::optional<AuditLink> AuditLink::fromString(QStringView text)
{
    const qsizetype colon = text.indexOf(u':');
    bool isNumber = false;
    const qint64 seq = text.first(std::max<qsizetype>(colon, 0)).toLongLong(&isNumber);
    const AuditLink link {.seq = seq, .hash = QByteArray::fromHex(text.sliced(colon + 1).toLatin1())};
    if (!isNumber || seq < 0 || link.hash.size() != hashSize || link.toString() != text)
        return std::nullopt;
    return link;
}

QByteArray AuditChain::hashOf(const AuditRow &row, QByteArrayView before)
{
    QByteArray form;
    form.reserve(512);
    addField(form, formOfRecord);
    addField(form, before);
    addNumber(form, row.seq);
    addField(form, row.id.toBytes());
    addNumber(form, toMilliseconds(row.at));
    addField(form, row.type.toUtf8());
    addField(form, row.actor.toUtf8());
    addField(form, bytesOf(row.subject));
    addField(form, bytesOf(row.session));
    addField(form, row.address.toUtf8());
    addField(form, row.details.toUtf8());
    return sha256(form);
}

Result<AuditLink> AuditChain::head(DbConnection &connection) { return chainPlace(connection, u"head"_s); }

Result<AuditLink> AuditChain::anchor(DbConnection &connection) { return chainPlace(connection, u"anchor"_s); }

Result<void> AuditChain::setHead(DbConnection &connection, const AuditLink &link) { return setChainPlace(connection, u"head"_s, link); }

Result<void> AuditChain::setAnchor(DbConnection &connection, const AuditLink &link) { return setChainPlace(connection, u"anchor"_s, link); }

Result<AuditChain::Piece> AuditChain::check(DbConnection &connection, const std::optional<AuditLink> &after, int limit)
{
    static const QString sql = u"SELECT %1 FROM audit_events WHERE seq > ? ORDER BY seq LIMIT ?"_s.arg(auditColumns);
    const auto newest = head(connection); // before the rows: those that come meanwhile are beyond it
    const auto kept = anchor(connection);
    if (!newest || !kept)
        return newest ? refused(kept) : refused(newest);
    const AuditLink from = after && after->seq > kept->seq ? *after : *kept; // what was removed for its age is no gap
    const auto hidden = from.seq == kept->seq ? hiddenBehind(connection, *kept) : Result<std::optional<AuditBreak>>();
    if (!hidden)
        return refused(hidden);
    Piece piece {.head = *newest};
    if (*hidden)
        piece.breaks += **hidden;
    ChainWalk walk(from, piece);
    const auto read = connection.each(sql, {from.seq, limit}, [&walk](const Row &row) {
        walk.take(fromAuditColumns(row));
        return true;
    });
    if (!read)
        return refused(read);
    const auto keptNow = anchor(connection);
    if (keptNow && keptNow->seq > from.seq && !piece.breaks.isEmpty())
        return check(connection, after, limit); // records were removed for their age between the two questions
    if (piece.checked < limit)
        walk.end();
    return piece;
}

Result<std::optional<AuditBreak>> AuditChain::replaced(DbConnection &connection, const AuditLink &remembered)
{
    const auto newest = head(connection);
    const auto kept = anchor(connection);
    if (!newest || !kept)
        return newest ? refused(kept) : refused(newest);
    if (remembered.seq > newest->seq)
        return AuditBreak {.flaw = AuditFlaw::CutOff, .from = newest->seq + 1, .to = remembered.seq};
    const auto there =
        connection.one(u"SELECT hash FROM audit_events WHERE seq = ?"_s, {remembered.seq}, [](const Row &row) { return row.bytes(0); });
    if (!there)
        return refused(there);
    const QByteArray hash = remembered.seq == kept->seq ? kept->hash : there->value_or(remembered.hash);
    if (hash == remembered.hash)
        return std::nullopt;
    return AuditBreak {.flaw = AuditFlaw::Replaced, .from = remembered.seq, .to = remembered.seq};
}

} // namespace warder
