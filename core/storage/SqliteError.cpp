#include "core/storage/SqliteError.h"

#include "core/base/Clock.h"

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

struct Meaning
{
    ErrorCode code = ErrorCode::StorageFailure;
    StorageTrouble trouble = StorageTrouble::Other;
    Seconds wait {10}; ///< A lock is soon over; a full disk waits for a person.
};

Meaning meaningOf(int code)
{
    using enum ErrorCode;
    if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY)
        return {.code = Conflict};
    if (code == SQLITE_CONSTRAINT_FOREIGNKEY) // whose row it would be was removed meanwhile
        return {.code = NotFound};
    if (code == SQLITE_IOERR_CORRUPTFS)
        return {};
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL: // a race for the write-ahead log
        return {.code = StorageUnavailable, .trouble = StorageTrouble::Locked, .wait = Seconds {1}};
    case SQLITE_FULL:     return {.code = StorageUnavailable, .trouble = StorageTrouble::Full};
    case SQLITE_READONLY: return {.code = StorageUnavailable, .trouble = StorageTrouble::ReadOnly};
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return {.code = StorageUnavailable};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:   return {.trouble = StorageTrouble::Damaged};
    default:              return {};
    }
}

} // namespace

Error sqliteError(int code, const QString &words)
{
    const auto [meaning, trouble, wait] = meaningOf(code);
    return {.code = meaning, .detail = u"%1 (%2)"_s.arg(words.trimmed()).arg(code), .retryAfter = wait, .trouble = trouble};
}

} // namespace warder
