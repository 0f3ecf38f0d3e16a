#include "core/imports/ImportReader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

constexpr qsizetype mostBytesInPiece = 256 * 1024; // of a message of 1 MiB
constexpr qsizetype mostBytesInUser = 512 * 1024;
constexpr qsizetype mostFaultsTold = 1000;

/// At most, as JSON writes it.
qsizetype bytesInJson(const QString &text)
{
    qsizetype bytes = 0;
    for (const QChar c : text)
        bytes += c < u' ' || c.isSurrogate() ? 6 : c > u'~' ? 3 : c == u'"' || c == u'\\' ? 2 : 1;
    return bytes;
}

/// With so much for each role that a message has no more values than its reader takes, either.
qsizetype bytesInJson(const ImportedUser &user)
{
    constexpr qsizetype ofRole = 8;
    return bytesInJson(user.email) + bytesInJson(user.name) + bytesInJson(user.passwordHash) + bytesInJson(user.password)
           + bytesInJson(user.roles.join(u',')) + ofRole * user.roles.size();
}

void addFaults(UserImport &outcome, const QList<UserImportFault> &faults)
{
    for (const UserImportFault &fault : faults) {
        if (outcome.faults.size() < mostFaultsTold)
            outcome.faults += fault;
        else
            ++outcome.moreFaults;
    }
}

} // namespace

bool ImportReader::isFull(const ImportPiece &piece) const
{
    const bool isLongRead = bytesRead() - m_begunAt >= mostBytesInPiece; // also where little of it is of use
    return piece.users.size() == mostInPiece || m_bytes >= mostBytesInPiece || isLongRead;
}

std::optional<ImportPiece> ImportReader::next(qsizetype most)
{
    if (m_isOver)
        return std::nullopt;
    ImportPiece piece;
    m_bytes = 0;
    m_begunAt = bytesRead();
    for (qsizetype records = 0; records < most && !isFull(piece); ++records) {
        const auto record = m_source->next();
        if (!record) {
            m_isOver = true;
            break;
        }
        take(*record, piece);
    }
    return piece;
}

void ImportReader::take(const ImportRecord &record, ImportPiece &piece)
{
    UserFields::Read read = m_fields.read(record);
    const qsizetype bytes = bytesInJson(read.user);
    ++m_records;
    if (bytes > mostBytesInUser) // a row of a database: no message holds it
        read.faults += UserImportFault {.line = record.line, .field = {}, .message = u"the account is longer than 512 KiB"_s};
    addFaults(m_unread, read.faults);
    if (!read.faults.isEmpty())
        return;
    m_madeIds = m_madeIds || (!read.oldId.isEmpty() && read.user.id.toString() != read.oldId.toLower());
    m_bytes += bytes;
    piece.users += read.user;
    piece.oldIds += read.oldId;
}

UserImport ImportReader::withFaults(UserImport outcome) const
{
    addFaults(outcome, m_unread.faults);
    outcome.moreFaults += m_unread.moreFaults;
    std::ranges::stable_sort(outcome.faults, {}, &UserImportFault::line);
    if (!outcome.faults.isEmpty())
        outcome.added = outcome.passwords = 0;
    return outcome;
}

} // namespace warder
